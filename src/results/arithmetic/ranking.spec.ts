import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RoundEntry, RoundMarks } from './panel.js';
import { rank, type Ranking } from './ranking.js';

type MarkRow = (number | null)[];

const ONE = [{ id: 'c', name: '总分', weight: 1, min: 0, max: 100 }];

/** A round of one criterion: by entry the marks of judges 1, 2, …; null where a judge has no sheet. */
function round(rows: Record<string, MarkRow>, more: Partial<RoundMarks> = {}): RoundMarks {
  const panel = Math.max(...Object.values(rows).map((row) => row.length));
  const entries = Object.entries(rows).map(([id, row], index) => ({
    id,
    sequence: index + 1,
    sheets: row.flatMap((mark, judge) =>
      mark === null ? [] : [{ judge: `j${judge + 1}`, marks: { c: mark } }],
    ),
  }));
  const judges = Array.from({ length: panel }, (_, j) => ({ id: `j${j + 1}`, label: `评委${j + 1}` }));
  return {
    criteria: ONE,
    judges,
    method: 'trimmed',
    plannedJudges: panel,
    entries,
    seed: 's',
    auditHead: 'h',
    ...more,
  };
}

function ranking(input: RoundMarks): Ranking {
  const outcome = rank(input);
  if ('refusal' in outcome) throw new Error(outcome.refusal.code);
  return outcome.ranking;
}

const order = (input: RoundMarks) => ranking(input).entries.map(({ id }) => id);
const entry = (input: RoundMarks, id: string) => ranking(input).entries.find((ranked) => ranked.id === id)!;

