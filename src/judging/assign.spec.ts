import { describe, expect, it } from '@jest/globals';
import { assign, assignEveryone, type AssignmentProblem, type Pair } from './assign.js';

const named = (what: string, count: number) => Array.from({ length: count }, (_, index) => `${what}${index}`);

/** Pseudo-random numbers from 0 to below `limit` that are the same in every run (Lehmer, *minstd*). */
function drawing(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}

function found(problem: AssignmentProblem) {
  const answer = assign(problem);
  expect(answer.lacking).toEqual([]);
  return answer;
}

const byEntry = (pairs: readonly Pair[]) => Map.groupBy(pairs, ({ entry }) => entry);

function loadsOf(pairs: readonly Pair[], judges: readonly string[]): number[] {
  const counts = new Map(judges.map((judge) => [judge, 0]));
  for (const { judge } of pairs) counts.set(judge, (counts.get(judge) ?? 0) + 1);
  return judges.map((judge) => counts.get(judge)!);
}

function pairCounts(pairs: readonly Pair[], judges: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const of of byEntry(pairs).values()) {
    const on = of.map(({ judge }) => judge).sort();
    on.forEach((a, at) => on.slice(at + 1).forEach((b) => counts.set(a + b, (counts.get(a + b) ?? 0) + 1)));
  }
  const sorted = [...judges].sort();
  return sorted.flatMap((a, at) => sorted.slice(at + 1).map((b) => counts.get(a + b) ?? 0));
}

const spread = (numbers: readonly number[]) => Math.max(...numbers) - Math.min(...numbers);
const key = ({ entry, judge }: Pair) => `${entry}|${judge}`;

describe('an assignment', () => {
  it('with room for it is a balanced design: every load and every pair count the same', () => {
    const problem = { entries: named('w', 300), judges: named('j', 10), perEntry: 3, seed: 's' };
    const { pairs, connected } = found(problem);
    expect(loadsOf(pairs, problem.judges)).toEqual(Array(10).fill(90));
    // r(k − 1)/(n − 1) = 90 · 2/9.
    expect(pairCounts(pairs, problem.judges)).toEqual(Array(45).fill(20));
    expect(connected).toBe(true);
  });

  it('is the same for the same seed whatever the order of asking, and another for another', () => {
    const problem = { entries: named('w', 40), judges: named('j', 7), perEntry: 3, seed: 's' };
    const { pairs } = found(problem);
    expect(found(problem).pairs).toEqual(pairs);
    expect(found({ ...problem, seed: 't' }).pairs).not.toEqual(pairs);
  });

  it('keeps its promises for whatever is asked', () => {
    const draw = drawing(20_190_915);
    for (let round = 0; round < 150; round += 1) {
      const judges = named('j', 2 + draw(9));
      const entries = named('w', 1 + draw(60));
      const perEntry = 1 + draw(Math.min(4, judges.length));
      const conflicts = entries.flatMap((entry) =>
        judges.filter(() => draw(10) === 0).map((judge) => ({ entry, judge })),
      );
      const problem = { entries, judges, perEntry, conflicts, seed: String(round) };
      const answer = assign(problem);
      const eligible = (entry: string) =>
        judges.length - conflicts.filter((conflict) => conflict.entry === entry).length;
      const lacking = entries
        .filter((entry) => eligible(entry) < perEntry)
        .map((entry) => ({ entry, eligible: eligible(entry) }));
      expect(answer.lacking).toEqual(lacking);
      const barred = new Set(conflicts.map(key));
      expect(answer.pairs.filter((pair) => barred.has(key(pair)))).toEqual([]);
      expect(new Set(answer.pairs.map(key)).size).toBe(answer.pairs.length);
      for (const entry of entries) {
        expect(byEntry(answer.pairs).get(entry) ?? []).toHaveLength(Math.min(perEntry, eligible(entry)));
      }
      if (lacking.length === 0) expect(spread(loadsOf(answer.pairs, judges))).toBe(leastSpread(problem));
    }
  });

  it('says of a work what it lacks', () => {
    const conflicts = [{ entry: 'w1', judge: 'j0' }];
    const problem = { entries: named('w', 3), judges: named('j', 2), perEntry: 2, conflicts, seed: '' };
    const { pairs, lacking } = assign(problem);
    expect(lacking).toEqual([{ entry: 'w1', eligible: 1 }]);
    expect(pairs.map(key)).toEqual(['w0|j0', 'w0|j1', 'w1|j1', 'w2|j0', 'w2|j1']);
  });

  it('joins what falls apart, and says where that can’t be', () => {
    // Two pairs of judges who were each handed works of their own.
    const entries = named('w', 4);
    const judges = named('j', 4);
    const current = entries.flatMap((entry, index) =>
      (index < 2 ? ['j0', 'j1'] : ['j2', 'j3']).map((judge) => ({ entry, judge })),
    );
    const problem = { entries, judges, perEntry: 2, current, seed: '' };
    expect(found(problem).connected).toBe(true);
    const { pairs, connected } = found({ ...problem, kept: current });
    expect([pairs.length, connected]).toEqual([8, false]);
  });

  it('of 2,000 works to 30 judges with conflicts is even', () => {
    const draw = drawing(7);
    const entries = named('w', 2000);
    const judges = named('j', 30);
    const conflicts = entries
      .filter(() => draw(20) === 0)
      .map((entry) => ({ entry, judge: judges[draw(30)] }));
    const problem = { entries, judges, perEntry: 3, conflicts, seed: 's' };
    const { pairs, connected } = found(problem);
    expect(loadsOf(pairs, judges)).toEqual(Array(30).fill(200));
    expect(spread(pairCounts(pairs, judges))).toBeLessThanOrEqual(1);
    expect(connected).toBe(true);
  });
});

