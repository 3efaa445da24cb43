import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { explained, type MarkRow, rankingOf, roundOf } from '../../../test/fixtures/rounds.js';
import { Fraction } from './fraction.js';
import type { RoundMarks } from './panel.js';

const scores = (rows: Record<string, MarkRow>, more: Partial<RoundMarks>) =>
  Object.fromEntries(rankingOf(roundOf(rows, more)).entries.map(({ id, exact }) => [id, exact]));

const rows = { a: [90, 70, 80, 61], b: [80, 71, 79, 60], c: [70, 72, 60, 60] };

describe('the score of a work', () => {
  it.each([
    ['mean', { a: '301/4', b: '145/2', c: '131/2' }],
    ['additive', { a: '301/4', b: '145/2', c: '131/2' }],
    ['median', { a: '75/1', b: '75/1', c: '65/1' }],
    ['sum', { a: '301/1', b: '290/1', c: '262/1' }],
    // By judge, ranks 1 to 3: a 1 3 1 1, b 2 2 2 2½, c 3 1 3 2½.
    ['borda', { a: '6/1', b: '7/2', c: '5/2' }],
  ] as const)('by %s', (method, expected) => {
    expect(scores(rows, { method })).toEqual(expected);
  });

  it('by trimmed means, two and two of seven', () => {
    const input = { a: [1, 2, 3, 4, 5, 60, 70], b: [0, 0, 9, 9, 9, 9, 9] };
    expect(scores(input, { trim: { highest: 2, lowest: 2 } })).toEqual({ b: '9/1', a: '4/1' });
    const [, a] = explained(roundOf(input, { trim: { highest: 2, lowest: 1 } }));
    expect(a.sum.map(({ dropped }) => dropped)).toEqual([
      'lowest',
      null,
      null,
      null,
      null,
      'highest',
      'highest',
    ]);
  });

  it('by z-scores, each judge on his own scale, to nine decimals', () => {
    const input = { a: [90, 12, 52], b: [80, 11, 51], c: [70, 10, 50] };
    expect(scores(input, { method: 'z_score' })).toEqual({ a: '1/1', b: '0/1', c: '-1/1' });
    // Mean 4, Σ(y − 4)² = 1 + 9 + 4, s = √(14 ÷ 2) = √7.
    const one = { a: [5, 5, 5], b: [1, 1, 1], c: [6, 6, 6] };
    expect(scores(one, { method: 'z_score' })).toMatchObject({
      a: Fraction.fromDecimalString('0.377964473').toString(),
    });
    expect(scores({ a: [3, 1, 9], b: [3, 2, 8] }, { method: 'z_score' })).toEqual({ a: '0/1', b: '0/1' });
  });

  it('by tokens, where most works have no sheet of most judges', () => {
    const tokens = {
      criteria: [{ id: 'c', name: '投票', weight: 1, min: 0, max: 1 }],
      method: 'tokens' as const,
      plannedJudges: 0,
      leastSheets: 0,
    };
    const laid = { a: [1, 0, null], b: [1, 1, 1], c: [null, null, null] };
    expect(scores(laid, tokens)).toEqual({ b: '3/1', a: '1/1', c: '0/1' });
    expect(rankingOf(roundOf(laid, tokens)).entries.map(({ score }) => score)).toEqual(['3', '1', '0']);
  });

  it('by the share who passed it, of those who decided', () => {
    const passes = {
      criteria: [{ id: 'c', name: '通过', weight: 1, min: 0, max: 1 }],
      method: 'pass' as const,
      plannedJudges: 0,
      leastSheets: 2,
    };
    expect(scores({ a: [1, 0, 1], b: [1, 1, null] }, passes)).toEqual({ b: '100/1', a: '200/3' });
  });

  it('ranks of whoever saw fewer works are stretched, and missing points filled in', () => {
    // Judge 3 has two of three works: ranks 1 and 2 of them are worth 2 and 0 points, as of three.
    const input = { a: [90, 90, 90], b: [80, 80, null], c: [70, 70, 80] };
    const { entries } = rankingOf(roundOf(input, { method: 'borda', leastSheets: 2 }));
    expect(entries.map(({ id, exact, values }) => [id, exact, values])).toEqual([
      ['a', '6/1', ['2/1', '2/1', '2/1']],
      ['b', '3/1', ['1/1', '1/1']],
      ['c', '0/1', ['0/1', '0/1', '0/1']],
    ]);
    expect(explained(roundOf(input, { method: 'borda', leastSheets: 2 }))[1].fitted).toEqual({
      missing: 1,
      value: '1.00',
    });
  });
});

describe('rounding as the rules declare it', () => {
  const criteria = ['x', 'y', 'z'].map((id) => ({ id, name: id, weight: 1, min: 0, max: 100 }));
  const sheets = (...marks: [number, number, number][]) =>
    marks.map(([x, y, z], j) => ({ judge: `j${j + 1}`, marks: { x, y, z } }));
  const input = (rounding: RoundMarks['rounding']): RoundMarks => ({
    ...roundOf({ a: [1, 1, 1] }, { method: 'mean', rounding }),
    criteria,
    // Totals 66 2/3, 66 2/3, 66 1/3.
    entries: [{ id: 'a', sequence: 1, sheets: sheets([66, 67, 67], [67, 66, 67], [66, 66, 67]) }],
  });
  const exact = (rounding: RoundMarks['rounding']) => rankingOf(input(rounding)).entries[0].exact;

  it('of each judge’s total, of the score, or of neither', () => {
    expect(exact({ sheet: null, score: null })).toBe('599/9');
    expect(exact({ sheet: { places: 0, mode: 'half-away' }, score: null })).toBe('200/3');
    expect(exact({ sheet: null, score: { places: 1, mode: 'down' } })).toBe('133/2');
    expect(exact({ sheet: { places: 0, mode: 'up' }, score: { places: 0, mode: 'half-even' } })).toBe('67/1');
  });

  it('makes works equal that only differ beyond it', () => {
    const rounding = { sheet: null, score: { places: 0, mode: 'half-away' as const } };
    const { entries } = rankingOf(
      roundOf({ a: [80, 80, 81], b: [80, 81, 80] }, { method: 'mean', rounding }),
    );
    expect(entries.map(({ id, score, decidedBy }) => [id, score, decidedBy])).toEqual([
      ['a', '80', 'earlier_submission'],
      ['b', '80', null],
    ]);
  });
});

describe('whatever the marks', () => {
  const complete = fc
    .integer({ min: 3, max: 7 })
    .chain((judges) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: judges, maxLength: judges }), {
        minLength: 2,
        maxLength: 8,
      }),
    )
    .map((all) => Object.fromEntries(all.map((row, index) => [`w${index}`, row])));

  it('the points of Borda add up to those of all pairs, and z-scores to nought', () => {
    fc.assert(
      fc.property(complete, (all) => {
        const total = (method: RoundMarks['method']) =>
          Object.values(scores(all, { method })).reduce((sum, one) => {
            const [numerator, denominator] = one.split('/').map(Number);
            return sum + numerator / denominator;
          }, 0);
        const works = Object.keys(all).length;
        expect(total('borda')).toBeCloseTo((all['w0'].length * works * (works - 1)) / 2, 9);
        expect(total('z_score')).toBeCloseTo(0, 6);
      }),
      { numRuns: 60 },
    );
  });

  it('additive is the mean in a complete round', () => {
    fc.assert(
      fc.property(complete, (all) => {
        expect(scores(all, { method: 'additive' })).toEqual(scores(all, { method: 'mean' }));
      }),
      { numRuns: 30 },
    );
  });
});
