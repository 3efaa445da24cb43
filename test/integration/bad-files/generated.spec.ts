import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Decoder } from '../../../src/media/decoder/decoder.js';
import { sniff } from '../../../src/media/sniff.js';
import { badFamilies, type BadKind, type Outcome } from '../../fixtures/bad-files/index.ts';
import { encodeClip } from '../decoder/support/film.js';
import { startCanary, type Canary } from './support/canary.ts';
import { expectNoHarm } from './support/expectations.ts';
import { deadlineMs, TrialRoom, type Trial } from './support/trial.ts';

// SECURITY.md: decoding runs in a process that can be killed, with memory and time bounded; one bad file never
// takes another job down; a file counts only when its pixels or frames decode.

let room: TrialRoom;
let clip: Buffer;
let canary: Canary;

beforeAll(async () => {
  canary = await startCanary();
  clip = await encodeClip(1, 0);
  room = await TrialRoom.open({ Decoder, sniff }, 2);
});
afterAll(async () => {
  await room.close();
  await canary.close();
});

const mayBe: Record<Outcome, RegExp> = {
  processed: /^processed$/,
  refused: /^MEDIA\./,
  either: /^(processed$|MEDIA\.)/,
};

async function tried({ door, make }: BadKind): Promise<Trial[]> {
  const files = Object.entries(await make({ clip, canary: canary.url }));
  return room.each(files, ([file, bytes]) => room.try(file, bytes, door));
}

it('there are at least eighty kinds, each with a name of its own', () => {
  const names = badFamilies.flatMap(({ family, kinds }) => kinds.map(({ kind }) => `${family}: ${kind}`));
  expect(names.length).toBeGreaterThanOrEqual(80);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(badFamilies)('$family', ({ kinds }) => {
  it.each(kinds)(
    '$outcome: $kind',
    async (kind) => {
      const trials = await tried(kind);
      expectNoHarm(trials);
      const other = trials.filter(({ outcome }) => !mayBe[kind.outcome].test(outcome));
      expect(other).toEqual([]);
    },
    9 * deadlineMs,
  );
});

it('nothing asked the address that the files name', async () => {
  expect(canary.hits()).toBe(0);
  await fetch(canary.url).catch(() => undefined);
  expect(canary.hits()).toBe(1);
});