describe('an assignment that changes', () => {
  const entries = named('w', 60);
  const judges = named('j', 6);
  const before = found({ entries, judges, perEntry: 3, seed: 's' }).pairs;
  const marked = before.filter((_, index) => index % 4 === 0);
  const open = before.filter((_, index) => index % 4 !== 0);
  const there = (pairs: readonly Pair[]) => new Set(pairs.map(key));

  it('moves nothing where nothing changed', () => {
    const { pairs } = found({ entries, judges, perEntry: 3, kept: marked, current: open, seed: 's' });
    expect(there(pairs)).toEqual(there(before));
  });

  it('gives somebody new a fair share of what isn’t begun, and takes no more than that away', () => {
    const { pairs } = found({
      ...{ entries, judges: [...judges, 'new'], perEntry: 3, kept: marked, current: open, seed: 's' },
    });
    const loads = loadsOf(pairs, [...judges, 'new']);
    expect(spread(loads)).toBeLessThanOrEqual(1);
    for (const pair of marked) expect(there(pairs).has(key(pair))).toBe(true);
  });

  it('hands what somebody leaves to the others, and keeps what he marked', () => {
    const rest = judges.slice(1);
    const { pairs } = found({ entries, judges: rest, perEntry: 3, kept: marked, current: open, seed: 's' });
    const left = pairs.filter(({ judge }) => judge === 'j0');
    expect(there(left)).toEqual(there(marked.filter(({ judge }) => judge === 'j0')));
    for (const of of byEntry(pairs).values()) expect(of).toHaveLength(3);
    expect(spread(loadsOf(pairs, rest))).toBeLessThanOrEqual(1);
  });

  it('keeps more than asked for where more was marked', () => {
    const { pairs } = found({ entries, judges, perEntry: 1, kept: marked, current: open, seed: 's' });
    for (const [entry, of] of byEntry(pairs)) {
      expect(of.length).toBe(Math.max(1, marked.filter((pair) => pair.entry === entry).length));
    }
    for (const pair of marked) expect(there(pairs).has(key(pair))).toBe(true);
  });
});

describe('all judges for all works', () => {
  it('leaves conflicts out and what was kept of others in', () => {
    const pairs = assignEveryone({
      entries: ['w0', 'w1'],
      judges: ['j0', 'j1'],
      conflicts: [{ entry: 'w0', judge: 'j1' }],
      kept: [
        { entry: 'w0', judge: 'gone' },
        { entry: 'w0', judge: 'j0' },
      ],
    });
    expect(pairs.map(key).sort()).toEqual(['w0|gone', 'w0|j0', 'w1|j0', 'w1|j1']);
  });
});

/** The least spread of loads that any assignment has, by maximum flow over every lower and upper bound. */
function leastSpread({ entries, judges, perEntry, conflicts = [] }: AssignmentProblem): number {
  const barred = new Set(conflicts.map(key));
  const total = entries.length * perEntry;
  for (let width = 0; ; width += 1) {
    for (let low = 0; low * judges.length <= total; low += 1) {
      if (isFeasible(entries, judges, perEntry, barred, low, low + width)) return width;
    }
  }
}

function isFeasible(
  ...[entries, judges, perEntry, barred, low, high]: [
    readonly string[],
    readonly string[],
    number,
    ReadonlySet<string>,
    number,
    number,
  ]
): boolean {
  // First at least `low` for each judge, then the rest up to `high`: augmenting paths keep what a judge has.
  const on = new Map(entries.map((entry) => [entry, new Set<string>()]));
  const load = new Map(judges.map((judge) => [judge, 0]));
  const give = (judge: string, seen: Set<string>): boolean =>
    entries.some((entry) => {
      if (seen.has(entry) || barred.has(`${entry}|${judge}`) || on.get(entry)!.has(judge)) return false;
      seen.add(entry);
      const others = on.get(entry)!;
      if (others.size < perEntry) return others.add(judge) !== null;
      return [...others].some((other) => {
        if (!give(other, seen)) return false;
        others.delete(other);
        others.add(judge);
        return true;
      });
    });
  for (const limit of [low, high]) {
    for (const judge of judges) {
      while (load.get(judge)! < limit && give(judge, new Set())) load.set(judge, load.get(judge)! + 1);
      if (load.get(judge)! < low) return false;
    }
  }
  return [...on.values()].every((of) => of.size === perEntry);
}
