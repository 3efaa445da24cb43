import { describe, expect, it } from '@jest/globals';
import { isComplete, quickMarks, snap, totalHundredths, totalText, weightPercent } from './score';
import type { Criterion } from './types';

const criterion = (id: string, weight: number, over: Partial<Criterion> = {}): Criterion => ({
  id,
  name: id,
  weight,
  min: 0,
  max: 100,
  step: 1,
  ...over,
});
const three = [criterion('theme', 40), criterion('picture', 30), criterion('idea', 30)];

describe('the total beside the picture', () => {
  it('weighs the marks and shows the shortest form', () => {
    expect(totalText(three, { theme: 90, picture: 85, idea: 80 })).toBe('85.5');
    expect(totalText(three, { theme: 100, picture: 100, idea: 100 })).toBe('100');
    expect(totalText(three, { theme: 0, picture: 0, idea: 0 })).toBe('0');
  });

  it('has no total while a mark is missing: missing is not zero', () => {
    expect(totalText(three, { theme: 90, picture: null, idea: 80 })).toBeNull();
    expect(totalText(three, { theme: 90 })).toBeNull();
    expect(totalText([], {})).toBeNull();
  });

  it('does not care whether weights are shares or percents', () => {
    const shares = [criterion('theme', 0.4), criterion('picture', 0.3), criterion('idea', 0.3)];
    const marks = { theme: 77, picture: 83, idea: 91 };
    expect(totalHundredths(shares, marks)).toBe(totalHundredths(three, marks));
  });

  it('rounds half up, exactly, where floating point would slip', () => {
    const third = [criterion('a', 1), criterion('b', 1), criterion('c', 1)];
    expect(totalText(third, { a: 100, b: 0, c: 0 })).toBe('33.33');
    expect(totalText(third, { a: 100, b: 100, c: 0 })).toBe('66.67');
    // 0.5 % of 1 point is exactly 0.005: half a hundredth.
    expect(totalText([criterion('a', 0.5), criterion('b', 99.5)], { a: 1, b: 0 })).toBe('0.01');
  });

  it('maps every range onto 0 to 100', () => {
    const ranges = [
      criterion('a', 50, { min: 1, max: 5 }),
      criterion('b', 50, { min: 60, max: 100, step: 0.5 }),
    ];
    expect(totalText(ranges, { a: 3, b: 82.5 })).toBe('53.13');
  });

  it('refuses a criterion without a range', () => {
    expect(totalText([criterion('a', 1, { min: 5, max: 5 })], { a: 5 })).toBeNull();
  });
});

describe('a sheet', () => {
  it('is complete with every mark, zero included', () => {
    expect(isComplete(three, { theme: 0, picture: 0, idea: 0 })).toBe(true);
    expect(isComplete(three, { theme: 0, picture: null, idea: 0 })).toBe(false);
  });
});

describe('weights and quick marks', () => {
  it('shows the share of all weights', () => {
    expect(weightPercent(three, three[0]!)).toBe('40');
    expect(weightPercent([criterion('a', 1), criterion('b', 2)], criterion('a', 1))).toBe('33.3');
  });

  it('offers the drawn ten on a hundred-point scale', () => {
    expect(quickMarks(criterion('a', 1))).toEqual([60, 65, 70, 75, 80, 85, 90, 93, 96, 99]);
  });

  it('offers every mark of a short scale', () => {
    expect(quickMarks(criterion('a', 1, { min: 1, max: 5 }))).toEqual([1, 2, 3, 4, 5]);
    expect(quickMarks(criterion('a', 1, { min: 0, max: 1, step: 0.25 }))).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('keeps to the steps and never offers one twice', () => {
    expect(quickMarks(criterion('a', 1, { max: 20 }))).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(quickMarks(criterion('a', 1, { max: 10 }))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const mark of quickMarks(criterion('a', 1, { max: 30, step: 0.5 }))) expect((mark * 2) % 1).toBe(0);
  });

  it('snaps without binary noise and stays in range', () => {
    expect(snap(criterion('a', 1, { max: 1, step: 0.1 }), 0.31)).toBe(0.3);
    expect(snap(criterion('a', 1, { max: 10 }), 12)).toBe(10);
  });
});
