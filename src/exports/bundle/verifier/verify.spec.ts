import { describe, expect, it } from '@jest/globals';
import { allocate, type AllocationInput, type Override } from '../../../results/arithmetic/allocation.js';
import { Fraction } from '../../../results/arithmetic/fraction.js';
import type { Method } from '../../../results/arithmetic/method.js';
import type { RoundMarks } from '../../../results/arithmetic/panel.js';
import { promote } from '../../../results/arithmetic/promotion.js';
import { rank } from '../../../results/arithmetic/ranking.js';
import { bordaPoints, decimal, middle, rounded, trimmed, zScores } from './numbers.mjs';
import { allot, promoted } from './prizes.mjs';
import { rankWorks } from './ranking.mjs';
import { severity } from './severity.mjs';
import type { Bundle } from './verify.mjs';

const numbers = (values: number[]) => values.map(decimal);
const plain = ([a, b]: readonly [bigint, bigint]) => Number(a) / Number(b);

describe('the verifier’s arithmetic, by what is published', () => {
  it('drops the highest and the lowest (diving, 2000: the middle five of seven)', () => {
    expect(plain(trimmed(numbers([8, 8.5, 8.5, 9, 7.5, 8, 9.5]), { highest: 1, lowest: 1 }))).toBe(8.4);
    expect(plain(trimmed(numbers([6, 7, 7]), { highest: 1, lowest: 1 }))).toBe(7);
    expect(plain(middle(numbers([4, 1, 3, 2])))).toBe(2.5);
  });

  it('rounds in every mode', () => {
    const tenth = (value: string, mode: string) => plain(rounded(decimal(value), 1, mode));
    const modes = ['half-away', 'half-even', 'down', 'up'];
    expect(modes.map((mode) => tenth('0.25', mode))).toEqual([0.3, 0.2, 0.2, 0.3]);
    expect(modes.map((mode) => tenth('-0.25', mode))).toEqual([-0.3, -0.2, -0.3, -0.2]);
    expect(plain(decimal('1e-7'))).toBe(1e-7);
  });

  it('shares points and scales judges', () => {
    expect(bordaPoints(numbers([9, 7, 7, 5]), 4).map(plain)).toEqual([3, 1.5, 1.5, 0]);
    expect(bordaPoints(numbers([5, 4]), 5).map(plain)).toEqual([4, 0]);
    expect(zScores(numbers([1, 2, 3])).map(plain)).toEqual([-1, 0, 1]);
    expect(zScores(numbers([4, 4])).map(plain)).toEqual([0, 0]);
  });

  // D. C. Montgomery, Design and Analysis of Experiments: the catalyst experiment, catalysts being the works.
  it('takes severity out (catalysts in incomplete blocks)', () => {
    const blocks: Record<string, number[][]> = {
      c1: [[0, 73], [1, 74], [3, 71]],
      c2: [[1, 75], [2, 67], [3, 72]],
      c3: [[0, 73], [1, 75], [2, 68]],
      c4: [[0, 75], [2, 72], [3, 75]],
    }; // prettier-ignore
    const cells = Object.values(blocks).flatMap((row, work) => row.map(([judge, y]) => ({ work, judge, y })));
    const { effects } = severity(cells, 0);
    const levels = Object.values(blocks).map(
      (row) => row.reduce((sum, [judge, y]) => sum + y - effects.get(judge)!, 0) / row.length,
    );
    const mean = levels.reduce((sum, level) => sum + level, 0) / 4;
    [-9 / 8, -7 / 8, -4 / 8, 20 / 8].forEach((effect, index) => {
      expect(levels[index] - mean).toBeCloseTo(effect, 10);
    });
  });
});

