import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sharp from 'sharp';
import { sniff } from '../../../src/media/sniff.js';
import {
  iccProfile,
  orientationIfd,
  quadrantAt,
  storedPicture,
  truncated,
  type Orientation,
  type Rgb,
} from '../../fixtures/bad-media.js';
import { chartHeight, chartPng, chartWidth, patchAt, patches } from '../../fixtures/chart.js';
import { srgbOf } from '../../fixtures/colour.js';
import { heifFile, type HeifOptions } from '../../fixtures/heif-file.js';
import { av1Still } from './support/av1-still.js';
import { chartDifference } from './support/pixels.js';
import { hevcStill, type StillOptions } from './support/still.js';
import { apart, colourAt, fileOf, Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(60_000);

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

const width = 256;
const height = 192;
const quadrants = (options: Partial<StillOptions> = {}) =>
  hevcStill({ width, height, at: (x, y) => quadrantAt(x, y, width, height), ...options });

/** The four quarters of the test picture hang as they must, in every rendition. */
async function expectUpright(
  file: Buffer,
  mime: string,
  size: [number, number],
  tolerance = 12,
): Promise<void> {
  const photo = await workshop.photo(file, mime);
  expect([photo.width, photo.height]).toEqual(size);
  for (const name of ['preview', 'thumb', 'small']) {
    for (const [x, y] of [
      [0.1, 0.1],
      [0.9, 0.1],
      [0.1, 0.9],
      [0.9, 0.9],
    ] as const) {
      const colour = await colourAt(fileOf(photo, name), x, y);
      expect(apart(colour, quadrantAt(x, y, 1, 1))).toBeLessThanOrEqual(tolerance);
    }
  }
}

/** HEIF turns anticlockwise and mirrors afterwards; EXIF's orientations in those terms. */
const turns: Record<Orientation, Pick<HeifOptions, 'rotation' | 'mirror'>> = {
  1: {},
  2: { mirror: 'left-right' },
  3: { rotation: 2 },
  4: { mirror: 'top-bottom' },
  5: { rotation: 1, mirror: 'top-bottom' },
  6: { rotation: 3 },
  7: { rotation: 3, mirror: 'top-bottom' },
  8: { rotation: 1 },
};
const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;

describe('a HEIC photo', () => {
  it.each(orientations)(
    'hangs upright as its container says, as from orientation %i',
    async (orientation) => {
      const still = await hevcStill(storedPicture(orientation, width, height));
      await expectUpright(heifFile({ still, ...turns[orientation] }), 'image/heic', [width, height]);
      // iPhones write the orientation into EXIF too, where it must not turn the picture once more.
      const twice = heifFile({ still, ...turns[orientation], exif: orientationIfd(orientation) });
      await expectUpright(twice, 'image/heic', [width, height]);
    },
  );

  it('is a grid of tiles, cut at the right and at the bottom, and turned as a whole', async () => {
    const tile = await hevcStill({
      width: 128,
      height: 128,
      at: (x) => (x < 64 ? [220, 30, 30] : [30, 30, 220]),
    });
    const grid = { rows: 2, columns: 3, width: 300, height: 200 };
    const photo = await workshop.photo(heifFile({ still: tile, grid, rotation: 3 }), 'image/heic');
    expect([photo.width, photo.height]).toEqual([200, 300]);
    const expected: ReadonlyArray<readonly [y: number, colour: Rgb]> = [
      [32, [220, 30, 30]],
      [96, [30, 30, 220]],
      [160, [220, 30, 30]],
      [224, [30, 30, 220]],
      [280, [220, 30, 30]],
    ];
    for (const [y, colour] of expected) {
      const seen = await colourAt(fileOf(photo, 'preview'), 0.5, y / 300);
      expect(apart(seen, colour)).toBeLessThanOrEqual(12);
    }
  });

  it.each([
    ['4:2:0', 8],
    ['4:2:0', 10],
    ['4:4:4', 8],
  ] as const)('shows its colours in %s of %i bits', async (chroma, bits) => {
    await expectUpright(heifFile({ still: await quadrants({ chroma, bits }) }), 'image/heic', [
      width,
      height,
    ]);
  });

  it('may be grey', async () => {
    const still = await quadrants({ chroma: '4:0:0' });
    const photo = await workshop.photo(heifFile({ still }), 'image/heic');
    const [red, green, blue] = await colourAt(fileOf(photo, 'preview'), 0.1, 0.1);
    // The luma of the first quarter.
    expect(apart([red, green, blue], [87, 87, 87])).toBeLessThanOrEqual(3);
  });

  it('is cut to what its container shows of it', async () => {
    const still = await quadrants();
    const crop = { width: 200, height: 150 };
    await expectUpright(heifFile({ still, crop }), 'image/heic', [200, 150]);
    await expectUpright(
      heifFile({
        still: await hevcStill(storedPicture(6, width, height)),
        crop: { width: 150, height: 200 },
        rotation: 3,
      }),
      'image/heic',
      [200, 150],
    );
  });

  it('lies on white where it is transparent', async () => {
    const alpha = await hevcStill({
      width,
      height,
      chroma: '4:0:0',
      at: (x) => (x < width / 2 ? [255, 255, 255] : [0, 0, 0]),
    });
    const photo = await workshop.photo(heifFile({ still: await quadrants(), alpha }), 'image/heic');
    const preview = fileOf(photo, 'preview');
    expect(apart(await colourAt(preview, 0.1, 0.1), quadrantAt(0.1, 0.1, 1, 1))).toBeLessThanOrEqual(12);
    expect(apart(await colourAt(preview, 0.9, 0.1), [255, 255, 255])).toBeLessThanOrEqual(3);
  });

  it.each([8, 10] as const)('of %i bits in Display P3 comes out as sRGB', async (bits) => {
    const still = await hevcStill({
      width: chartWidth,
      height: chartHeight,
      bits,
      chroma: bits === 10 ? '4:2:0' : '4:4:4',
      at: (x, y) => {
        const [r, g, b] = patchAt(patches, x, y);
        return [255 * r, 255 * g, 255 * b];
      },
    });
    const photo = await workshop.photo(
      heifFile({ still, colour: { icc: await iccProfile('p3') } }),
      'image/heic',
    );
    // As chart.spec.ts measures the other formats.
    expect(
      await chartDifference(
        photo.renditions,
        patches.map((patch) => srgbOf('p3', patch)),
      ),
    ).toBeLessThan(2);
  });

  it('of high dynamic range shows its lights and stays neutral', async () => {
    // BT.2408: 203 cd/m², where paper is white, at 58 % of PQ and 75 % of HLG; 1,000 cd/m² at 75 % and 100 %.
    const codings = [
      { transfer: 16, levels: [0, 0.58, 0.75, 1] },
      { transfer: 18, levels: [0, 0.75, 1, 1] },
    ] as const;
    for (const { transfer, levels } of codings) {
      const grey = (x: number) => 255 * (levels[Math.floor((x * levels.length) / width)] ?? 0);
      const still = await quadrants({ bits: 10, chroma: '4:2:0', at: (x) => [grey(x), grey(x), grey(x)] });
      const file = heifFile({ still, colour: { primaries: 9, transfer } });
      const photo = await workshop.photo(file, 'image/heic');
      // Half of white's light for paper, as colour-spaces.ts says, which sRGB writes as 190; all of it for the lights.
      for (const [index, level] of [0, 190, 255, 255].entries()) {
        const seen = await colourAt(fileOf(photo, 'preview'), (index + 0.5) / 4, 0.5);
        expect(apart(seen, [level, level, level])).toBeLessThanOrEqual(5);
      }
    }
  });

  it('is known by what lies in it, whatever brand and type it goes by', async () => {
    const still = await quadrants();
    const brands = [
      ['heic', 'image/heic'],
      ['heix', 'image/heic'],
      ['hevc', 'image/heic'],
      ['mif1', 'image/heif'],
      ['msf1', 'image/heif'],
      ['avif', 'image/avif'],
    ] as const;
    for (const [brand, mime] of brands) {
      const file = heifFile({ still, brands: [brand, 'mif1', 'heic'] });
      expect(await sniff(file)).toMatchObject({ mime });
      await expectUpright(file, mime, [width, height]);
    }
    const av1 = await av1Still(await sharp(chartPng({})).toBuffer());
    for (const [brand, mime] of brands) {
      const file = heifFile({ still: av1, brands: [brand, 'mif1', 'avif'] });
      const photo = await workshop.photo(file, mime);
      expect(
        await chartDifference(
          photo.renditions,
          patches.map((patch) => srgbOf('srgb', patch)),
        ),
      ).toBeLessThan(2);
    }
  });

  it('tells what its camera wrote', async () => {
    const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
      .withExif({
        IFD0: { Make: 'Apple', Model: 'iPhone 11 Pro' },
        IFD2: { DateTimeOriginal: '2019:08:30 10:11:12', OffsetTimeOriginal: '+08:00', FNumber: '18/10' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '27/1 49/1 30/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '113/1 4/1 48/1',
        },
      })
      .jpeg()
      .toBuffer();
    const exif = (await sharp(jpeg).metadata()).exif?.subarray(6);
    const photo = await workshop.photo(heifFile({ still: await quadrants(), exif }), 'image/heic');
    expect(photo.facts).toMatchObject({
      takenAt: '2019-08-30T10:11:12+08:00',
      camera: 'Apple iPhone 11 Pro',
      exposure: { fNumber: 1.8 },
      gps: { lat: expect.closeTo(27.825, 4), lon: expect.closeTo(113.08, 4) },
    });
    for (const { file } of photo.renditions) {
      const { exif: left, icc, xmp } = await sharp(file).metadata();
      expect({ left, icc, xmp }).toEqual({});
    }
  });
});

describe('an AVIF photo', () => {
  it.each(orientations)(
    'hangs upright as its container says, as from orientation %i',
    async (orientation) => {
      const stored = storedPicture(orientation, width, height);
      const raw = { width: stored.width, height: stored.height, channels: 3 as const };
      const pixels = Buffer.alloc(raw.width * raw.height * 3);
      for (let at = 0; at < raw.width * raw.height; at += 1) {
        pixels.set(stored.at(at % raw.width, Math.floor(at / raw.width)), at * 3);
      }
      const still = await av1Still(await sharp(pixels, { raw }).png().toBuffer());
      const options: HeifOptions = { still, brands: ['avif', 'mif1', 'miaf'], ...turns[orientation] };
      await expectUpright(heifFile(options), 'image/avif', [width, height]);
      await expectUpright(heifFile({ ...options, exif: orientationIfd(orientation) }), 'image/avif', [
        width,
        height,
      ]);
    },
  );
});

describe('a HEIC file', () => {
  it('is refused when its end is missing, at each tenth', async () => {
    const whole = heifFile({ still: await quadrants() });
    for (let tenth = 1; tenth <= 9; tenth += 1) {
      await expect(workshop.photo(truncated(whole, tenth / 10), 'image/heic')).rejects.toMatchObject({
        code: expect.stringMatching(/^MEDIA\.(TRUNCATED|UNREADABLE)$/),
        retryable: false,
      });
    }
  });

  it('is refused when one of its tiles is blank, not shown with a hole', async () => {
    const still = await quadrants();
    const grid = { rows: 2, columns: 2, width: 500, height: 380 };
    await workshop.photo(heifFile({ still, grid }), 'image/heic');
    const file = heifFile({ still, grid: { ...grid, blank: 2 } });
    await expect(workshop.photo(file, 'image/heic')).rejects.toMatchObject({ code: 'MEDIA.UNREADABLE' });
  });

  it('is refused at once when it claims more pixels than a HEIC photo may have', async () => {
    await workshop.photo(heifFile({ still: await quadrants() }), 'image/heic');
    const still = await hevcStill({ width: 512, height: 512, at: () => [90, 90, 90], chroma: '4:2:0' });
    const grid = { rows: 17, columns: 20, width: 10_000, height: 8_400 };
    const started = Date.now();
    await expect(workshop.photo(heifFile({ still, grid }), 'image/heic')).rejects.toMatchObject({
      code: 'MEDIA.TOO_MANY_PIXELS',
      retryable: false,
    });
    expect(Date.now() - started).toBeLessThan(1000);
  });

  it('is told apart when its codec is not one of photos', async () => {
    const still = await quadrants();
    const file = heifFile({ still });
    for (let at = file.indexOf('hvc1'); at >= 0; at = file.indexOf('hvc1', at)) file.write('unci', at);
    await expect(workshop.photo(file, 'image/heic')).rejects.toMatchObject({
      code: 'MEDIA.HEIC_UNSUPPORTED',
    });
  });
});
