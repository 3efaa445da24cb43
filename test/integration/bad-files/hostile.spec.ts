import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Decoder } from '../../../src/media/decoder/decoder.js';
import { sniff } from '../../../src/media/sniff.js';
import { expectNoHarm } from './support/expectations.ts';
import { TrialRoom } from './support/trial.ts';

/** Files that have crashed, hung or fooled decoders. They lie beside the repository on some machines; no part of it. */
const hostile = join(import.meta.dirname, '../../../../shared/hostile');
const folders = existsSync(hostile)
  ? readdirSync(hostile, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    )
  : [];
const present = folders.length > 0;

const title = `files that broke other decoders${present ? '' : ' (skipped: ../shared/hostile is absent)'}`;
(present ? describe : describe.skip)(title, () => {
  let room: TrialRoom;
  beforeAll(async () => {
    room = await TrialRoom.open({ Decoder, sniff }, 2);
  });
  afterAll(() => room.close());

  // One name where there is none, so that the skipped suite is counted and named.
  it.each(present ? folders : ['hostile'])(
    '%s: each is processed or refused, and harms nothing',
    async (folder) => {
      const names = readdirSync(join(hostile, folder));
      const trials = await room.each(names, async (name) =>
        room.tryAnywhere(name, await readFile(join(hostile, folder, name))),
      );
      expect(trials.length).toBeGreaterThan(0);
      expectNoHarm(trials);
    },
    120_000,
  );

  it.each(present ? folders : ['hostile'])(
    '%s: each harms as little when the door lets it pass for a JPEG',
    async (folder) => {
      const names = readdirSync(join(hostile, folder));
      const trials = await room.each(names, async (name) =>
        room.force(name, await readFile(join(hostile, folder, name))),
      );
      expectNoHarm(trials);
    },
    120_000,
  );
});
