import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sharp, { type Exif, type Sharp, type TiffOptions } from 'sharp';
import { flatPng, iccProfile, png, withSegment, type Rgb } from '../../fixtures/bad-media.js';
import { chartHeight, chartPng, chartWidth, patchAt, patches } from '../../fixtures/chart.js';
import { lightToSrgb, srgbOf, type RgbSpace, type Triple } from '../../fixtures/colour.js';
import { heifFile } from '../../fixtures/heif-file.js';
import { adobeRgbIcc, greyIcc } from '../../fixtures/icc-profiles.js';
import { av1Still } from './support/av1-still.js';
import { chartDifference, patchColour } from './support/pixels.js';
import { hevcStill } from './support/still.js';
import { colourAt, fileOf, Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(120_000);

/**
 * The largest CIEDE2000 between a flat patch in any rendition and what it must be by arithmetic. The renditions'
 * own JPEG and WebP move a flat colour by two steps of 255 at most, which is 1.4 in greys and dark colours; a
 * profile that is passed over moves the chart by more than 3.5, as the first test shows.
 */
const bound = 2;

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

/** The whole size, too, which takes a way of its own through the colours. */
const seen = async (file: Buffer, mime: string, expected: readonly Rgb[]): Promise<number> => {
  const { photo, whole } = await workshop.wholePhoto(file, mime);
  return chartDifference([...photo.renditions, whole], expected);
};

const inSrgb = (space: RgbSpace) => patches.map((patch) => srgbOf(space, patch));
const profiles = { srgb: () => iccProfile('srgb'), p3: () => iccProfile('p3'), adobeRgb: adobeRgbIcc };
const spaces = ['srgb', 'p3', 'adobeRgb'] as const;

/** Each format from the chart's PNG, as exactly as it can. */
const formats: ReadonlyArray<
  readonly [name: string, mime: string, bits: 8 | 16, encode: (c: Sharp) => Sharp]
> = [
  ['PNG of 8 bits', 'image/png', 8, (c) => c.png()],
  ['PNG of 16 bits', 'image/png', 16, (c) => c.toColourspace('rgb16').png()],
  ['interlaced PNG', 'image/png', 8, (c) => c.png({ progressive: true })],
  ['PNG with a palette', 'image/png', 8, (c) => c.png({ palette: true })],
  ['JPEG without subsampling', 'image/jpeg', 8, (c) => c.jpeg({ quality: 98, chromaSubsampling: '4:4:4' })],
  ['progressive JPEG', 'image/jpeg', 8, (c) => c.jpeg({ quality: 98, progressive: true })],
  ['WebP', 'image/webp', 8, (c) => c.webp({ lossless: true })],
  ['TIFF of 8 bits', 'image/tiff', 8, (c) => c.tiff({ compression: 'lzw' })],
  ['tiled TIFF', 'image/tiff', 8, (c) => c.tiff({ compression: 'jpeg', quality: 98, tile: true })],
  ['TIFF of 16 bits', 'image/tiff', 16, (c) => c.toColourspace('rgb16').tiff({ compression: 'deflate' })],
  ['AVIF of 8 bits', 'image/avif', 8, (c) => c.avif({ quality: 95, effort: 0, chromaSubsampling: '4:4:4' })],
  ['AVIF of 10 bits', 'image/avif', 16, (c) => c.avif({ quality: 95, effort: 0, bitdepth: 10 })],
  ['AVIF of 12 bits', 'image/avif', 16, (c) => c.avif({ quality: 95, effort: 0, bitdepth: 12 })],
];

describe('the colours of a chart', () => {
  it('are told from those of a chart whose profile is passed over', async () => {
    for (const space of ['p3', 'adobeRgb'] as const) {
      const difference = await seen(chartPng({}), 'image/png', inSrgb(space));
      expect(difference).toBeGreaterThan(1.75 * bound);
    }
  });

  it.each(formats)(
    'are right in %s, in sRGB, Display P3 and Adobe RGB',
    async (_name, mime, bitDepth, encode) => {
      for (const space of spaces) {
        const chart = chartPng({ bitDepth, icc: await profiles[space]() });
        const file = await encode(sharp(chart).keepIccProfile()).toBuffer();
        expect((await sharp(file).metadata()).icc).toBeDefined();
        expect({ space, close: (await seen(file, mime, inSrgb(space))) < bound }).toEqual({
          space,
          close: true,
        });
      }
    },
  );

  it.each(formats)('are right in %s without a profile', async (_name, mime, bitDepth, encode) => {
    const file = await encode(sharp(chartPng({ bitDepth }))).toBuffer();
    expect((await sharp(file).metadata()).icc).toBeUndefined();
    expect(await seen(file, mime, inSrgb('srgb'))).toBeLessThan(bound);
  });

  it('are right where a JPEG is decoded at a smaller size', async () => {
    const jpeg = await sharp(chartPng({ icc: await iccProfile('p3') }))
      .keepIccProfile()
      .resize(chartWidth * 16, chartHeight * 16, { kernel: 'nearest' })
      .jpeg({ quality: 95 })
      .toBuffer();
    expect(await seen(jpeg, 'image/jpeg', inSrgb('p3'))).toBeLessThan(bound);
  });

  it('are right in Adobe RGB that only EXIF tells of, as cameras write it', async () => {
    const tagged = (space: string) =>
      sharp(chartPng({}))
        .withExif({ IFD2: { ColorSpace: space }, IFD4: { InteroperabilityIndex: 'R03' } } as Exif)
        .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
        .toBuffer();
    expect(await seen(await tagged('65535'), 'image/jpeg', inSrgb('adobeRgb'))).toBeLessThan(bound);
    // Converted by a program that left the index behind.
    expect(await seen(await tagged('1'), 'image/jpeg', inSrgb('srgb'))).toBeLessThan(bound);
  });

  it('are right where a HEIF file names a wide gamut by code points', async () => {
    const at = (x: number, y: number): Rgb => {
      const [r, g, b] = patchAt(patches, x, y);
      return [255 * r, 255 * g, 255 * b];
    };
    const size = { width: chartWidth, height: chartHeight };
    for (const still of [await hevcStill({ ...size, at }), await av1Still(chartPng({}))]) {
      const mime = still.type === 'hvc1' ? 'image/heic' : 'image/avif';
      const brands: [string, string] = still.type === 'hvc1' ? ['heic', 'mif1'] : ['avif', 'mif1'];
      const named = (primaries: number, transfer: number) =>
        heifFile({ still, brands, colour: { primaries, transfer } });
      expect(await seen(named(12, 13), mime, inSrgb('p3'))).toBeLessThan(bound);
      expect(await seen(named(9, 13), mime, inSrgb('bt2020'))).toBeLessThan(bound);
      for (const plain of [1, 2, 5, 6]) {
        expect(await seen(named(plain, plain === 5 ? 6 : plain), mime, inSrgb('srgb'))).toBeLessThan(bound);
      }
    }
  });

  it.each([8, 16] as const)('are right in grey of %i bits, with a profile and without', async (bitDepth) => {
    const grey = ([, green]: Triple) => green;
    const decoded = (by: (share: number) => number): Rgb[] =>
      patches.map((patch) => {
        const value = 255 * by(grey(patch));
        return [value, value, value];
      });
    const straight = decoded((share) => share);
    const chart = (icc?: Buffer) =>
      chartPng({ bitDepth, colour: 'grey', icc, samples: (patch) => [grey(patch)] });
    expect(await seen(chart(), 'image/png', straight)).toBeLessThan(bound);
    for (const gamma of [1.8, 2.2]) {
      const expected = decoded((share) => lightToSrgb(share ** gamma));
      expect(await seen(chart(greyIcc(gamma)), 'image/png', expected)).toBeLessThan(bound);
    }
    const transparent = chartPng({ bitDepth, colour: 'greyalpha', samples: (patch) => [grey(patch), 0.5] });
    const onWhite = decoded((share) => (share + 1) / 2);
    expect(await seen(transparent, 'image/png', onWhite)).toBeLessThan(bound);
    const deep = bitDepth === 16 ? 'grey16' : 'b-w';
    const tiff = await sharp(chart()).toColourspace(deep).tiff({ compression: 'lzw' }).toBuffer();
    expect(await seen(tiff, 'image/tiff', straight)).toBeLessThan(bound);
    const jpeg = await sharp(chart()).greyscale().jpeg({ quality: 98 }).toBuffer();
    expect(await seen(jpeg, 'image/jpeg', straight)).toBeLessThan(bound);
  });

  it.each([8, 16] as const)('lie on white where %i-bit pictures are half transparent', async (bitDepth) => {
    for (const space of spaces) {
      const icc = await profiles[space]();
      const chart = chartPng({ bitDepth, colour: 'rgba', icc, samples: (patch) => [...patch, 0.5] });
      const expected = patches.map(([r, g, b]) => srgbOf(space, [(r + 1) / 2, (g + 1) / 2, (b + 1) / 2]));
      expect(await seen(chart, 'image/png', expected)).toBeLessThan(bound);
      if (bitDepth === 16) continue;
      const webp = await sharp(chart).keepIccProfile().webp({ lossless: true }).toBuffer();
      expect(await seen(webp, 'image/webp', expected)).toBeLessThan(bound);
      const avif = await sharp(chart).keepIccProfile().avif({ quality: 95, effort: 0 }).toBuffer();
      expect(await seen(avif, 'image/avif', expected)).toBeLessThan(bound);
    }
  });

  it('are right whatever damage its profile has: then there is none', async () => {
    const jpeg = await sharp(chartPng({})).jpeg({ quality: 98, chromaSubsampling: '4:4:4' }).toBuffer();
    const p3 = await iccProfile('p3');
    const noTags = Buffer.from(p3);
    noTags.fill(0, 132, 132 + 12 * noTags.readUInt32BE(128));
    const noSignature = Buffer.from(p3);
    noSignature.fill(0, 36, 40);
    const damaged = [
      Buffer.alloc(300, 0x41),
      Buffer.alloc(0),
      p3.subarray(0, 200),
      noTags,
      noSignature,
      greyIcc(1),
    ];
    for (const icc of damaged) {
      const payload = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), icc]);
      expect(await seen(withSegment(jpeg, 0xe2, payload), 'image/jpeg', inSrgb('srgb'))).toBeLessThan(bound);
    }
  });
});

