import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecodeError } from '../../../src/media/decoder/errors.js';
import { sniff } from '../../../src/media/sniff.js';
import { Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(60_000);

/** Real files that lie beside the repository on some machines; no part of it. */
const samples = join(import.meta.dirname, '../../../../shared/media');
const present = existsSync(samples);
const filesIn = (folder: string) =>
  present ? readdirSync(join(samples, folder)).map((name) => join(samples, folder, name)) : [];

describe(`real photos and videos${present ? '' : ' (skipped: no samples lie beside the repository)'}`, () => {
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

  (present ? it : it.skip)(
    'decode, but for bombs and HEIC',
    async () => {
      const files = ['photos', 'orientation', 'special', 'generated', 'heic'].flatMap(filesIn);
      const outcomes = await Promise.allSettled(files.map(run));
      const refused = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [(outcome.reason as DecodeError).code] : [],
      );
      expect(
        refused.filter((code) => code !== 'MEDIA.HEIC_UNSUPPORTED' && code !== 'MEDIA.TOO_MANY_PIXELS'),
      ).toEqual([]);
      const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      expect(done.length).toBeGreaterThan(20);
      for (const { renditions } of done) expect(renditions).toHaveLength(3);
    },
    120_000,
  );

  (present ? it : it.skip)(
    'play: every clip has a poster and a copy',
    async () => {
      const done = await Promise.all(filesIn('video').map(run));
      for (const { renditions } of done) {
        expect(renditions.map(({ name }) => name)).toEqual(['poster', 'thumb', 'small', 'play']);
      }
    },
    120_000,
  );
});
