/**
 * The total a judge sees while scoring: Σ w·100·(x − min)/(max − min) / Σ w, the same formula as the ranking's
 * for one sheet. Computed in whole numbers and rounded once, half up, so that what stands beside the picture
 * never differs from the published sum by the last digit.
 */
import type { Criterion, Marks } from './types';

/** Marks and weights have at most this many decimals. */
const DECIMALS = 6;
const UNIT = 10 ** DECIMALS;

const whole = (value: number): bigint => BigInt(Math.round(value * UNIT));

/** Whether every criterion has a mark: only then a sheet counts. */
export function isComplete(criteria: readonly Criterion[], marks: Marks): boolean {
  return criteria.length > 0 && criteria.every((criterion) => typeof marks[criterion.id] === 'number');
}

/**
 * The total in hundredths of a point (8740n is 87.40 of 100), or null while a mark is missing: a missing mark
 * is not a zero, so there is no total of half a sheet.
 */
export function totalHundredths(criteria: readonly Criterion[], marks: Marks): bigint | null {
  if (!isComplete(criteria, marks)) return null;
  // Σ w·(x − min)/(max − min) as one fraction; every term is brought to the common denominator.
  let numerator = 0n;
  let denominator = 1n;
  let weights = 0n;
  for (const criterion of criteria) {
    const weight = whole(criterion.weight);
    const above = whole(marks[criterion.id] ?? 0) - whole(criterion.min);
    const range = whole(criterion.max) - whole(criterion.min);
    if (range <= 0n) return null;
    numerator = numerator * range + weight * above * denominator;
    denominator *= range;
    weights += weight;
  }
  if (weights <= 0n) return null;
  const divisor = denominator * weights;
  return (numerator * 10_000n * 2n + divisor) / (divisor * 2n);
}

/** `87`, `87.4` or `87.45`: the shortest form of the total, or null while it has none. */
export function totalText(criteria: readonly Criterion[], marks: Marks): string | null {
  const hundredths = totalHundredths(criteria, marks);
  if (hundredths === null) return null;
  const fraction = String(hundredths % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return fraction ? `${hundredths / 100n}.${fraction}` : String(hundredths / 100n);
}

/** The weight as a whole share of all, in percent: `40` for 0.4 of 1 as for 4 of 10. */
export function weightPercent(criteria: readonly Criterion[], criterion: Criterion): string {
  const sum = criteria.reduce((total, each) => total + each.weight, 0);
  if (sum <= 0) return '0';
  return String(Math.round((criterion.weight / sum) * 1000) / 10);
}

/** A mark on the criterion's grid, without the noise of binary fractions (0.1 × 3). */
export function snap(criterion: Criterion, value: number): number {
  const step = criterion.step > 0 ? criterion.step : 1;
  const steps = Math.round((value - criterion.min) / step);
  const snapped = Math.round((criterion.min + steps * step) * UNIT) / UNIT;
  return Math.min(criterion.max, Math.max(criterion.min, snapped));
}

/** Where a hundred-point judge's fingers go: dense at the top, where prizes are decided. */
const QUICK_HUNDREDTHS = [60, 65, 70, 75, 80, 85, 90, 93, 96, 99];

/**
 * At most ten marks to tap. On a scale of ten marks or fewer they are all of it; else the hundred-point
 * choices scaled into min..max and put on the criterion's steps.
 */
export function quickMarks(criterion: Criterion): number[] {
  const step = criterion.step > 0 ? criterion.step : 1;
  const count = Math.floor((criterion.max - criterion.min) / step + 1e-9) + 1;
  if (count <= QUICK_HUNDREDTHS.length) {
    return Array.from({ length: count }, (_, index) => snap(criterion, criterion.min + index * step));
  }
  const scaled = QUICK_HUNDREDTHS.map(
    (share) => criterion.min + ((criterion.max - criterion.min) * share) / 100,
  );
  const marks = [...new Set(scaled.map((value) => snap(criterion, value)))];
  // Two may have met on one step: the next lower ones take their place.
  while (marks.length < QUICK_HUNDREDTHS.length) {
    marks.unshift(snap(criterion, (marks[0] ?? criterion.max) - step));
  }
  return marks;
}