describe('printing inks', () => {
  /** What libvips makes of a file in one step at full size, patch by patch. */
  async function atFullSize(file: Buffer): Promise<Rgb[]> {
    const png = await sharp(file).withIccProfile('srgb', { attach: false }).png().toBuffer();
    const photo = await workshop.photo(png, 'image/png');
    return Promise.all(patches.map((_patch, index) => patchColour(fileOf(photo, 'preview'), index)));
  }

  const inks = () => sharp(chartPng({})).toColourspace('cmyk');

  it.each([
    ['with a profile', true],
    ['without', false],
  ])('are as right as ink can be, %s', async (_name, profiled) => {
    const files = [
      [
        'image/tiff',
        await (profiled ? sharp(chartPng({})).withIccProfile('cmyk') : inks())
          .tiff({ compression: 'lzw' })
          .toBuffer(),
      ],
      [
        'image/jpeg',
        await (profiled ? sharp(chartPng({})).withIccProfile('cmyk') : inks())
          .jpeg({ quality: 98 })
          .toBuffer(),
      ],
    ] as const;
    for (const [mime, file] of files) {
      expect(await sharp(file).metadata()).toMatchObject({ space: 'cmyk', hasProfile: profiled });
      expect(await seen(file, mime, await atFullSize(file))).toBeLessThan(bound);
      // There and back through the tables of an ink profile: for the chart's muted colours they are good to 9.
      expect(await seen(file, mime, inSrgb('srgb').slice(0, 12))).toBeLessThan(9);
    }
  });

  it('are the same in JPEG’s two ways of writing them', async () => {
    const encode = (tiff: Buffer) =>
      sharp(tiff).pipelineColourspace('cmyk').toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    const tiff = await inks().tiff({ compression: 'none' }).toBuffer();
    const plain = await encode(tiff);
    const adobeTransform = (jpeg: Buffer) => jpeg.indexOf('Adobe', 0, 'latin1') + 11;
    expect(plain[adobeTransform(plain)]).toBe(0);

    // YCCK: cyan, magenta and yellow are taken for red, green and blue, and of those luma and two chromas.
    const [red, blue] = [0.299, 0.114];
    const pixels = tiff.subarray(8, 8 + chartWidth * chartHeight * 4);
    for (let at = 0; at < pixels.length; at += 4) {
      const [r = 0, g = 0, b = 0] = pixels.subarray(at, at + 3);
      const y = red * r + (1 - red - blue) * g + blue * b;
      const stored = [y, 128 + (b - y) / (2 * (1 - blue)), 128 + (r - y) / (2 * (1 - red))];
      // A file of inks holds what each sample leaves of 255.
      pixels.set(
        stored.map((value) => Math.max(0, Math.min(255, Math.round(255 - value)))),
        at,
      );
    }
    const ycck = await encode(tiff);
    ycck[adobeTransform(ycck)] = 2;
    expect(await seen(ycck, 'image/jpeg', await atFullSize(plain))).toBeLessThan(bound);
  });
});

