import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { explained, type MarkRow, rankingOf, roundOf } from '../../../test/fixtures/rounds.js';
import { panelOf, type RoundEntry, type RoundMarks } from './panel.js';
import { rank } from './ranking.js';

const order = (input: RoundMarks) => rankingOf(input).entries.map(({ id }) => id);
const entry = (input: RoundMarks, id: string) => explained(input).find((ranked) => ranked.id === id)!;

describe('rank', () => {
  it('ranks by the trimmed mean and shows the sum', () => {
    const entries = explained(roundOf({ a: [80, 90, 70, 95, 60], b: [81, 81, 81, 0, 100] }));
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
    const { sum } = entry(roundOf({ a: [80, 80, 80, 80, 80] }), 'a');
    expect(sum.map(({ dropped }) => dropped)).toEqual(['highest', null, null, null, 'lowest']);
  });

  it('drops nobody under the mean', () => {
    const { sum, exact } = entry(roundOf({ a: [80, 81, 83] }, { method: 'mean' }), 'a');
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
    const { entries: ranked } = rankingOf({ ...roundOf({ x: [1, 1, 1] }), criteria, entries });
    expect(ranked.map(({ id, exact, decidedBy }) => [id, exact, decidedBy])).toEqual([
      ['second', '50/3', 'criterion'],
      ['first', '50/3', null],
    ]);
  });

  it('lists works with fewer than three complete sheets apart', () => {
    const input = roundOf({ a: [80, 90, 70], b: [81, 82, null], c: [70, 71, 72] });
    const { entries, adjustment } = rankingOf(input);
    expect(entries.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(panelOf(input).unrankable).toEqual([{ id: 'b', reason: 'TOO_FEW_SHEETS', sheets: 2, needed: 3 }]);
    expect(adjustment.model).toBe('none');
  });

  it('does not count a sheet with a mark missing', () => {
    const input = roundOf({ a: [80, 90, 70] });
    const sheets = [{ judge: 'j1', marks: { c: null } }, ...input.entries[0].sheets.slice(1)];
    expect(panelOf({ ...input, entries: [{ ...input.entries[0], sheets }] }).unrankable).toHaveLength(1);
  });

  it('refuses what no closed round can hold', () => {
    const input = roundOf({ a: [80, 90, 70] });
    const withSheet = (judge: string) => ({
      ...input,
      entries: [{ ...input.entries[0], sheets: [...input.entries[0].sheets, { judge, marks: { c: 1 } }] }],
    });
    expect(() => rank(withSheet('stranger'))).toThrow('not on the panel');
    expect(() => rank(withSheet('j1'))).toThrow('two sheets');
  });

  it('ranks nothing in an empty round', () => {
    expect(rankingOf({ ...roundOf({ a: [1, 2, 3] }), entries: [] }).entries).toEqual([]);
  });
});

describe('the tie chain', () => {
  const brokenBy = (input: RoundMarks) =>
    rankingOf(input).entries.map(({ id, decidedBy }) => [id, decidedBy]);

  it('is not consulted where scores differ', () => {
    expect(brokenBy(roundOf({ a: [1, 2, 3], b: [2, 3, 4] }))).toEqual([
      ['b', 'score'],
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
    expect(brokenBy({ ...roundOf({ x: [1, 1, 1] }), criteria, entries })).toEqual([
      ['b', 'criterion'],
      ['c', 'criterion'],
      ['a', null],
    ]);
  });

  it('then the mean without trimming', () => {
    expect(brokenBy(roundOf({ a: [80, 80, 80, 80, 10], b: [80, 80, 80, 80, 20] }))).toEqual([
      ['b', 'untrimmed_mean'],
      ['a', null],
    ]);
  });

  it('then the median', () => {
    expect(brokenBy(roundOf({ a: [90, 82, 79, 79, 50], b: [90, 80, 80, 80, 50] }))).toEqual([
      ['b', 'median'],
      ['a', null],
    ]);
  });

  it('then the totals from the highest down', () => {
    expect(brokenBy(roundOf({ a: [90, 81, 80, 79, 50], b: [91, 81, 80, 79, 49] }))).toEqual([
      ['b', 'sorted_marks'],
      ['a', null],
    ]);
  });

  it('then the earlier submission', () => {
    expect(brokenBy(roundOf({ a: [80, 81, 82], b: [82, 80, 81] }))).toEqual([
      ['a', 'earlier_submission'],
      ['b', null],
    ]);
  });

  it('and last the draw, which seed and audit head decide', () => {
    const input = roundOf({ a: [80, 81, 82], b: [82, 80, 81] }, { ties: ['criterion'] });
    const drawn = (id: string) => createHash('sha256').update(`sh${id}`).digest('hex');
    const [first, second] = ['a', 'b'].sort((x, y) => (drawn(x) < drawn(y) ? -1 : 1));
    expect(brokenBy(input)).toEqual([
      [first, 'draw'],
      [second, null],
    ]);
    const orders = ['1', '2', '3', '4', '5', '6'].map((seed) => order({ ...input, seed }).join());
    expect(new Set(orders).size).toBe(2);
  });

  it('takes its steps in the order of the rules, and leaves out what they leave out', () => {
    // Equal in score; `a` by the median, `b` by the mean with nothing dropped.
    const rows = { a: [90, 82, 79, 79, 50], b: [95, 80, 80, 80, 50] };
    expect(brokenBy(roundOf(rows, { ties: ['untrimmed_mean', 'median'] }))[0]).toEqual([
      'b',
      'untrimmed_mean',
    ]);
    expect(brokenBy(roundOf(rows, { ties: ['sorted_marks'] }))[0]).toEqual(['b', 'sorted_marks']);
    expect(brokenBy(roundOf({ ...rows, b: [90, 80, 80, 80, 60] }, { ties: ['median'] }))[0]).toEqual([
      'b',
      'median',
    ]);
  });

  it('hears the chair between works that are equal until then, and about nobody else', () => {
    const rows = { a: [80, 81, 82], b: [82, 80, 81], c: [81, 82, 80], d: [90, 90, 90] };
    const chair = [['c', 'a', 'b']];
    expect(brokenBy(roundOf(rows, { chair }))).toEqual([
      ['d', 'score'],
      ['c', 'chair'],
      ['a', 'chair'],
      ['b', null],
    ]);
    expect(order(roundOf(rows, { chair: [['b', 'd']] }))).toEqual(['d', 'b', 'a', 'c']);
    expect(order(roundOf(rows, { chair, ties: ['earlier_submission'] }))).toEqual(['d', 'a', 'b', 'c']);
  });

  it('numbers works that only chance or the hour parts as one group', () => {
    const rows = { a: [80, 81, 82], b: [82, 80, 81], c: [81, 82, 81], d: [79, 81, 83], e: [79, 83, 81] };
    expect(rankingOf(roundOf(rows)).entries.map(({ id, group }) => [id, group])).toEqual([
      ['c', 1],
      ['d', 2],
      ['e', 2],
      ['a', 3],
      ['b', 3],
    ]);
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
  const any = fc.constantFrom(
    ...(['trimmed', 'mean', 'median', 'sum', 'borda', 'additive', 'z_score'] as const),
  );
  const reversed = (entries: readonly RoundEntry[]) =>
    [...entries].reverse().map((work) => ({ ...work, sheets: [...work.sheets].reverse() }));

  it('the order of the input does not matter', () => {
    fc.assert(
      fc.property(rows, any, fc.boolean(), (all, chosen, hole) => {
        // A judge of a single work has no z-score.
        fc.pre(chosen !== 'z_score' || all.length > 2);
        const gappy = all.map((row, i) =>
          hole && i === 0 && row.length > 3 ? [null, ...row.slice(1)] : row,
        );
        const input = roundOf(named(gappy), { method: chosen });
        expect(rankingOf({ ...input, entries: reversed(input.entries) })).toEqual(rankingOf(input));
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
          const before = entry(roundOf(named(all), { method: chosen }), `w${work}`);
          const after = entry(roundOf(named(raised), { method: chosen }), `w${work}`);
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
        const input = roundOf(named(all), { method: chosen });
        const without = { ...input, entries: input.entries.filter(({ id }) => id !== gone) };
        expect(order(without)).toEqual(order(input).filter((id) => id !== gone));
      }),
      { numRuns: 60 },
    );
  });
});
