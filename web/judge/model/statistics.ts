/** A judge's own marks, to look at: how they lie on the scale, how many are chosen, and whether they drift. */

/** One judged work: its value on the scale, and when it was judged. */
export interface Judged {
  value: number;
  at: number;
}

export interface Bar {
  from: number;
  to: number;
  count: number;
}

/** The whole scale in bars of equal width; its end belongs to the last one. */
export function histogram(values: readonly number[], min: number, max: number, bars: number): Bar[] {
  const width = (max - min) / bars;
  const counted: Bar[] = Array.from({ length: bars }, (_, index) => ({
    from: min + index * width,
    to: min + (index + 1) * width,
    count: 0,
  }));
  for (const value of values) {
    const bar = counted[Math.min(bars - 1, Math.max(0, Math.floor((value - min) / width)))];
    if (bar) bar.count += 1;
  }
  return counted;
}

export interface Summary {
  count: number;
  mean: number;
  median: number;
  lowest: number;
  highest: number;
}

export function summary(values: readonly number[]): Summary | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [lowest] = sorted;
  const highest = sorted.at(-1);
  if (lowest === undefined || highest === undefined) return null;
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? lowest) + (sorted[Math.ceil(middle)] ?? highest)) / 2;
  return { count: sorted.length, mean: mean(sorted), median, lowest, highest };
}

/** In the order of judging, in up to `groups` groups of nearly equal size: the mean of each. */
export function drift(judged: readonly Judged[], groups: number): { mean: number; count: number }[] {
  const inOrder = [...judged].sort((a, b) => a.at - b.at);
  const count = Math.min(groups, inOrder.length);
  return Array.from({ length: count }, (_, group) => {
    const slice = inOrder.slice(
      Math.floor((group * inOrder.length) / count),
      Math.floor(((group + 1) * inOrder.length) / count),
    );
    return { mean: mean(slice.map(({ value }) => value)), count: slice.length };
  });
}

/** Fewer than this in a third say nothing. */
const LEAST_IN_THIRD = 5;

/** How far the mean of the last third lies from that of the first; null while there are too few. */
export function driftBetweenThirds(judged: readonly Judged[]): number | null {
  const [first, , last] = drift(judged, 3);
  return first && last && Math.min(first.count, last.count) >= LEAST_IN_THIRD ? last.mean - first.mean : null;
}

/** The value from which on so many of the best are chosen, and how many that really are: the last one may be shared. */
export function lineFor(values: readonly number[], wanted: number): { from: number; count: number } | null {
  const sorted = [...values].sort((a, b) => b - a);
  const from = sorted[Math.min(wanted, sorted.length) - 1];
  return from === undefined ? null : { from, count: sorted.filter((value) => value >= from).length };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
