import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Criterion, mean, median, SheetCounter, trimmedMean } from './aggregate.js';
import { Fraction } from './fraction.js';

const exact = (values: (number | string)[]) => values.map((value) => Fraction.fromDecimalString(value));

describe('means', () => {
  it('drops one highest and one lowest', () => {
    expect(trimmedMean(exact([80, 99, 70, 90, 10])).toString()).toBe('80/1');
  });

  it('drops one instance of a tied extreme', () => {
    expect(trimmedMean(exact([90, 90, 90, 60, 60])).toString()).toBe('80/1');
  });

  it('trimmed by three is the median', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 }), (marks) => {
        expect(trimmedMean(exact(marks)).compare(median(exact(marks)))).toBe(0);
      }),
    );
  });

  it('is undefined for two', () => {
    expect(() => trimmedMean(exact([1, 2]))).toThrow(RangeError);
  });

  it('drops as many as it is told, from either end', () => {
    const marks = exact([5, 9, 8, 1, 7, 3, 6]);
    expect(trimmedMean(marks, { highest: 2, lowest: 2 }).toString()).toBe('6/1');
    expect(trimmedMean(marks, { highest: 0, lowest: 3 }).toString()).toBe('15/2');
    expect(() => trimmedMean(marks, { highest: 4, lowest: 3 })).toThrow(RangeError);
  });

  it('takes the middle of an even number halfway', () => {
    expect(median(exact([1, 4, 2, 9])).toString()).toBe('3/1');
    expect(mean(exact([0.1, 0.2, 0.3])).toString()).toBe('1/5');
  });
});

describe('SheetCounter', () => {
  const criterion = (id: string, weight: number | string, min = 0, max = 100): Criterion => ({
    id,
    name: id,
    weight,
    min,
    max,
  });
  const total = (criteria: Criterion[], marks: Record<string, number | string | null>) => {
    const counter = new SheetCounter(criteria);
    const sheet = counter.count(marks);
    return sheet && Fraction.of(sheet.total, counter.unit).toString();
  };

  it('weighs the criteria', () => {
    const criteria = [criterion('theme', 40), criterion('image', 30), criterion('idea', 30)];
    expect(total(criteria, { theme: 90, image: 80, idea: 71 })).toBe('813/10');
  });

  it('brings every range to 0–100', () => {
    expect(total([criterion('a', 1, 1, 5)], { a: 4 })).toBe('75/1');
    expect(total([criterion('a', 2, 1, 10), criterion('b', 1, -5, 5)], { a: 2, b: 0 })).toBe('650/27');
  });

  it('takes any positive weights, also ones that floating point cannot add up', () => {
    const criteria = [criterion('a', 0.1), criterion('b', 0.2), criterion('c', '0.3')];
    expect(total(criteria, { a: 60, b: 60, c: 60 })).toBe('60/1');
    expect(total(criteria, { a: 0.1, b: '0.2', c: 0.3 })).toBe('7/30');
  });

  it('does not count a sheet without all its marks, and counts a zero', () => {
    const criteria = [criterion('a', 1), criterion('b', 1)];
    expect(total(criteria, { a: 50, b: null })).toBeNull();
    expect(total(criteria, { a: 50 })).toBeNull();
    expect(total(criteria, { a: 50, b: 0 })).toBe('25/1');
  });

  it('agrees with the formula for any sheet', () => {
    const row = fc.record({
      weight: fc.integer({ min: 1, max: 9999 }),
      mark: fc.integer({ min: 0, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const criteria = rows.map(({ weight }, index) => criterion(`c${index}`, weight / 10_000, 0, 10));
        const marks = Object.fromEntries(rows.map(({ mark }, index) => [`c${index}`, mark / 100]));
        const weights = rows.reduce((sum, { weight }) => sum + weight, 0);
        const weighted = rows.reduce((sum, { weight, mark }) => sum + weight * mark, 0);
        expect(total(criteria, marks)).toBe(Fraction.of(BigInt(weighted), BigInt(weights * 10)).toString());
      }),
    );
  });

  it('refuses what no sheet can hold', () => {
    const counter = new SheetCounter([criterion('a', 1)]);
    expect(() => counter.count({ a: 101 })).toThrow('out of range');
    expect(() => counter.count({ a: -1 })).toThrow('out of range');
    expect(() => counter.count({ a: 0.00001 })).toThrow('decimals');
    expect(() => new SheetCounter([])).toThrow(RangeError);
    expect(() => new SheetCounter([criterion('a', 0)])).toThrow('weight');
    expect(() => new SheetCounter([criterion('a', 1, 5, 5)])).toThrow('above the lowest');
  });
});
