import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile, stat } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { thumbHashToApproximateAspectRatio } from 'thumbhash';
import { likeness, samePictureFrom } from '../../../src/media/fingerprint/likeness.js';
import {
  brokenExifJpegs,
  canaryJpeg,
  flatPng,
  iccProfile,
  noisyJpeg,
  orientedJpeg,
  plainJpeg,
  quadrantAt,
  rgbPixels,
  storedPicture,
  type Orientation,
} from '../../fixtures/bad-media.js';
import { apart, colourAt, fileOf, Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(60_000);

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

describe('a photo', () => {
  it('becomes three renditions that are described as they are and never enlarged', async () => {
    const { renditions, placeholder, ...photo } = await workshop.photo(await plainJpeg(3000, 1500));
    expect(photo).toMatchObject({ width: 3000, height: 1500 });
    expect(renditions.map(({ name, mime, width, height }) => [name, mime, width, height])).toEqual([
      ['preview', 'image/jpeg', 2000, 1000],
      ['thumb', 'image/webp', 640, 320],
      ['small', 'image/jpeg', 320, 160],
    ]);
    for (const { file, mime, bytes, width, height } of renditions) {
      expect((await stat(file)).size).toBe(bytes);
      expect(await sharp(file).metadata()).toMatchObject({
        format: mime.slice('image/'.length),
        width,
        height,
      });
    }
    expect(await sharp(renditions[0]?.file).metadata()).toMatchObject({
      isProgressive: false,
      chromaSubsampling: '4:2:0',
    });
    expect(thumbHashToApproximateAspectRatio(Buffer.from(placeholder, 'base64'))).toBeCloseTo(2, 0);

    const small = await workshop.photo(await plainJpeg(200, 100));
    expect(small.renditions.map(({ width, height }) => [width, height])).toEqual([
      [200, 100],
      [200, 100],
      [200, 100],
    ]);
  });

  it('keeps its fingerprint when it is made smaller and compressed again', async () => {
    const original = await workshop.photo(await noisyJpeg(1600, 1200));
    const copy = await sharp(await noisyJpeg(1600, 1200))
      .resize(700)
      .webp({ quality: 40 })
      .toBuffer();
    const { fingerprint } = await workshop.photo(copy, 'image/webp');
    expect(likeness(original.fingerprint, fingerprint)).toBeGreaterThan(samePictureFrom);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8] as Orientation[])(
    'hangs upright from EXIF orientation %i',
    async (orientation) => {
      const photo = await workshop.photo(await orientedJpeg(orientation, 300, 200));
      expect([photo.width, photo.height]).toEqual([300, 200]);
      for (const name of ['preview', 'thumb', 'small']) {
        for (const [x, y] of [
          [0.1, 0.1],
          [0.9, 0.1],
          [0.1, 0.9],
          [0.9, 0.9],
          [0.45, 0.2],
          [0.2, 0.6],
        ] as const) {
          const colour = await colourAt(fileOf(photo, name), x, y);
          expect(apart(colour, quadrantAt(x, y, 1, 1))).toBeLessThanOrEqual(12);
        }
      }
    },
  );

  it('hangs upright in its whole size, too, and brings no metadata along', async () => {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const) {
      const { whole } = await workshop.wholePhoto(await orientedJpeg(orientation, 300, 200));
      expect(whole).toMatchObject({ name: 'full', mime: 'image/jpeg', width: 300, height: 200 });
      expect((await stat(whole.file)).size).toBe(whole.bytes);
      for (const [x, y] of [
        [0.1, 0.1],
        [0.9, 0.1],
        [0.1, 0.9],
        [0.9, 0.9],
        [0.45, 0.2],
        [0.2, 0.6],
      ] as const) {
        const colour = await colourAt(whole.file, x, y);
        expect(apart(colour, quadrantAt(x, y, 1, 1))).toBeLessThanOrEqual(12);
      }
    }
    const { whole } = await workshop.wholePhoto(await canaryJpeg('canary-of-whole'));
    expect((await readFile(whole.file)).includes('canary')).toBe(false);
    const { exif, icc, xmp, iptc } = await sharp(whole.file).metadata();
    expect([exif, icc, xmp, iptc]).toEqual([undefined, undefined, undefined, undefined]);
  });

  /** TIFF and EXIF orientations, in the ways that each format keeps them. */
  it.each([
    ['image/png', (picture: Sharp) => picture.png()],
    ['image/webp', (picture: Sharp) => picture.webp({ quality: 95 })],
    ['image/tiff', (picture: Sharp) => picture.tiff({ compression: 'lzw' })],
  ])('hangs upright from each orientation of %s', async (mime, encode) => {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const) {
      const { width, height, at } = storedPicture(orientation, 300, 200);
      const raw = { width, height, channels: 3 as const };
      const picture = sharp(rgbPixels(width, height, at), { raw }).withMetadata({ orientation });
      const file = await encode(picture).toBuffer();
      expect(await sharp(file).metadata()).toMatchObject({ orientation, width, height });
      const photo = await workshop.photo(file, mime);
      expect([photo.width, photo.height]).toEqual([300, 200]);
      for (const [x, y] of [
        [0.1, 0.1],
        [0.9, 0.1],
        [0.1, 0.9],
        [0.9, 0.9],
      ] as const) {
        const colour = await colourAt(fileOf(photo, 'preview'), x, y);
        expect(apart(colour, quadrantAt(x, y, 1, 1))).toBeLessThanOrEqual(12);
      }
    }
  });

  it('is upright also where its colours are converted', async () => {
    const jpeg = await orientedJpeg(7, 300, 200, 'p3');
    const photo = await workshop.photo(jpeg);
    expect([photo.width, photo.height]).toEqual([300, 200]);
    expect(
      apart(await colourAt(fileOf(photo, 'preview'), 0.9, 0.1), quadrantAt(0.9, 0.1, 1, 1)),
    ).toBeLessThanOrEqual(12);
  });

  it('loses every trace of metadata, which is told apart', async () => {
    const canary = 'CANARY7Q9Z';
    const jpeg = await canaryJpeg(canary);
    expect(jpeg.toString('latin1').split(canary).length - 1).toBeGreaterThan(9);
    const photo = await workshop.photo(jpeg);
    for (const { file } of photo.renditions) {
      const bytes = await readFile(file);
      expect(bytes.indexOf(canary)).toBe(-1);
      const { exif, icc, xmp, iptc, orientation } = await sharp(bytes).metadata();
      expect({ exif, icc, xmp, iptc, orientation }).toEqual({});
    }
    expect(photo.facts).toEqual({
      takenAt: '2019-08-30T10:11:12+08:00',
      camera: `${canary}-make ${canary}`,
      lens: `${canary}-lens`,
      exposure: { fNumber: null, exposureTime: null, iso: null, focalLength: null },
      gps: { lat: expect.closeTo(27.825, 4), lon: expect.closeTo(113.08, 4) },
      software: canary,
      hasExif: true,
      edits: { programs: [], history: false, savedAt: null },
      provenance: { c2pa: false, ai: null, mark: null, generator: null },
      jpegQuality: 95,
    });
  });

  it('decodes whatever its EXIF is', async () => {
    for (const [name, jpeg] of Object.entries(await brokenExifJpegs())) {
      const photo = await workshop.photo(jpeg);
      expect({ name, width: photo.width, facts: photo.facts.hasExif }).toEqual({
        name,
        width: 320,
        facts: false,
      });
    }
  });
});

