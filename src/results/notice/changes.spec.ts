import { describe, expect, it } from '@jest/globals';
import { changesBetween, type Placed } from './changes.js';

const placed = (text: string): Placed[] =>
  text.split(' ').map((pair) => ({ submissionId: pair[0], tierId: pair[1] }));

describe('what a version changes', () => {
  it('is nothing where it says the same', () => {
    expect(changesBetween(placed('a1 b2 c2'), placed('a1 b2 c2'))).toEqual([]);
  });

  it('after a cascade: the one that went, those that moved up, the one that came', () => {
    const told = changesBetween(placed('a1 b2 c3'), placed('b1 c2 d3'));
    expect(told.map(({ kind, submissionId, from, to }) => [kind, submissionId, from, to])).toEqual([
      ['removed', 'a', '1', null],
      ['moved', 'b', '2', '1'],
      ['moved', 'c', '3', '2'],
      ['added', 'd', null, '3'],
    ]);
  });

  it('is what leads from one to the other', () => {
    const before = placed('a1 b2 c2 d3');
    const after = placed('d1 b2 e2');
    const now = new Map(before.map(({ submissionId, tierId }) => [submissionId, tierId]));
    for (const { submissionId, to } of changesBetween(before, after)) {
      if (to === null) now.delete(submissionId);
      else now.set(submissionId, to);
    }
    expect([...now].sort()).toEqual(after.map(({ submissionId, tierId }) => [submissionId, tierId]).sort());
  });
});
