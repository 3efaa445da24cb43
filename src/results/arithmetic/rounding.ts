import type { Rounding } from '../../judging/scoring-rules.js';
import { Fraction } from './fraction.js';

/** Rounds exactly: nothing is a floating-point number on the way. */
export function roundTo(value: Fraction, { places, mode }: Rounding): Fraction {
  if (mode === 'half-away') return value.round(places);
  const unit = 10n ** BigInt(places);
  const scaled = value.numerator * unit;
  const { denominator } = value;
  const rest = ((scaled % denominator) + denominator) % denominator;
  const floor = (scaled - rest) / denominator;
  return Fraction.of(floor + (goesUp(floor, rest, denominator, mode) ? 1n : 0n), unit);
}

function goesUp(
  floor: bigint,
  rest: bigint,
  denominator: bigint,
  mode: Exclude<Rounding['mode'], 'half-away'>,
): boolean {
  switch (mode) {
    case 'down':
      return false;
    case 'up':
      return rest > 0n;
    case 'half-even':
      return 2n * rest === denominator ? floor % 2n !== 0n : 2n * rest > denominator;
  }
}

/** A decimal as short as it is exact; one without an end, rounded to so many places. */
export function decimalOf(value: Fraction, precision: number): string {
  const { denominator } = value.reduce();
  let rest = denominator;
  let [twos, fives] = [0, 0];
  for (; rest % 2n === 0n; rest /= 2n) twos += 1;
  for (; rest % 5n === 0n; rest /= 5n) fives += 1;
  const places = rest === 1n ? Math.max(twos, fives) : precision;
  const written = value.toDecimalString(places);
  return places === 0 ? written : written.replace(/\.?0+$/, '');
}

/** e to the power of x to forty decimals, by the series of e^x with x halved until it is small, then squared back. */
export function exponential(x: Fraction): Fraction {
  const guard = 60;
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
    sum = sum.add(term).round(guard);
    term = term.mul(small).div(Fraction.of(n)).round(guard);
  }
  for (; halvings > 0; halvings -= 1) sum = sum.mul(sum).round(guard);
  return sum.round(40);
}

/** √value to forty decimals, downward, by Newton's iteration on integers. */
export function squareRoot(value: Fraction): Fraction {
  const unit = 10n ** 40n;
  const scaled = (value.numerator * unit * unit) / value.denominator;
  if (scaled === 0n) return Fraction.zero;
  let root = 1n << BigInt((scaled.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + scaled / root) >> 1n;
    if (next >= root) return Fraction.of(root, unit);
    root = next;
  }
}
