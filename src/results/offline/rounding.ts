import { Fraction } from '../arithmetic/fraction.js';
import type { Rounding } from './rules.js';

/** Rounds exactly: nothing is a floating-point number on the way. */
export function roundTo(value: Fraction, { places, mode }: Rounding): Fraction {
  const unit = 10n ** BigInt(places);
  const scaled = value.numerator * unit;
  const { denominator } = value;
  const floor = (scaled - (((scaled % denominator) + denominator) % denominator)) / denominator;
  const rest = scaled - floor * denominator;
  return Fraction.of(floor + (goesUp(floor, rest, denominator, mode) ? 1n : 0n), unit);
}

function goesUp(floor: bigint, rest: bigint, denominator: bigint, mode: Rounding['mode']): boolean {
  if (rest === 0n) return false;
  switch (mode) {
    case 'down':
      return false;
    case 'up':
      return true;
    case 'half-even':
      return 2n * rest === denominator ? floor % 2n !== 0n : 2n * rest > denominator;
    case 'half-away':
      return 2n * rest === denominator ? floor >= 0n : 2n * rest > denominator;
  }
}

/** A decimal as short as it is exact; one without an end, rounded to so many places. */
export function decimalOf(value: Fraction, precision: number): string {
  const { numerator, denominator } = value.reduce();
  let rest = denominator;
  let [twos, fives] = [0, 0];
  for (; rest % 2n === 0n; rest /= 2n) twos += 1;
  for (; rest % 5n === 0n; rest /= 5n) fives += 1;
  const places = rest === 1n ? Math.max(twos, fives) : precision;
  const rounded = rest === 1n ? value : roundTo(value, { places, mode: 'half-away' });
  const digits = (rounded.numerator * 10n ** BigInt(places)) / rounded.denominator;
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const decimals = text.slice(text.length - places).replace(/0+$/, '');
  const sign = numerator < 0n && digits !== 0n ? '-' : '';
  return `${sign}${whole}${decimals === '' ? '' : `.${decimals}`}`;
}

/** e to the power of x to forty decimals, by the series of e^x with x halved until it is small, then squared back. */
export function exponential(x: Fraction): Fraction {
  const guard: Rounding = { places: 60, mode: 'half-away' };
  let halvings = 0;
  let small = x;
  const limit = Fraction.of(1n, 2n);
  while (small.compare(limit) > 0 || small.compare(limit.negate()) < 0) {
    small = small.div(Fraction.of(2n));
    halvings += 1;
  }
  let sum = Fraction.zero;
  let term = Fraction.of(1n);
  for (let n = 1n; n <= 60n; n += 1n) {
    sum = roundTo(sum.add(term), guard);
    term = roundTo(term.mul(small).div(Fraction.of(n)), guard);
  }
  for (; halvings > 0; halvings -= 1) sum = roundTo(sum.mul(sum), guard);
  return roundTo(sum, { places: 40, mode: 'half-away' });
}
