import { describe, expect, it } from '@jest/globals';
import { canonicalJson, entryHash, ChainWalk, genesis, type ChainedEntry } from './chain.js';

function chain(length: number): (ChainedEntry & { hash: string })[] {
  let previousHash = genesis;
  return Array.from({ length }, (_, index) => {
    const entry: ChainedEntry = {
      contestId: 'c',
      seq: index + 1,
      at: `2026-09-0${index + 1}T00:00:00.000Z`,
      actorId: null,
      action: 'sheet.saved',
      facts: { task: `t${index}`, version: 1 },
      textHash: null,
      previousHash,
    };
    previousHash = entryHash(entry);
    return { ...entry, hash: previousHash };
  });
}

/** Seq at which the walk ends although entries are left; null when it gets to the end. */
function firstBreak(entries: ReturnType<typeof chain>): number | null {
  const walk = new ChainWalk();
  return entries.every((entry) => walk.follows(entry)) ? null : walk.seq + 1;
}

describe('the hash chain', () => {
  it('is whole when nothing was touched', () => {
    expect(firstBreak(chain(5))).toBeNull();
    expect(firstBreak([])).toBeNull();
  });

  it.each(['at', 'actorId', 'action', 'textHash', 'previousHash', 'hash'] as const)(
    'breaks where %s was changed',
    (field) => {
      const entries = chain(5);
      entries[2][field] = '2020-01-01T00:00:00.000Z';
      expect(firstBreak(entries)).toBe(3);
    },
  );

  it('breaks where an entry was taken out, put in or swapped', () => {
    const entries = chain(5);
    expect(firstBreak(entries.toSpliced(1, 1))).toBe(2);
    expect(firstBreak(entries.toSpliced(1, 0, entries[4]))).toBe(2);
    expect(firstBreak([entries[1], entries[0]])).toBe(1);
  });

  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'ü' }], a: undefined })).toBe('{"b":[1,{"c":"ü","d":null}]}');
  });
});
