import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { taxRules, withheld } from './tax.js';

const yuan = (amount: number, rule: (typeof taxRules)[number]) =>
  withheld(Math.round(amount * 100), rule) / 100;

describe('what is withheld', () => {
  it.each([
    [2000, 400],
    [100, 20],
    [0.03, 0.01],
    [0.02, 0],
  ])('of incidental income of %d yuan is a fifth: %d', (amount, tax) => {
    expect(yuan(amount, 'incidental')).toBe(tax);
  });

  // 公告2018年第61号 and the explanation that came with it: 2,000 yuan of labour give 240, a manuscript of 40,000 gives 4,480.
  it.each([
    [800, 0],
    [801, 0.2],
    [2000, 240],
    [4000, 640],
    [4001, 640.16],
    [25_000, 4000],
    [30_000, 5200],
    [62_500, 13_000],
    [100_000, 25_000],
  ])('of labour of %d yuan is %d', (amount, tax) => {
    expect(yuan(amount, 'labour')).toBe(tax);
  });

  it.each([
    [800, 0],
    [2000, 168],
    [4000, 448],
    [40_000, 4480],
  ])('of a manuscript of %d yuan is %d', (amount, tax) => {
    expect(yuan(amount, 'manuscript')).toBe(tax);
  });

  it('is a whole number of fen, never more than the amount, and never less for more', () => {
    fc.assert(
      fc.property(fc.nat(20_000_000), fc.nat(10_000), fc.constantFrom(...taxRules), (amount, more, rule) => {
        const tax = withheld(amount, rule);
        expect(Number.isSafeInteger(tax)).toBe(true);
        expect(tax).toBeLessThanOrEqual(amount);
        expect(withheld(amount + more, rule)).toBeGreaterThanOrEqual(tax);
      }),
    );
  });
});
