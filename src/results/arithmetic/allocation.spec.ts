import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  allocate,
  type AllocationInput,
  type AllocationRules,
  type Candidate,
  overrideProblem,
  type Tier,
} from './allocation.js';
import { Fraction } from './fraction.js';

const tier = (id: string, quota: number, amountYuan = 0, more: Partial<Tier> = {}): Tier => ({
  ...{ id, quota, amountYuan, floor: null, personLimit: null },
  ...more,
});
const TIERS = [tier('first', 1, 1000), tier('second', 2, 500)];

const limited = (category: number | null, contest: number | null = null): AllocationRules => ({
  quotaTies: 'resolve',
  personLimit: { category, contest },
});

/** Works of these persons in this order, scores from 100 down. */
const works = (...people: string[]): Candidate[] =>
  people.map((person, index) => ({
    ...{ id: `w${index + 1}`, person, group: index },
    score: Fraction.of(BigInt(100 - index)),
  }));

const told = (input: AllocationInput) =>
  allocate(input).entries.map(({ tier: won, skipped }) => won ?? skipped);
const places = (order: Candidate[], rules: AllocationRules, tiers = TIERS) => told({ order, tiers, rules });

describe('allocate', () => {
  it('fills the tiers from the highest down', () => {
    expect(places(works('a', 'b', 'c', 'd'), limited(1))).toEqual(['first', 'second', 'second', 'NO_ROOM']);
  });

  it('gives a person one prize, for the best work, and the place to the next', () => {
    expect(places(works('a', 'a', 'b', 'c'), limited(1))).toEqual([
      'first',
      'PERSON_LIMIT',
      'second',
      'second',
    ]);
  });

  it('gives a person several where there is no limit, or a higher one', () => {
    const order = works('a', 'a', 'a', 'b');
    expect(places(order, limited(null))).toEqual(['first', 'second', 'second', 'NO_ROOM']);
    expect(places(order, limited(2))).toEqual(['first', 'second', 'PERSON_LIMIT', 'second']);
  });

  it('counts what a person has in other categories towards the contest’s limit only', () => {
    const input = { order: works('a', 'b', 'b'), tiers: TIERS, elsewhere: new Map([['a', 2]]) };
    expect(told({ ...input, rules: limited(null, 2) })).toEqual(['PERSON_LIMIT', 'first', 'second']);
    expect(told({ ...input, rules: limited(2, null) })).toEqual(['first', 'second', 'second']);
  });

  it('tries the next tier for a person who has what he may have of one', () => {
    const tiers = [tier('first', 2, 0, { personLimit: 1 }), tier('second', 1)];
    const { entries } = allocate({ order: works('a', 'a', 'b'), tiers, rules: limited(null) });
    expect(entries.map(({ tier: won }) => won)).toEqual(['first', 'second', 'first']);
    expect(entries[1].passed).toEqual([{ tier: 'first', reason: 'PERSON_LIMIT' }]);
  });

  it('leaves places below a floor empty, and enlarges no lower tier', () => {
    const tiers = [
      tier('first', 2, 0, { floor: 99 }),
      tier('second', 1),
      tier('third', 1, 0, { floor: '98.5' }),
    ];
    const { entries, tiers: filled } = allocate({
      order: works('a', 'b', 'c', 'd'),
      tiers,
      rules: limited(1),
    });
    expect(entries.map(({ tier: won, skipped }) => won ?? skipped)).toEqual([
      'first',
      'first',
      'second',
      'BELOW_FLOOR',
    ]);
    const third = allocate({ order: works('a', 'b', 'c'), tiers: [tiers[0]], rules: limited(1) });
    expect(third.entries[2]).toMatchObject({ skipped: 'NO_ROOM' });
    expect(filled.map(({ filled: taken }) => taken)).toEqual([2, 1, 0]);
  });

  it('passes over works that are out, which do not count for their author', () => {
    const [one, two, three] = works('a', 'b', 'a');
    const order = [
      { ...one, excluded: 'DISQUALIFIED' as const },
      { ...two, excluded: 'WITHDRAWN' as const },
      three,
    ];
    expect(places(order, limited(1))).toEqual(['DISQUALIFIED', 'WITHDRAWN', 'first']);
  });

  it('says NO_ROOM, not PERSON_LIMIT, of a work that would have won nothing anyway', () => {
    expect(places(works('a', 'b', 'c', 'a'), limited(1))).toEqual(['first', 'second', 'second', 'NO_ROOM']);
  });

  it('adds up what was given out and what was budgeted, to the fen', () => {
    const tiers = [tier('x', 3, 0.1), tier('y', 1, 0.2)];
    const { totals } = allocate({ order: works('a', 'b'), tiers, rules: limited(1) });
    expect(totals).toEqual({ awards: 2, amountYuan: 0.2, budgetAwards: 4, budgetYuan: 0.5 });
    expect(allocate({ order: [], tiers, rules: limited(1) }).totals.awards).toBe(0);
  });
});