describe('colours', () => {
  /** Display P3 shares sRGB's transfer curve; this matrix takes its linear light to sRGB's (CSS Color 4, section 18). */
  const p3ToSrgb = ([r, g, b]: readonly [number, number, number]): number[] => {
    const light = [r, g, b].map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    const rows = [
      [1.2249401763, -0.2249401763, 0],
      [-0.0420569547, 1.0420569547, 0],
      [-0.0196375546, -0.0786360456, 1.0982736002],
    ];
    return rows.map((row) => {
      const v = row.reduce((sum, factor, index) => sum + factor * (light[index] ?? 0), 0);
      return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
    });
  };
  const inGamut = [
    [0.4, 0.7, 0.4],
    [0.75, 0.45, 0.4],
    [0.35, 0.4, 0.65],
    [0.5, 0.5, 0.5],
  ] as const;

  it.each([8, 16] as const)('of %i-bit Display P3 come out as sRGB, within 3 of 255', async (bitDepth) => {
    const icc = await iccProfile('p3');
    const most = bitDepth === 16 ? 65535 : 255;
    for (const colour of inGamut) {
      const samples = colour.map((share) => Math.round(share * most));
      const photo = await workshop.photo(
        flatPng({ width: 64, height: 48, bitDepth, colour: 'rgb', icc }, samples),
        'image/png',
      );
      expect(apart(await colourAt(fileOf(photo, 'preview'), 0.5, 0.5), p3ToSrgb(colour))).toBeLessThanOrEqual(
        3,
      );
    }
  });

  it('of an sRGB profile, of 16 bits and of grey stay as they are, within 3 of 255', async () => {
    const size = { width: 64, height: 48 };
    const icc = await iccProfile('srgb');
    const cases = [
      flatPng({ ...size, bitDepth: 8, colour: 'rgb', icc }, [200, 100, 50]),
      flatPng({ ...size, bitDepth: 16, colour: 'rgb', icc }, [200 * 257, 100 * 257, 50 * 257]),
      flatPng({ ...size, bitDepth: 16, colour: 'rgb' }, [200 * 257, 100 * 257, 50 * 257]),
    ];
    for (const file of cases) {
      const photo = await workshop.photo(file, 'image/png');
      expect(apart(await colourAt(fileOf(photo, 'preview'), 0.5, 0.5), [200, 100, 50])).toBeLessThanOrEqual(
        3,
      );
    }
    for (const bitDepth of [8, 16] as const) {
      const sample = bitDepth === 16 ? 90 * 257 : 90;
      const photo = await workshop.photo(
        flatPng({ ...size, bitDepth, colour: 'grey' }, [sample]),
        'image/png',
      );
      expect(apart(await colourAt(fileOf(photo, 'thumb'), 0.5, 0.5), [90, 90, 90])).toBeLessThanOrEqual(3);
    }
  });

  it('lie on white where the picture is transparent', async () => {
    const size = { width: 64, height: 48, bitDepth: 8, colour: 'rgba' } as const;
    for (const icc of [undefined, await iccProfile('p3')]) {
      const clear = await workshop.photo(flatPng({ ...size, icc }, [10, 20, 30, 0]), 'image/png');
      expect(apart(await colourAt(fileOf(clear, 'preview'), 0.5, 0.5), [255, 255, 255])).toBeLessThanOrEqual(
        2,
      );
      const half = await workshop.photo(flatPng({ ...size, icc }, [0, 0, 0, 128]), 'image/png');
      expect(apart(await colourAt(fileOf(half, 'preview'), 0.5, 0.5), [127, 127, 127])).toBeLessThanOrEqual(
        3,
      );
    }
  });

  it('of CMYK keep their hue', async () => {
    const raw = { width: 300, height: 200, channels: 3 } as const;
    const pixels = rgbPixels(300, 200, (x, y) => quadrantAt(x, y, 300, 200));
    const cmyk = await sharp(pixels, { raw }).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const photo = await workshop.photo(cmyk);
    // Ink cannot show all of sRGB: red stays red and white white, but not to the last shade.
    expect(
      apart(await colourAt(fileOf(photo, 'preview'), 0.1, 0.1), quadrantAt(0.1, 0.1, 1, 1)),
    ).toBeLessThanOrEqual(40);
    expect(
      apart(await colourAt(fileOf(photo, 'preview'), 0.9, 0.9), quadrantAt(0.9, 0.9, 1, 1)),
    ).toBeLessThanOrEqual(12);
  });
});
