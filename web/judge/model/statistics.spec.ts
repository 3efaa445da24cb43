import { describe, expect, it } from '@jest/globals';
import { drift, driftBetweenThirds, histogram, lineFor, summary, type Judged } from './statistics';

const inTurn = (...values: number[]): Judged[] => values.map((value, at) => ({ value, at }));

describe('the histogram', () => {
  it('shows the whole scale, and puts both of its ends into a bar', () => {
    const bars = histogram([0, 4.9, 5, 99, 100], 0, 100, 20);
    expect(bars).toHaveLength(20);
    expect(bars[0]).toEqual({ from: 0, to: 5, count: 2 });
    expect(bars[1]?.count).toBe(1);
    expect(bars[19]).toEqual({ from: 95, to: 100, count: 2 });
    expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  });
});

describe('the summary', () => {
  it('is of what is there, and of nothing there is none', () => {
    expect(summary([70, 90, 80, 60])).toEqual({ count: 4, mean: 75, median: 75, lowest: 60, highest: 90 });
    expect(summary([1, 2, 9])?.median).toBe(2);
    expect(summary([])).toBeNull();
  });
});

describe('drift', () => {
  it('goes by the time of judging, not by the order of the list', () => {
    const judged = [
      { value: 90, at: 3 },
      { value: 60, at: 1 },
      { value: 70, at: 2 },
    ];
    expect(drift(judged, 3).map(({ mean }) => mean)).toEqual([60, 70, 90]);
  });

  it('loses nobody when the groups cannot be equal', () => {
    const groups = drift(inTurn(1, 2, 3, 4, 5, 6, 7), 3);
    expect(groups.map(({ count }) => count)).toEqual([2, 2, 3]);
    expect(drift(inTurn(1, 2), 10)).toHaveLength(2);
    expect(drift([], 10)).toEqual([]);
  });

  it('is told once each third says something', () => {
    expect(driftBetweenThirds(inTurn(1, 2, 3, 4, 5, 6))).toBeNull();
    const falling = inTurn(
      ...Array<number>(10).fill(80),
      ...Array<number>(10).fill(75),
      ...Array<number>(10).fill(70),
    );
    expect(driftBetweenThirds(falling)).toBe(-10);
  });
});

describe('the line for so many', () => {
  it('says from which mark on, and how many share it', () => {
    expect(lineFor([90, 80, 80, 70], 2)).toEqual({ from: 80, count: 3 });
    expect(lineFor([90, 80], 5)).toEqual({ from: 80, count: 2 });
    expect(lineFor([], 3)).toBeNull();
    expect(lineFor([90], 0)).toBeNull();
  });
});