describe('equal works on the last place of a tier', () => {
  /** The second to the fourth are equal; the tiers hold one, one and two. */
  const order = works('a', 'b', 'c', 'd', 'e').map((work, index) => ({
    ...work,
    group: [0, 1, 1, 1, 2][index],
  }));
  const tiers = [tier('first', 1), tier('second', 1), tier('third', 2)];
  const by = (quotaTies: AllocationRules['quotaTies'], of = order) =>
    told({ order: of, tiers, rules: { ...limited(1), quotaTies } });

  it('are parted by the chain', () => {
    expect(by('resolve')).toEqual(['first', 'second', 'third', 'third', 'NO_ROOM']);
  });

  it('or all get it, and the other tiers stay as large as they were', () => {
    expect(by('expand')).toEqual(['first', 'second', 'second', 'second', 'third']);
  });

  it('or none does: its places stay empty, and they try the next, and the next', () => {
    expect(by('vacate')).toEqual(['first', 'NO_ROOM', 'NO_ROOM', 'NO_ROOM', 'NO_ROOM']);
    expect(by('vacate', order.slice(0, 3))).toEqual(['first', 'third', 'third']);
  });

  it('whom a limit keeps from it don’t count', () => {
    const rival = order.map((work, index) => (index > 1 ? { ...work, person: 'a' } : work));
    expect(by('vacate', rival)).toEqual(['first', 'second', ...Array<string>(3).fill('PERSON_LIMIT')]);
  });
});

