import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fraction } from './fraction.js';

const read = (text: number | string) => Fraction.fromDecimalString(text);

describe('Fraction', () => {
  it('reads decimals exactly, where floating point does not', () => {
    expect(read(0.1).add(read(0.2)).compare(read(0.3))).toBe(0);
    expect(read('8.75').toString()).toBe('35/4');
    expect(read('-0.5').toString()).toBe('-1/2');
    expect(read(1e-7).toString()).toBe('1/10000000');
    expect(read('2e3').toString()).toBe('2000/1');
  });

  it.each(['', 'abc', '1.', '.5', '1,5', 'NaN', 'Infinity', '0x10', '1e9999'])('refuses “%s”', (text) => {
    expect(() => read(text)).toThrow(RangeError);
  });

  it('adds, subtracts, multiplies and divides', () => {
    const [third, half] = [Fraction.of(1n, 3n), Fraction.of(1n, 2n)];
    expect(third.add(half).toString()).toBe('5/6');
    expect(third.sub(half).toString()).toBe('-1/6');
    expect(third.mul(half).toString()).toBe('1/6');
    expect(third.div(half.negate()).toString()).toBe('-2/3');
    expect(() => third.div(Fraction.zero)).toThrow(RangeError);
    expect(() => Fraction.of(1n, 0n)).toThrow(RangeError);
  });

  it.each([
    ['0.125', 2, '0.13'],
    ['-0.125', 2, '-0.13'],
    ['2.675', 2, '2.68'],
    ['1.005', 2, '1.01'],
    ['84', 2, '84.00'],
    ['-0.004', 2, '0.00'],
    ['99.995', 2, '100.00'],
    ['2.5', 0, '3'],
    ['0.07', 3, '0.070'],
  ])('writes %s with %i places as %s: a half goes away from zero', (text, places, written) => {
    expect(read(text).toDecimalString(places)).toBe(written);
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), (tenThousandths) => {
        const value = Fraction.of(tenThousandths, 10_000n);
        expect(read(value.toDecimalString(4)).compare(value)).toBe(0);
      }),
    );
  });

  it('orders as the numbers do, whatever the denominators', () => {
    const fraction = fc
      .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 1000 }))
      .map(([a, b]) => ({ exact: Fraction.of(BigInt(a), BigInt(b)), near: a / b }));
    fc.assert(
      fc.property(fraction, fraction, (one, other) => {
        const gap = one.near - other.near;
        if (Math.abs(gap) > 1e-9) expect(one.exact.compare(other.exact)).toBe(Math.sign(gap));
        expect(one.exact.sub(other.exact).add(other.exact).compare(one.exact)).toBe(0);
      }),
    );
  });
});