/** A small generator with a seed: the same cases on every machine. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const methods: Method[] = [
  'mean',
  'trimmed',
  'median',
  'sum',
  'borda',
  'additive',
  'z_score',
  'tokens',
  'pass',
];

function panel(method: Method, roll: (below: number) => number): RoundMarks {
  const yesNo = method === 'tokens' || method === 'pass';
  const judges = Array.from({ length: 4 + roll(3) }, (_, index) => ({
    id: `j${index}`,
    label: `评委${index + 1}`,
  }));
  const criteria = yesNo
    ? [{ id: 'c1', name: 'x', weight: '1', min: '0', max: '1', step: '1' }]
    : [
        { id: 'c1', name: 'a', weight: '0.4', min: '0', max: '10', step: '0.5' },
        { id: 'c2', name: 'b', weight: '0.6', min: '1', max: '5', step: '1' },
      ];
  const absent = yesNo || roll(2) === 0 ? 0 : 1 + roll(4);
  const entries = Array.from({ length: 6 + roll(8) }, (_, index) => ({
    id: `w${index}`,
    sequence: index + 1,
    sheets: judges.map(({ id }) => ({
      judge: id,
      marks: yesNo ? { c1: roll(2) } : { c1: 6 + roll(7) / 2, c2: 3 + roll(3) },
    })),
  }));
  for (let gone = 0; gone < absent; gone++) {
    const { sheets } = entries[roll(entries.length)];
    if (sheets.length > 3) sheets.splice(roll(sheets.length), 1);
  }
  return {
    criteria,
    method,
    trim: method === 'trimmed' ? { highest: 1, lowest: 1 + roll(judges.length - 3) } : null,
    plannedJudges: yesNo ? 0 : judges.length,
    leastSheets: yesNo ? 0 : 3,
    rounding: {
      sheet: !yesNo && roll(3) === 0 ? { places: 1, mode: 'half-even' } : null,
      score: roll(3) === 0 ? { places: roll(3), mode: 'up' } : null,
    },
    ties: yesNo
      ? ['chair', 'earlier_submission']
      : roll(2) === 0
        ? ['criterion', 'untrimmed_mean', 'median', 'sorted_marks', 'chair', 'earlier_submission']
        : ['sorted_marks', 'criterion'],
    chair: [['w3', 'w1']],
    seed: 's',
    auditHead: 'h',
    judges,
    entries,
  };
}

describe('the verifier and the server, which share no code', () => {
  it.each(methods)('give the same order by %s, complete or not', (method) => {
    const roll = dice(7);
    const models = new Set<string>();
    for (let round = 0; round < 60; round++) {
      const input = panel(method, roll);
      const outcome = rank(input);
      if (!('ranking' in outcome)) throw new Error('not connected');
      const { entries, adjustment } = outcome.ranking;
      models.add(adjustment.model);
      const { lines, problems } = rankWorks({
        ...input,
        rules: {
          ...{ kind: method === 'tokens' || method === 'pass' ? method : 'score', method },
          ...{ trim: input.trim, criteria: input.criteria, rounding: input.rounding },
          expectedSheets: input.plannedJudges,
          ties: ['score', ...input.ties, 'draw'],
        },
        adjustment: { model: adjustment.model, lambda: adjustment.lambda?.toString() ?? null },
        judges: input.judges.map(({ label }, seat) => ({
          judge: label,
          effect: adjustment.judges[seat].toDecimalString(15),
          criteria: adjustment.criteria.map((of) => of[seat].toDecimalString(15)),
        })),
        works: input.entries.map(({ id, sequence, sheets }) => ({
          ...{ id, sequence },
          sheets: sheets.map(({ judge, marks }) => ({ seat: Number(judge.slice(1)), marks })),
        })),
      });
      expect(problems).toEqual([]);
      expect(lines.map((line: Bundle) => JSON.parse(JSON.stringify(line)))).toEqual(
        entries.map(({ sequence: _, ...line }) => line),
      );
    }
    // Or nothing incomplete was tried.
    const compared = method !== 'tokens' && method !== 'pass';
    expect([...models].sort()).toEqual(compared ? ['additive', 'mixed', 'none'] : ['none']);
  });

  it('give the same prizes, and the same moves when works are disqualified', () => {
    const roll = dice(11);
    const maybe = <T>(value: T) => (roll(2) === 0 ? value : null);
    let moved = 0;
    for (let round = 0; round < 600; round++) {
      const input = prizes();
      const expected = allocate(input);
      const elsewhere = input.elsewhere!;
      const exact = input.order.map((one) => ({ ...one, score: decimal(one.score.toDecimalString(2)) }));
      const { placements, tiers, totals } = allot({ ...input, order: exact });
      expect(input.order.map(({ id }) => ({ id, ...placements.get(id) }))).toEqual(expected.entries);
      expect({ tiers, totals }).toEqual({ tiers: expected.tiers, totals: expected.totals });
      const out = [input.order[roll(3)].id];
      const policy = (['cascade', 'fill_same_tier', 'leave_vacant'] as const)[roll(3)];
      const hold = <T extends object>(one: T, index: number) => ({
        ...one,
        tier: expected.entries[index].tier,
        overridden: expected.entries[index].overridden,
      });
      const moves = promote({
        ...{
          order: input.order.map(hold),
          tiers: expected.tiers,
          rules: input.rules,
          elsewhere,
          policy,
          out,
        },
      });
      moved += moves.length;
      expect(
        promoted({
          order: exact.map(hold).map((one) => ({ ...one, barred: one.excluded !== null })),
          ...{ tiers, rules: input.rules, elsewhere, policy, out },
        }),
      ).toEqual(moves);
    }
    expect(moved).toBeGreaterThan(600);

    function prizes(): AllocationInput {
      let group = 1;
      const order = Array.from({ length: 10 }, (_, index) => ({
        id: `w${index}`,
        person: `p${roll(7)}`,
        group: (group += roll(3) === 0 ? 0 : 1),
        score: Fraction.of(BigInt(95 - group * 3)),
        excluded: roll(9) === 0 ? ('WITHDRAWN' as const) : null,
      }));
      const tiers = ['一', '二', '三'].map((id, level) => ({
        ...{ id, quota: level + 1 + roll(2), amountYuan: 99.5 - level },
        floor: maybe(String(85 - level * 5)),
        personLimit: maybe(1),
      }));
      const running = order.filter(({ excluded }) => !excluded);
      const overrides: Override[] = [];
      if (roll(2) === 0) overrides.push({ do: 'vacate', tier: '三', places: 1 });
      if (roll(2) === 0) overrides.push({ do: 'out', submission: running[0].id });
      if (roll(2) === 0) overrides.push({ do: 'place', submission: running.at(-1)!.id, tier: '二' });
      return {
        ...{ order, tiers, overrides },
        rules: {
          quotaTies: (['resolve', 'expand', 'vacate'] as const)[roll(3)],
          personLimit: { category: maybe(1 + roll(2)), contest: maybe(2) },
        },
        elsewhere: new Map([['p1', 1]]),
      };
    }
  });
});