describe('the organiser’s word', () => {
  const order = works('a', 'b', 'c', 'd');
  const input = { order, tiers: TIERS, rules: limited(1) };

  it('puts a work into a tier, within its quota, and takes one out', () => {
    const overrides = [
      { do: 'place', submission: 'w3', tier: 'first' },
      { do: 'out', submission: 'w1' },
    ] as const;
    const { entries } = allocate({ ...input, overrides });
    expect(entries.map(({ tier: won, skipped, overridden }) => [won ?? skipped, overridden])).toEqual([
      ['TAKEN_OUT', true],
      ['second', false],
      ['first', true],
      ['second', false],
    ]);
  });

  it('counts for the author of a work that it placed', () => {
    const overrides = [{ do: 'place', submission: 'w3', tier: 'second' }] as const;
    expect(told({ ...input, order: works('a', 'b', 'a'), overrides })).toEqual([
      'PERSON_LIMIT',
      'first',
      'second',
    ]);
  });

  it('leaves places empty, which nobody else gets', () => {
    const overrides = [
      { do: 'vacate', tier: 'first', places: 1 },
      { do: 'vacate', tier: 'second', places: 1 },
    ] as const;
    const { entries, tiers } = allocate({ ...input, overrides });
    expect(entries.map(({ tier: won }) => won)).toEqual(['second', null, null, null]);
    expect(tiers.map(({ filled, vacated }) => [filled, vacated])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });

  it.each([
    [
      [
        { do: 'place', submission: 'w1', tier: 'first' },
        { do: 'vacate', tier: 'first', places: 1 },
      ],
      { tier: 'first' },
    ],
    [[{ do: 'place', submission: 'w9', tier: 'first' }], { submission: 'w9' }],
    [
      [
        { do: 'out', submission: 'w1' },
        { do: 'place', submission: 'w1', tier: 'first' },
      ],
      { submission: 'w1' },
    ],
    [[{ do: 'place', submission: 'w1', tier: 'first' }], null],
  ] as const)('can’t do what can’t be done: %j', (overrides, problem) => {
    expect(overrideProblem({ ...input, overrides })).toEqual(problem);
  });
});

describe('whatever the order, tiers and rules', () => {
  const candidates = fc
    .array(
      fc.record({
        person: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
        excluded: fc.constantFrom(null, null, null, 'WITHDRAWN' as const, 'DISQUALIFIED' as const),
        next: fc.boolean(),
      }),
      { maxLength: 20 },
    )
    .map((all) => {
      let group = 0;
      return all.map(({ next, ...one }, index): Candidate => {
        if (next) group += 1;
        return { id: `w${index}`, ...one, group, score: Fraction.of(BigInt(100 - group)) };
      });
    });
  const limit = fc.constantFrom(null, 1, 2);
  const floor = fc.constantFrom(null, null, 96, 99);
  const tiers = (personal: fc.Arbitrary<number | null>) =>
    fc
      .array(fc.record({ quota: fc.nat(4), amountYuan: fc.nat(1000), floor, personLimit: personal }), {
        maxLength: 4,
      })
      .map((all) => all.map((one, index) => ({ id: `t${index}`, ...one })));
  const rules = fc.record({
    quotaTies: fc.constantFrom('resolve' as const, 'expand' as const, 'vacate' as const),
    personLimit: fc.record({ category: limit, contest: limit }),
  });

  it('no tier is overfilled but by equals who share its last place, and nobody exceeds a limit', () => {
    fc.assert(
      fc.property(candidates, tiers(limit), rules, (order, prizes, given) => {
        const { entries, tiers: filled, totals } = allocate({ order, tiers: prizes, rules: given });
        for (const { id, quota, filled: taken } of filled) {
          const holders = order.filter((_, index) => entries[index].tier === id);
          expect(taken).toBe(holders.length);
          if (taken > quota) {
            expect(given.quotaTies).toBe('expand');
            expect(new Set(holders.slice(Math.max(0, quota - 1)).map(({ group }) => group)).size).toBe(1);
          }
        }
        expect(totals.awards).toBe(entries.filter(({ tier: won }) => won !== null).length);
        const most = Math.min(given.personLimit.category ?? Infinity, given.personLimit.contest ?? Infinity);
        for (const person of new Set(order.map((one) => one.person))) {
          const held = entries.filter((one, index) => one.tier !== null && order[index].person === person);
          expect(held.length).toBeLessThanOrEqual(most);
          for (const { id, personLimit } of prizes) {
            expect(held.filter(({ tier: won }) => won === id).length).toBeLessThanOrEqual(
              personLimit ?? Infinity,
            );
          }
        }
        expect(entries.every(({ tier: won, skipped }) => (won === null) !== (skipped === null))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('a better place never has a lower tier, where no tier has limits of its own', () => {
    fc.assert(
      fc.property(candidates, tiers(fc.constant(null)), rules, (order, prizes, given) => {
        const { entries } = allocate({ order, tiers: prizes, rules: given });
        const won = entries.flatMap((one) =>
          one.tier === null ? [] : [prizes.findIndex(({ id }) => id === one.tier)],
        );
        expect(won).toEqual([...won].sort((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });

  it('equals whom nothing else parts get the same, unless the chain may part them', () => {
    fc.assert(
      fc.property(candidates, tiers(fc.constant(null)), rules, (all, prizes, given) => {
        const order = all.map((one, index) => ({ ...one, excluded: null, person: `p${index}` }));
        const { entries } = allocate({ order, tiers: prizes, rules: given });
        if (given.quotaTies === 'resolve') return;
        for (const members of Map.groupBy(entries, (_, index) => order[index].group).values()) {
          expect(new Set(members.map(({ tier: won }) => won)).size).toBe(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('excluding a work that won nothing changes nothing for the others', () => {
    fc.assert(
      fc.property(candidates, tiers(limit), rules, fc.nat(), (order, prizes, given, pick) => {
        // A group that was passed over together may well be parted otherwise once one of it is gone.
        const decided: AllocationRules = { ...given, quotaTies: 'resolve' };
        const { entries } = allocate({ order, tiers: prizes, rules: decided });
        const losers = entries.filter(({ tier: won }) => won === null);
        if (losers.length === 0) return;
        const gone = losers[pick % losers.length].id;
        const excluded = order.map((one) =>
          one.id === gone ? { ...one, excluded: 'WITHDRAWN' as const } : one,
        );
        const after = allocate({ order: excluded, tiers: prizes, rules: decided }).entries;
        expect(after.filter(({ id }) => id !== gone)).toEqual(entries.filter(({ id }) => id !== gone));
      }),
      { numRuns: 200 },
    );
  });
});
