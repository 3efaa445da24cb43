import { describe, expect, it } from '@jest/globals';
import { Fraction } from './fraction.js';
import { decimalOf, exponential, roundTo } from './rounding.js';

const of = (text: string) => Fraction.fromDecimalString(text);
const rounded = (text: string, mode: 'half-away' | 'half-even' | 'down' | 'up', places = 0) =>
  decimalOf(roundTo(of(text), { places, mode }), 12);

describe('rounding', () => {
  it.each([
    ['2.5', '3', '2', '2', '3'],
    ['3.5', '4', '4', '3', '4'],
    ['-2.5', '-3', '-2', '-3', '-2'],
    ['2.4', '2', '2', '2', '3'],
    ['2', '2', '2', '2', '2'],
  ])('%s becomes %s, %s, %s, %s', (value, away, even, down, up) => {
    expect([
      rounded(value, 'half-away'),
      rounded(value, 'half-even'),
      rounded(value, 'down'),
      rounded(value, 'up'),
    ]).toEqual([away, even, down, up]);
  });
});

describe('a number as a decimal', () => {
  it('is as short as it is exact, and rounded where it has no end', () => {
    expect(decimalOf(of('8.7500'), 12)).toBe('8.75');
    expect(decimalOf(Fraction.of(-1n, 8n), 1)).toBe('-0.125');
    expect(decimalOf(Fraction.of(1n, 3n), 4)).toBe('0.3333');
    expect(decimalOf(Fraction.of(-2n, 3n), 4)).toBe('-0.6667');
    expect(decimalOf(Fraction.zero, 4)).toBe('0');
  });
});

describe('the exponential', () => {
  it.each([0, 1, -0.19, -4.75, 3.3])('of %d is right', (x) => {
    const found = Number(decimalOf(exponential(of(String(x))), 20));
    expect(found / Math.exp(x)).toBeCloseTo(1, 14);
  });
});
