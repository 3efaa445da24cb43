import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, type Candidate } from './allocation.js';

const TIERS = [
  { id: 'first', quota: 1, amountYuan: 1000 },
  { id: 'second', quota: 2, amountYuan: 500 },
];

const works = (...people: string[]): Candidate[] =>
  people.map((person, index) => ({ id: `w${index + 1}`, person }));
const places = (order: Candidate[], personLimit: number | null) =>
  allocate(order, TIERS, { personLimit }).entries.map(({ tier, skipped }) => tier ?? skipped);

describe('allocate', () => {
  it('fills the tiers from the highest down', () => {
    expect(places(works('a', 'b', 'c', 'd'), 1)).toEqual(['first', 'second', 'second', 'NO_ROOM']);
  });

  it('gives a person one prize, for the best work, and the place to the next', () => {
    expect(places(works('a', 'a', 'b', 'c'), 1)).toEqual(['first', 'PERSON_LIMIT', 'second', 'second']);
  });

  it('gives a person several where there is no limit, or a higher one', () => {
    expect(places(works('a', 'a', 'a', 'b'), null)).toEqual(['first', 'second', 'second', 'NO_ROOM']);
    expect(places(works('a', 'a', 'a', 'b'), 2)).toEqual(['first', 'second', 'PERSON_LIMIT', 'second']);
  });

  it('passes over withdrawn and disqualified works, which do not count for their author', () => {
    const order: Candidate[] = [
      { id: 'w1', person: 'a', excluded: 'DISQUALIFIED' },
      { id: 'w2', person: 'b', excluded: 'WITHDRAWN' },
      { id: 'w3', person: 'a' },
    ];
    expect(places(order, 1)).toEqual(['DISQUALIFIED', 'WITHDRAWN', 'first']);
  });

  it('says NO_ROOM, not PERSON_LIMIT, of a work that would have won nothing anyway', () => {
    expect(places(works('a', 'b', 'c', 'a'), 1)).toEqual(['first', 'second', 'second', 'NO_ROOM']);
  });

  it('adds up what was given out and what was budgeted, to the fen', () => {
    const tiers = [
      { id: 'x', quota: 3, amountYuan: 0.1 },
      { id: 'y', quota: 1, amountYuan: 0.2 },
    ];
    const { totals, tiers: filled } = allocate(works('a', 'b'), tiers, { personLimit: 1 });
    expect(totals).toEqual({ awards: 2, amountYuan: 0.2, budgetAwards: 4, budgetYuan: 0.5 });
    expect(filled.map(({ id, filled: taken }) => [id, taken])).toEqual([
      ['x', 2],
      ['y', 0],
    ]);
  });

  it('leaves places vacant where works run out', () => {
    expect(allocate([], TIERS, { personLimit: 1 }).totals).toEqual({
      awards: 0,
      amountYuan: 0,
      budgetAwards: 3,
      budgetYuan: 2000,
    });
  });
});

describe('whatever the order, tiers and limit', () => {
  const candidates = fc
    .array(
      fc.record({
        person: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
        excluded: fc.constantFrom(null, null, null, 'WITHDRAWN' as const, 'DISQUALIFIED' as const),
      }),
      { maxLength: 20 },
    )
    .map((all) => all.map((one, index) => ({ id: `w${index}`, ...one })));
  const tiers = fc
    .array(fc.record({ quota: fc.nat(4), amountYuan: fc.nat(1000) }), { maxLength: 4 })
    .map((all) => all.map((one, index) => ({ id: `t${index}`, ...one })));
  const limit = fc.constantFrom(null, 1, 2);

  it('no tier is overfilled, a better place never has a lower tier, nobody exceeds the limit', () => {
    fc.assert(
      fc.property(candidates, tiers, limit, (order, prizes, personLimit) => {
        const { entries, tiers: filled, totals } = allocate(order, prizes, { personLimit });
        filled.forEach(({ id, quota, filled: taken }) => {
          expect(taken).toBe(entries.filter(({ tier }) => tier === id).length);
          expect(taken).toBeLessThanOrEqual(quota);
        });
        const won = entries.flatMap(({ tier }) => (tier ? [prizes.findIndex(({ id }) => id === tier)] : []));
        expect(won).toEqual([...won].sort((a, b) => a - b));
        expect(totals.awards).toBe(won.length);
        const winners = order.filter((_, index) => entries[index].tier !== null).map(({ person }) => person);
        for (const person of winners) {
          expect(winners.filter((other) => other === person).length).toBeLessThanOrEqual(
            personLimit ?? Infinity,
          );
        }
        expect(entries.every(({ tier, skipped }) => (tier === null) !== (skipped === null))).toBe(true);
      }),
    );
  });

  it('excluding a work that won nothing changes nothing for the others', () => {
    fc.assert(
      fc.property(candidates, tiers, limit, fc.nat(), (order, prizes, personLimit, pick) => {
        const { entries } = allocate(order, prizes, { personLimit });
        const losers = entries.filter(({ tier }) => tier === null);
        if (losers.length === 0) return;
        const gone = losers[pick % losers.length].id;
        const excluded = order.map((one) =>
          one.id === gone ? { ...one, excluded: 'WITHDRAWN' as const } : one,
        );
        const after = allocate(excluded, prizes, { personLimit }).entries;
        expect(after.filter(({ id }) => id !== gone)).toEqual(entries.filter(({ id }) => id !== gone));
      }),
    );
  });
});
