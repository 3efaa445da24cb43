import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DecodeError } from '../../../src/media/decoder/errors.js';
import { sniff } from '../../../src/media/sniff.js';
import { differences, fullSize, type Differences } from './support/reference.js';
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

  const run = async (file: string) => {
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
      for (const { renditions } of done) expect(renditions).toHaveLength(3);
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
    'play: every clip has a poster and a copy',
    async () => {
      const done = await Promise.all(filesIn('media/video').map(run));
      for (const { renditions } of done) {
        expect(renditions.map(({ name }) => name)).toEqual(['poster', 'thumb', 'small', 'play']);
      }
    },
    120_000,
  );
});

describe(`files that were made to break decoders${skipped('hostile')}`, () => {
  const present = existsSync(join(beside, 'hostile')) ? it : it.skip;

  /** Each goes to a decoder, whether it would pass the door or not: there it is all the more a stranger. */
  present.each(['libheif', 'pillow', 'image-rs', 'libvips'])(
    'are processed or refused, each in seconds: %s',
    async (folder) => {
      const workshop = await Workshop.open();
      const files = filesIn(`hostile/${folder}`);
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const bytes = await readFile(file);
        const type = await sniff(bytes);
        const mime = type?.kind === 'image' ? type.mime : folder === 'libheif' ? 'image/heic' : 'image/jpeg';
        const started = Date.now();
        const outcome = await workshop.photo(bytes, mime).catch((error: unknown) => error);
        const name = basename(file);
        expect({ name, quick: Date.now() - started < 10_000 }).toEqual({ name, quick: true });
        if (outcome instanceof DecodeError) {
          expect({ name, detail: outcome.detail, retryable: outcome.retryable }).toMatchObject({
            retryable: false,
          });
        } else {
          expect(outcome).toMatchObject({ renditions: { length: 3 } });
        }
      }
      await workshop.close();
    },
    300_000,
  );
});