describe('of several pictures in a file', () => {
  const flat = (...colour: number[]) =>
    flatPng({ width: 64, height: 48, bitDepth: 8, colour: 'rgb' }, colour);
  const both = () => sharp([flat(200, 60, 60), flat(60, 60, 200)], { join: { animated: true } });

  it('the first is shown', async () => {
    const files = [
      ['image/tiff', await both().tiff().toBuffer()],
      ['image/webp', await both().webp({ lossless: true }).toBuffer()],
    ] as const;
    for (const [mime, file] of files) {
      expect((await sharp(file).metadata()).pages).toBe(2);
      const photo = await workshop.photo(file, mime);
      expect([photo.width, photo.height]).toEqual([64, 48]);
      const [red, , blue] = await colourAt(fileOf(photo, 'preview'), 0.5, 0.5);
      expect(red - blue).toBeGreaterThan(130);
    }
  });
});

describe('one bit a pixel', () => {
  it('is black and white', async () => {
    const row = Buffer.concat([Buffer.alloc(1 + 8), Buffer.alloc(8, 0xff)]);
    const rows = Buffer.concat(Array.from({ length: 48 }, () => row));
    const bits = png({ width: 128, height: 48, bitDepth: 1, colour: 'grey', rows });
    const tiff = (options: TiffOptions) =>
      sharp(bits)
        .toColourspace('b-w')
        .tiff({ bitdepth: 1, ...options })
        .toBuffer();
    const files = [
      ['image/png', bits],
      ['image/tiff', await tiff({ compression: 'ccittfax4' })],
      ['image/tiff', await tiff({ compression: 'none', miniswhite: true })],
    ] as const;
    for (const [mime, file] of files) {
      const photo = await workshop.photo(file, mime);
      const [black] = await colourAt(fileOf(photo, 'preview'), 0.2, 0.5);
      const [white] = await colourAt(fileOf(photo, 'preview'), 0.8, 0.5);
      expect([black < 5, white > 250]).toEqual([true, true]);
    }
  });
});
