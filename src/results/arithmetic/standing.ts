import { mean, sum } from './aggregate.js';
import { Fraction } from './fraction.js';
import { squareRoot } from './rounding.js';

// What a value is worth beside the other values of the same judge. Used by rounds and by `npm run rank` alike.

/**
 * What each value's rank is worth: equal values share the mean of their ranks' worth (mid-ranks).
 * @param worth of a rank, 1 being the best, among so many values
 * @returns parallel to the values
 */
export function byRank(
  values: readonly Fraction[],
  first: 'highest' | 'lowest',
  worth: (rank: number, among: number) => Fraction,
): Fraction[] {
  const direction = first === 'highest' ? 1 : -1;
  const order = values.map((_, index) => index);
  order.sort((a, b) => direction * values[b].compare(values[a]));
  const result: Fraction[] = Array.from(values, () => Fraction.zero);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]].compare(values[order[from]]) === 0) to += 1;
    const shared = mean(
      Array.from({ length: to - from }, (_, index) => worth(from + 1 + index, order.length)),
    );
    for (let index = from; index < to; index++) result[order[index]] = shared;
  }
  return result;
}

/**
 * z = (y − ȳ_j) / s_j with s_j² = Σ(y − ȳ_j)² / (n − 1), the judge's own mean and standard deviation; 0 where all of
 * them are equal. The root is taken to forty decimals.
 * @throws RangeError for fewer than two values
 */
export function zScores(values: readonly Fraction[]): Fraction[] {
  if (values.length < 2) throw new RangeError('a z-score needs two values of the same judge');
  const centre = mean(values);
  const squares = sum(values.map((value) => value.sub(centre).mul(value.sub(centre))));
  const deviation = squareRoot(squares.div(Fraction.of(BigInt(values.length - 1))));
  if (deviation.numerator === 0n) return values.map(() => Fraction.zero);
  return values.map((value) => value.sub(centre).div(deviation));
}

/**
 * Borda: the number of entries below, N − rank. Of a judge who has only n of the N entries it is stretched to the
 * same range, (N − 1)(n − rank) / (n − 1), the middle of it for a judge of a single one: else whoever saw more could
 * give more.
 */
export function bordaPoints(rank: number, among: number, entries: number): Fraction {
  if (among === 1) return Fraction.of(BigInt(entries - 1), 2n);
  return Fraction.of(BigInt((entries - 1) * (among - rank)), BigInt(among - 1));
}
