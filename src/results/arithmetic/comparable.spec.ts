import { describe, expect, it } from '@jest/globals';
import { explained, type MarkRow, rankingOf, roundOf } from '../../../test/fixtures/rounds.js';
import type { RoundMarks } from './panel.js';
import { rank } from './ranking.js';

const HARSH = -20;

const round = (rows: MarkRow[], more: Partial<RoundMarks> = {}) =>
  roundOf(Object.fromEntries(rows.map((row, index) => [`w${index}`, row])), more);
const sumOf = (input: RoundMarks, id: string) => explained(input).find((entry) => entry.id === id)!;

describe('an incomplete round', () => {
  /** Judges differ by known amounts, the last is harsh; works by their worth. */
  const effects = [0, 4, -2, 3, HARSH];
  const followModel = (worths: number[]) => worths.map((worth) => effects.map((effect) => worth + effect));

  it('gives no advantage to the work that a harsh judge was recused from', () => {
    const rows: MarkRow[] = followModel([70, 71, 60, 50, 65]);
    rows[0][4] = null;
    const { entries, adjustment } = rankingOf(round(rows));
    expect(adjustment.model).not.toBe('none');
    expect(entries.map(({ id }) => id)).toEqual(['w1', 'w0', 'w4', 'w2', 'w3']);
    expect(Number(entries[0].score) - Number(entries[1].score)).toBeCloseTo(1, 9);
  });

  it('sees works of equal worth as equal, though different judges marked them', () => {
    const rows: MarkRow[] = followModel([70, 70, 60, 50, 65]);
    rows[0][4] = null;
    rows[2][0] = null;
    const [first, second] = rankingOf(round(rows)).entries;
    expect(second.exact).toBe(first.exact);
    expect([first.decidedBy, first.group, second.group]).toEqual(['earlier_submission', 1, 1]);
  });

  it('shows what was added to each total, and the fitted one', () => {
    const rows: MarkRow[] = followModel([70, 71, 60, 50, 65]);
    rows[0][4] = null;
    const input = round(rows);
    const short = sumOf(input, 'w0');
    expect(short.sum.map(({ total, adjustment }) => [total, adjustment])).toEqual([
      ['70.00', '-3.00'],
      ['74.00', '-7.00'],
      ['68.00', '-1.00'],
      ['73.00', '-6.00'],
    ]);
    expect(short.fitted).toEqual({ missing: 1, value: '67.00' });
    expect(sumOf(input, 'w1').sum[4]).toMatchObject({ total: '51.00', adjustment: '+17.00' });
    expect(rankingOf(input).adjustment.judges[4].toDecimalString(2)).toBe('-17.00');
  });

  it('scores a short work under the mean by μ + α, the mean of its adjusted totals', () => {
    const rows = Array.from({ length: 12 }, (_, i): MarkRow => [60 + i, 70 + ((i * 5) % 7), 50 + i * 2]);
    rows[3] = [60, 71, null, 80];
    rows.forEach((row, i) => i !== 3 && row.push(55 + ((i * 3) % 11)));
    const input = round(rows, { method: 'mean' });
    const short = sumOf(input, 'w3');
    const adjusted = short.sum.map(({ total, adjustment }) => Number(total) + Number(adjustment));
    expect(rankingOf(input).adjustment.model).toBe('additive');
    expect(Number(short.score)).toBeCloseTo(adjusted.reduce((a, b) => a + b) / 3, 1);
    expect(short.score).toBe(short.fitted!.value);
  });

  it('drops one highest and one lowest of a short work too, so that one favour hardly counts', () => {
    const rows: MarkRow[] = Array.from({ length: 12 }, (_, i) => [70, 71, 69, 70, 72].map((m) => m - i));
    rows[5] = [65, 66, 64, null, 67];
    const fair = Number(sumOf(round(rows), 'w5').score);
    rows[5] = [65, 66, 64, null, 97];
    const favoured = sumOf(round(rows), 'w5');
    expect(favoured.sum.map(({ dropped }) => dropped)).toEqual([null, null, 'lowest', 'highest']);
    expect(Number(favoured.score) - fair).toBeLessThan(30 / 5);
  });

  it('is what a round is where a planned judge never came', () => {
    const rows = [
      [80, 81, 82, 83, null],
      [70, 72, 71, 73, null],
    ];
    expect(rankingOf(round(rows)).adjustment.model).not.toBe('none');
    expect(explained(round(rows)).map(({ id, fitted }) => [id, fitted?.missing])).toEqual([
      ['w0', 1],
      ['w1', 1],
    ]);
  });

  it('with k of n judges for each work subtracts effects and fills in nothing', () => {
    const rows = followModel([70, 60, 50, 65]).map((row, i) =>
      row.map((mark, j) => ((i + j) % 5 < 3 ? mark : null)),
    );
    const entries = explained(round(rows, { method: 'mean', plannedJudges: 3 }));
    expect(entries.map(({ id }) => id)).toEqual(['w0', 'w3', 'w1', 'w2']);
    expect(entries.every(({ fitted }) => fitted === null)).toBe(true);
  });

  it('is refused where no judge connects the works', () => {
    const rows = [
      [80, 81, 82, null, null, null],
      [null, null, null, 70, 71, 72],
      [60, 61, 62, null, null, null],
    ];
    expect(rank(round(rows, { plannedJudges: 3 }))).toEqual({
      refusal: { code: 'RESULT.DISCONNECTED', groups: [['w0', 'w2'], ['w1']] },
    });
  });

  it('breaks ties by criteria that are adjusted as the totals are', () => {
    const criteria = ['heavy', 'light'].map((id, index) => ({
      id,
      name: id,
      weight: [60, 40][index],
      min: 0,
      max: 100,
    }));
    const rows: [number, number][] = [
      [50, 65],
      [60, 50],
      [40, 40],
    ];
    const entries = rows.map(([heavy, light], index) => ({
      id: `w${index}`,
      sequence: index,
      sheets: [0, 10, 20, 30].flatMap((effect, j) =>
        index === 1 && j === 0
          ? []
          : [{ judge: `j${j + 1}`, marks: { heavy: heavy + effect, light: light + effect } }],
      ),
    }));
    const input = { ...round([[1, 1, 1, 1]]), criteria, entries, method: 'mean' as const };
    expect(rankingOf(input).entries.map(({ id, exact, decidedBy }) => [id, exact, decidedBy])).toEqual([
      ['w1', '71/1', 'criterion'],
      ['w0', '71/1', 'score'],
      ['w2', '55/1', null],
    ]);
  });
});
