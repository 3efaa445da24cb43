import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, type AllocationRules, type Candidate, type Tier } from './allocation.js';
import { Fraction } from './fraction.js';
import { promote, type Holder, type PromotionInput } from './promotion.js';

const tiers: Tier[] = ['first', 'second', 'third'].map((id, index) => ({
  ...{ id, quota: index + 1, amountYuan: 0, floor: null, personLimit: null },
}));
const rules: AllocationRules = { quotaTies: 'resolve', personLimit: { category: 1, contest: null } };

/** The result of works by these persons, and a promotion in it. */
function input(people: string[], out: string[], policy: PromotionInput['policy'], more: Partial<Tier> = {}) {
  const order = people.map((person, index): Candidate => ({
    ...{ id: `w${index + 1}`, person, group: index },
    score: Fraction.of(BigInt(100 - index)),
  }));
  const allocation = allocate({ order, tiers: tiers.map((tier) => ({ ...tier, ...more })), rules });
  const held = order.map((one, index): Holder => ({
    ...one,
    tier: allocation.entries[index].tier,
    overridden: false,
  }));
  return { order: held, tiers: allocation.tiers, rules, elsewhere: new Map<string, number>(), policy, out };
}

const told = (given: PromotionInput) => promote(given).map(({ id, from, to }) => [id, from, to]);
const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

describe('a place that falls free after the lock', () => {
  it('lets everybody below move up', () => {
    expect(told(input(eight, ['w1'], 'cascade'))).toEqual([
      ['w1', 'first', null],
      ['w2', 'second', 'first'],
      ['w4', 'third', 'second'],
      ['w7', null, 'third'],
    ]);
  });

  it('is filled by the next in order, whose own place stays empty', () => {
    expect(told(input(eight, ['w1'], 'fill_same_tier'))).toEqual([
      ['w1', 'first', null],
      ['w2', 'second', 'first'],
    ]);
    expect(told(input(eight, ['w6'], 'fill_same_tier'))).toEqual([
      ['w6', 'third', null],
      ['w7', null, 'third'],
    ]);
  });

  it('stays empty', () => {
    expect(told(input(eight, ['w1'], 'leave_vacant'))).toEqual([['w1', 'first', null]]);
  });

  it('falls to no work that a limit or a floor keeps from it', () => {
    // w7 is a second work of b, who has a prize; and what is out needs no place.
    expect(told(input([...eight.slice(0, 6), 'b', 'h'], ['w6'], 'cascade'))).toEqual([
      ['w6', 'third', null],
      ['w8', null, 'third'],
    ]);
    expect(told(input(eight, ['w6'], 'cascade', { floor: 95 }))).toEqual([['w6', 'third', null]]);
    expect(told(input(eight, ['w8'], 'cascade'))).toEqual([]);
  });

  it('falls to the other work of whoever lost the prize, if rules let it', () => {
    expect(told(input([...eight.slice(0, 6), 'a'], ['w1'], 'cascade')).at(-1)).toEqual(['w7', null, 'third']);
  });

  it('leaves alone what the organiser placed or took out', () => {
    const given = input(eight, ['w1'], 'cascade');
    const order = given.order.map((one) => (one.id === 'w2' ? { ...one, overridden: true } : one));
    expect(told({ ...given, order })[1]).toEqual(['w3', 'second', 'first']);
  });

  it('is none as long as a tier that equals had expanded is full', () => {
    const given = input(eight, ['w3'], 'cascade');
    const expanded = given.tiers.map((one) => (one.id === 'second' ? { ...one, quota: 1 } : one));
    expect(told({ ...given, tiers: expanded })).toEqual([['w3', 'second', null]]);
  });
});

describe('whatever is disqualified', () => {
  const people = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), {
    minLength: 1,
    maxLength: 14,
  });
  const policy = fc.constantFrom('cascade' as const, 'fill_same_tier' as const, 'leave_vacant' as const);

  it('nobody is demoted, no tier overfilled, no limit exceeded', () => {
    fc.assert(
      fc.property(
        people,
        policy,
        fc.array(fc.nat(13), { minLength: 1, maxLength: 3 }),
        (all, chosen, picks) => {
          const out = [...new Set(picks.map((pick) => `w${(pick % all.length) + 1}`))];
          const given = input(all, out, chosen);
          const rank = (tier: string | null) =>
            tier === null ? tiers.length : tiers.findIndex(({ id }) => id === tier);
          const after = new Map(given.order.map(({ id, tier }) => [id, tier]));
          for (const { id, from, to } of promote(given)) {
            expect(after.get(id)).toBe(from);
            if (!out.includes(id)) expect(rank(to)).toBeLessThan(rank(from));
            after.set(id, to);
          }
          for (const { id, quota } of tiers) {
            expect([...after.values()].filter((tier) => tier === id).length).toBeLessThanOrEqual(quota);
          }
          const winners = given.order.filter(({ id }) => after.get(id) !== null).map(({ person }) => person);
          expect(new Set(winners).size).toBe(winners.length);
          expect(out.every((id) => after.get(id) === null)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a cascade of one work ends where allotting anew without it ends, where no author has two works', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(11), (works, pick) => {
        const people = Array.from({ length: works }, (_, index) => `p${index}`);
        const out = `w${(pick % works) + 1}`;
        const given = input(people, [out], 'cascade');
        const after = new Map(given.order.map(({ id, tier }) => [id, tier]));
        for (const { id, to } of promote(given)) after.set(id, to);
        const anew = allocate({
          order: given.order.map((one) => ({
            ...one,
            excluded: one.id === out ? ('DISQUALIFIED' as const) : null,
          })),
          tiers,
          rules,
        });
        expect([...after]).toEqual(anew.entries.map(({ id, tier }) => [id, tier]));
      }),
    );
  });
});
