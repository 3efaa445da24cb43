import type { Criterion } from './round.entity.js';
import type { Marks } from './sheet-version.entity.js';

/** Marks and bounds have at most four decimals; in these units they are whole numbers and compare exactly. */
const unitsPerPoint = 10_000;

/** What is wrong with a mark, or null: it must be null or lie in min…max in whole steps from min. */
export function markProblem(
  mark: number | null,
  { min, max, step }: Pick<Criterion, 'min' | 'max' | 'step'>,
) {
  if (mark === null) return null;
  if (!Number.isFinite(mark) || mark < min || mark > max) return 'range';
  const above = units(mark) - units(min);
  if (Math.abs(mark * unitsPerPoint - Math.round(mark * unitsPerPoint)) > 1e-6) return 'step';
  return above % units(step) === 0 ? null : 'step';
}

/** Whether every criterion has its mark. */
export function isComplete(marks: Marks, criteria: Pick<Criterion, 'id'>[]): boolean {
  return criteria.every(({ id }) => typeof marks[id] === 'number');
}

function units(points: number): number {
  return Math.round(points * unitsPerPoint);
}
