import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readFacts } from '../../../src/media/decoder/facts/index.js';
import { type DecodeError } from '../../../src/media/decoder/errors.js';
import { sniff } from '../../../src/media/sniff.js';
import { differences, fullSize, type Differences } from './support/reference.js';
import type { VideoResult } from '../../../src/media/decoder/results.js';
import { screen } from './support/film.js';
import { fileOf, Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(60_000);

/** Real files that lie beside the repository on some machines; no part of it. */
const beside = join(import.meta.dirname, '../../../../shared');
const filesIn = (folder: string): string[] =>
  existsSync(join(beside, folder))
    ? readdirSync(join(beside, folder)).map((name) => join(beside, folder, name))
    : [];
const skipped = (folder: string) =>
  existsSync(join(beside, folder)) ? '' : ' (skipped: none lie beside the repository)';

const photoFolders = ['photos', 'orientation', 'special', 'generated', 'heic'].map((name) => `media/${name}`);

describe(`real photos and videos${skipped('media')}`, () => {
  const present = existsSync(join(beside, 'media')) ? it : it.skip;
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await Workshop.open({ slots: 2 });
  });
  afterAll(() => workshop.close());

  /** Each file is processed once, whichever test asks first. */
  const runs = new Map<string, ReturnType<typeof process>>();
  const run = (file: string) => {
    const known = runs.get(file) ?? process(file);
    runs.set(file, known);
    return known;
  };
  const process = async (file: string) => {
    const bytes = await readFile(file);
    const type = await sniff(bytes);
    if (!type) throw new Error(`${file} is of no type that may enter`);
    return type.kind === 'image' ? workshop.photo(bytes, type.mime) : workshop.video(bytes, type.mime);
  };

  present(
    'decode, but for bombs',
    async () => {
      const outcomes = await Promise.allSettled(photoFolders.flatMap(filesIn).map(run));
      const refused = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [(outcome.reason as DecodeError).code] : [],
      );
      expect(refused.filter((code) => code !== 'MEDIA.TOO_MANY_PIXELS')).toEqual([]);
      const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      expect(done.length).toBeGreaterThan(20);
      for (const { renditions } of done) {
        expect(renditions).toHaveLength(3);
        for (const { file } of renditions) {
          const bytes = await readFile(file);
          const traces = ['Exif', 'ns.adobe.com', 'Photoshop', 'iPhone', 'Canon'];
          expect(traces.filter((trace) => bytes.includes(trace))).toEqual([]);
        }
      }
    },
    120_000,
  );

  /**
   * Against the picture decoded, turned and converted by libvips in one go at full size, and then scaled: none of
   * our shortcuts is in that. Single pixels differ by what JPEG takes at quality 82 with halved colour, at most 3.2
   * on the mean, in the smallest and most colourful sample. Means of 8 × 8 pixels leave that out: 0.8 on the mean
   * and 2.1 for one in a hundred, at sharp edges of pure colour. A picture out of place by a pixel, or in another
   * colour space, is far beyond.
   */
  const near = ({ pixelMean, blockMean, blockP99 }: Differences) =>
    pixelMean < 3.5 && blockMean < 1 && blockP99 < 2.5;

  present(
    'look as they do when they are decoded whole and slowly',
    async () => {
      const files = photoFolders.flatMap(filesIn).filter((file) => !/limit\.png$|giant-image/.test(file));
      for (const file of files) {
        const reference = await fullSize(file);
        const photo = await run(file);
        expect([basename(file), photo.width, photo.height]).toEqual([
          basename(file),
          reference.width,
          reference.height,
        ]);
        const difference = await differences(fileOf(photo, 'preview'), reference);
        const name = basename(file);
        expect({ name, ...difference, near: near(difference) }).toEqual({ name, ...difference, near: true });
      }
    },
    300_000,
  );

  present(
    'play: every clip has a poster, and a copy that FFmpeg finds whole',
    async () => {
      for (const file of filesIn('media/video')) {
        const video = (await run(file)) as VideoResult;
        expect(video.renditions.map(({ name }) => name)).toEqual(['poster', 'thumb', 'small', 'play']);
        const shown = await screen(await readFile(fileOf(video, 'play')));
        expect(shown).toMatchObject({ codec: 'h264', pixelFormat: 'yuv420p' });
        expect(Math.max(shown.width, shown.height)).toBeLessThanOrEqual(1280);
        expect(Math.min(shown.width, shown.height)).toBeLessThanOrEqual(720);
        expect(shown.sound !== null).toBe(video.hasAudio);
        const end = Math.max((shown.frames.at(-1)?.at ?? 0) + 0.15, shown.sound?.seconds ?? 0);
        expect(Math.abs(end - video.durationMs / 1000)).toBeLessThan(0.2);
        expect(shown.frames.length / (video.durationMs / 1000)).toBeLessThan(31);
      }
    },
    600_000,
  );

  /** As exiftool shows them: capture time, camera, lens, exposure (f, s, ISO, mm), place. */
  const known: Array<
    [
      file: string,
      takenAt: string | null,
      camera: string | null,
      lens: string | null,
      number[],
      place: number[] | null,
    ]
  > = [
    [
      'photos/jpg_Canon_EOS_5D.jpg',
      '2005-09-25T00:31:00',
      'Canon EOS 5D',
      null,
      [5, 1 / 160, 160, 105],
      null,
    ],
    [
      'photos/jpg_Leica_T__Typ_701_.jpg',
      '2014-04-24T12:18:42',
      'LEICA T (Typ 701)',
      null,
      [3.5, 1 / 50, 100, 18],
      null,
    ],
    ['photos/jpg_Nikon_D3100.jpg', '2010-12-02T13:18:23', 'NIKON D3100', null, [8, 1 / 200, 400, 55], null],
    [
      'photos/jpg_Oppo_R7_Plus.jpg',
      '2018-07-16T17:52:22',
      'OPPO R7plusf',
      null,
      [2.2, 1 / 1279, 100, 3.46],
      [60.26746, 8.77113],
    ],
    [
      'photos/jpg_Samsung_SM-G935L__Galaxy_S7_Edge_.jpg',
      '2017-02-09T19:51:38',
      'samsung SM-G935L',
      null,
      [1.7, 1 / 10, 640, 4.2],
      [48.8925, 2.23639],
    ],
    [
      'photos/test_fixtures_IMG_20180725_163423.jpg',
      '2018-07-25T16:34:23',
      'Google Pixel',
      null,
      [2, 0.000376, 50, 4.67],
      [50.2996, 14.82029],
    ],
    [
      'heic/heic_IMG_2929.HEIC',
      '2020-05-04T18:44:06-04:00',
      'Apple iPhone 11 Pro',
      'iPhone 11 Pro back triple camera 4.25mm f/1.8',
      [1.8, 1 / 60, 80, 4.25],
      null,
    ],
    [
      'heic/heic_exif-at-eof.heic',
      '2020-05-04T18:39:11-04:00',
      'Apple iPhone 11 Pro',
      'iPhone 11 Pro back triple camera 4.25mm f/1.8',
      [1.8, 1 / 493, 32, 4.25],
      [47.20712, 106.24311],
    ],
    [
      'heic/test_fixtures_heic-iphone7.heic',
      '2019-10-20T18:34:30+02:00',
      'Apple iPhone 7',
      'iPhone 7 back camera 3.99mm f/1.8',
      [1.8, 1 / 100, 20, 3.99],
      [38.04664, 12.99441],
    ],
    [
      'special/webp_18mp.webp',
      '2016-01-12T15:33:28',
      'Canon EOS 5D Mark III',
      'EF24-70mm f/2.8L USM',
      [2.8, 1 / 200, 1000, 35],
      null,
    ],
    [
      'special/tifftag-photoshop.tiff',
      '2018-10-12T14:45:38',
      'FUJIFILM X-T2',
      'XF18-55mmF2.8-4 R LM OIS',
      [8, 1 / 60, 800, 42.5],
      null,
    ],
    [
      'generated/dslr24_c.jpg',
      '2016-06-23T16:31:59',
      'DJI FC300S',
      null,
      [2.8, 1 / 370, 100, 3.6],
      [46.84261, -91.99455],
    ],
    ['video/mov_with-gps.mov', '2019-07-24T11:25:40+03:00', 'Apple iPhone 6', null, [], [32.0929, 34.862]],
    ['video/mp4_ftyp3gp5.mp4', '2020-10-23T20:27:29Z', null, null, [], null],
  ];
  const mimes: Record<string, string> = {
    jpg: 'image/jpeg',
    heic: 'image/heic',
    webp: 'image/webp',
    tiff: 'image/tiff',
    mov: 'video/quicktime',
    mp4: 'video/mp4',
  };

  present.each(known)('%s tells what its camera wrote', (file, takenAt, camera, lens, exposure, place) => {
    const facts = readFacts(join(beside, 'media', file), mimes[file.split('.').at(-1)!.toLowerCase()]);
    expect(facts).toMatchObject({ takenAt, camera, lens, provenance: { c2pa: false, ai: null } });
    const { fNumber, exposureTime, iso, focalLength } = facts.exposure;
    const found = [fNumber, exposureTime, iso, focalLength].filter((value) => value !== null);
    expect(found).toEqual(exposure.map((value) => expect.closeTo(value, 5)));
    const [lat, lon] = place ?? [];
    expect(facts.gps).toEqual(place && { lat: expect.closeTo(lat, 4), lon: expect.closeTo(lon, 4) });
  });

  present('tell who edited them', () => {
    const edits = (file: string, mime: string) => readFacts(join(beside, 'media', file), mime).edits;
    expect(edits('special/tifftag-photoshop.tiff', 'image/tiff')).toMatchObject({
      history: true,
      savedAt: '2019-03-05T13:21:33',
    });
    expect(edits('special/tifftag-photoshop.tiff', 'image/tiff').programs).toContain('Adobe Photoshop');
    expect(edits('photos/jpg_Canon_EOS_5D.jpg', 'image/jpeg')).toEqual({
      programs: [],
      history: false,
      savedAt: null,
    });
    // A drone writes Adobe's properties by itself, and says in them that nothing was done.
    expect(edits('generated/dslr24_c.jpg', 'image/jpeg')).toEqual({
      programs: [],
      history: false,
      savedAt: null,
    });
  });
});