describe('rank', () => {
  it('ranks by the trimmed mean and shows the sum', () => {
    const { entries, adjusted } = ranking(round({ a: [80, 90, 70, 95, 60], b: [81, 81, 81, 0, 100] }));
    expect(adjusted).toBe(false);
    expect(entries.map(({ id, place, score, exact }) => ({ id, place, score, exact }))).toEqual([
      { id: 'b', place: 1, score: '81.00', exact: '81/1' },
      { id: 'a', place: 2, score: '80.00', exact: '80/1' },
    ]);
    expect(entries[1].spread).toBe('35.00');
    expect(entries[1].fitted).toBeNull();
    expect(entries[1].sum.map(({ judge, total, dropped }) => [judge, total, dropped])).toEqual([
      ['评委1', '80.00', null],
      ['评委2', '90.00', null],
      ['评委3', '70.00', null],
      ['评委4', '95.00', 'highest'],
      ['评委5', '60.00', 'lowest'],
    ]);
    expect(entries[1].sum[0]).toMatchObject({
      adjustment: null,
      criteria: [{ name: '总分', mark: 80, weight: 1 }],
    });
  });

  it('drops two different judges when all agree', () => {
    const { sum } = entry(round({ a: [80, 80, 80, 80, 80] }), 'a');
    expect(sum.map(({ dropped }) => dropped)).toEqual(['highest', null, null, null, 'lowest']);
  });

  it('drops nobody under the mean', () => {
    const { sum, exact } = entry(round({ a: [80, 81, 83] }, { method: 'mean' }), 'a');
    expect(exact).toBe('244/3');
    expect(sum.every(({ dropped }) => dropped === null)).toBe(true);
  });

  it('sees a tie where floating point would not', () => {
    const criteria = [
      { id: 'c', name: 'a', weight: 0.1, min: 0, max: 1 },
      { id: 'd', name: 'b', weight: 0.2, min: 0, max: 1 },
    ];
    const sheets = (c: number, d: number) => ['j1', 'j2', 'j3'].map((judge) => ({ judge, marks: { c, d } }));
    const entries = [
      { id: 'first', sequence: 1, sheets: sheets(0.3, 0.1) },
      { id: 'second', sequence: 2, sheets: sheets(0.1, 0.2) },
    ];
    const { entries: ranked } = ranking({ ...round({ x: [1, 1, 1] }), criteria, entries });
    expect(ranked.map(({ id, exact, tieBrokenBy }) => [id, exact, tieBrokenBy])).toEqual([
      ['second', '50/3', 'criterion'],
      ['first', '50/3', 'criterion'],
    ]);
  });

  it('lists works with fewer than three complete sheets apart', () => {
    const input = round({ a: [80, 90, 70], b: [81, 82, null], c: [70, 71, 72] });
    const { entries, unrankable, adjusted } = ranking(input);
    expect(entries.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(unrankable).toEqual([{ id: 'b', reason: 'TOO_FEW_SHEETS', sheets: 2, needed: 3 }]);
    expect(adjusted).toBe(false);
  });

  it('does not count a sheet with a mark missing', () => {
    const input = round({ a: [80, 90, 70] });
    const sheets = [{ judge: 'j1', marks: { c: null } }, ...input.entries[0].sheets.slice(1)];
    expect(ranking({ ...input, entries: [{ ...input.entries[0], sheets }] }).unrankable).toHaveLength(1);
  });

  it('refuses what no closed round can hold', () => {
    const input = round({ a: [80, 90, 70] });
    const withSheet = (judge: string) => ({
      ...input,
      entries: [{ ...input.entries[0], sheets: [...input.entries[0].sheets, { judge, marks: { c: 1 } }] }],
    });
    expect(() => rank(withSheet('stranger'))).toThrow('not on the panel');
    expect(() => rank(withSheet('j1'))).toThrow('two sheets');
  });

  it('ranks nothing in an empty round', () => {
    expect(ranking({ ...round({ a: [1, 2, 3] }), entries: [] })).toMatchObject({
      entries: [],
      unrankable: [],
    });
  });
});

describe('the tie chain', () => {
  const brokenBy = (input: RoundMarks) =>
    ranking(input).entries.map(({ id, tieBrokenBy }) => [id, tieBrokenBy]);

  it('is not consulted where scores differ', () => {
    expect(brokenBy(round({ a: [1, 2, 3], b: [2, 3, 4] }))).toEqual([
      ['b', null],
      ['a', null],
    ]);
  });

  it('takes the heaviest criterion first, then the next', () => {
    const criteria = ['light', 'heavy', 'middle'].map((id, index) => ({
      id,
      name: id,
      weight: [20, 50, 30][index],
      min: 0,
      max: 100,
    }));
    const sheets = (light: number, heavy: number, middle: number) =>
      ['j1', 'j2', 'j3'].map((judge) => ({ judge, marks: { light, heavy, middle } }));
    const entries = [
      { id: 'a', sequence: 1, sheets: sheets(75, 50, 50) },
      { id: 'b', sequence: 2, sheets: sheets(50, 60, 50) },
      { id: 'c', sequence: 3, sheets: sheets(60, 50, 60) },
    ];
    expect(brokenBy({ ...round({ x: [1, 1, 1] }), criteria, entries })).toEqual([
      ['b', 'criterion'],
      ['c', 'criterion'],
      ['a', 'criterion'],
    ]);
  });

  it('then the mean without trimming', () => {
    expect(brokenBy(round({ a: [80, 80, 80, 80, 10], b: [80, 80, 80, 80, 20] }))).toEqual([
      ['b', 'untrimmed_mean'],
      ['a', 'untrimmed_mean'],
    ]);
  });

  it('then the median', () => {
    expect(brokenBy(round({ a: [90, 82, 79, 79, 50], b: [90, 80, 80, 80, 50] }))).toEqual([
      ['b', 'median'],
      ['a', 'median'],
    ]);
  });

  it('then the totals from the highest down', () => {
    expect(brokenBy(round({ a: [90, 81, 80, 79, 50], b: [91, 81, 80, 79, 49] }))).toEqual([
      ['b', 'sorted_marks'],
      ['a', 'sorted_marks'],
    ]);
  });

  it('then the earlier submission', () => {
    expect(brokenBy(round({ a: [80, 81, 82], b: [82, 80, 81] }))).toEqual([
      ['a', 'earlier_submission'],
      ['b', 'earlier_submission'],
    ]);
  });

  it('and last the draw, which seed and audit head decide', () => {
    const input = round({ a: [80, 81, 82], b: [82, 80, 81] }, { earlierSubmissionDecides: false });
    const drawn = (id: string) => createHash('sha256').update(`sh${id}`).digest('hex');
    const expected = ['a', 'b'].sort((x, y) => (drawn(x) < drawn(y) ? -1 : 1));
    expect(brokenBy(input)).toEqual(expected.map((id) => [id, 'draw']));
    const orders = ['1', '2', '3', '4', '5', '6'].map((seed) => order({ ...input, seed }).join());
    expect(new Set(orders).size).toBe(2);
  });
});

describe('whatever the marks', () => {
  const marks = fc.integer({ min: 0, max: 20 });
  const rows = fc
    .integer({ min: 3, max: 7 })
    .chain((judges) =>
      fc.array(fc.array(marks, { minLength: judges, maxLength: judges }), { minLength: 2, maxLength: 8 }),
    );
  const named = (all: MarkRow[]) => Object.fromEntries(all.map((row, index) => [`w${index}`, row]));
  const method = fc.constantFrom('trimmed' as const, 'mean' as const);
  const reversed = (entries: readonly RoundEntry[]) =>
    [...entries].reverse().map((work) => ({ ...work, sheets: [...work.sheets].reverse() }));

  it('the order of the input does not matter', () => {
    fc.assert(
      fc.property(rows, method, fc.boolean(), (all, chosen, hole) => {
        const gappy = all.map((row, i) =>
          hole && i === 0 && row.length > 3 ? [null, ...row.slice(1)] : row,
        );
        const input = round(named(gappy), { method: chosen });
        expect(ranking({ ...input, entries: reversed(input.entries) })).toEqual(ranking(input));
      }),
      { numRuns: 60 },
    );
  });

  it('raising one mark never lowers that work', () => {
    fc.assert(
      fc.property(
        rows,
        method,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 80 }),
        (all, chosen, w, j, by) => {
          const work = w % all.length;
          const judge = j % all[0].length;
          const raised = all.map((row, i) =>
            row.map((mark, k) => (i === work && k === judge ? mark + by : mark)),
          );
          const before = entry(round(named(all), { method: chosen }), `w${work}`);
          const after = entry(round(named(raised), { method: chosen }), `w${work}`);
          expect(after.place).toBeLessThanOrEqual(before.place);
          expect(Number(after.score)).toBeGreaterThanOrEqual(Number(before.score));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('taking a work out changes nothing among the others', () => {
    fc.assert(
      fc.property(rows, method, fc.nat(), (all, chosen, w) => {
        const gone = `w${w % all.length}`;
        const input = round(named(all), { method: chosen });
        const without = { ...input, entries: input.entries.filter(({ id }) => id !== gone) };
        expect(order(without)).toEqual(order(input).filter((id) => id !== gone));
      }),
      { numRuns: 60 },
    );
  });
});
