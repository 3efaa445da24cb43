import { createRng, type Rng } from './prng.js';

/** How one judge marks. All in shares of a criterion's range (0..1). */
export interface JudgeHabit {
  /** Added to every mark: below 0 is severe. */
  severity: number;
  /** How strongly quality shows in the marks; 1 = as it is. */
  contrast: number;
  /** Standard deviation of the judge's own taste, by work and criterion. */
  noise: number;
}

/** A criterion as the round answers it. */
export interface Criterion {
  id: string;
  min: number;
  max: number;
  step: number;
}

/** Habits spread from severe to kind, in a random order; every panel differs within itself. */
export function createPanel(rng: Rng, count: number): JudgeHabit[] {
  const habits = Array.from({ length: count }, (_, i) => ({
    severity: -0.085 + (count > 1 ? (0.15 * i) / (count - 1) : 0) + rng.range(-0.012, 0.012),
    contrast: rng.range(0.7, 1.25),
    noise: rng.range(0.03, 0.055),
  }));
  return rng.shuffle(habits);
}

/** How good a work is, seen by nobody: a standard normal figure that depends on the seed and the work alone. */
export function latentQuality(seed: string, work: string): number {
  return createRng(`${seed}/quality/${work}`).normal();
}

/** The nearest mark that a criterion allows to a share (0..1) of its range. */
export function markAt(criterion: Criterion, share: number): number {
  const { min, max, step } = criterion;
  const steps = Math.floor((max - min) / step + 1e-9);
  const k = Math.min(steps, Math.max(0, Math.round(((max - min) * share) / step)));
  // Decimal steps such as 0.1 must not carry binary dust.
  return Number((min + k * step).toFixed(6));
}

/** One judge's marks for one work, by criterion id. */
export function judgeMarks(
  rng: Rng,
  habit: JudgeHabit,
  quality: number,
  criteria: readonly Criterion[],
): Record<string, number> {
  const marks: Record<string, number> = {};
  for (const [i, criterion] of criteria.entries()) {
    const facet = 0.02 * Math.sin(quality * 7 + i * 2.4);
    const share =
      0.76 + habit.severity + 0.085 * habit.contrast * quality + facet + habit.noise * rng.normal();
    marks[criterion.id] = markAt(criterion, share);
  }
  return marks;
}
