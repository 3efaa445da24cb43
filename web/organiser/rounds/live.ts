import type { JudgeProgress } from './types';

/** How a judge stands, for the one word beside the name. */
export type JudgeState = 'left' | 'nothing' | 'done' | 'notStarted' | 'late' | 'behind' | 'going';

/**
 * Late: at this pace not done by the deadline. Behind: less than half as far as the judge in the middle of the panel,
 * once that one is past a fifth.
 */
export function stateOf(
  judge: Pick<JudgeProgress, 'left' | 'done' | 'total' | 'expectedEnd'>,
  middle: number,
  deadlineAt: string | null,
): JudgeState {
  const { left, done, total, expectedEnd } = judge;
  if (left) return 'left';
  if (total === 0) return 'nothing';
  if (done >= total) return 'done';
  if (done === 0) return 'notStarted';
  if (deadlineAt && expectedEnd && Date.parse(expectedEnd) > Date.parse(deadlineAt)) return 'late';
  return middle >= 0.2 && done / total < middle / 2 ? 'behind' : 'going';
}

/** How far the judge in the middle of the panel is, from 0 to 1; those who left are not asked. */
export function middleShare(judges: readonly Pick<JudgeProgress, 'left' | 'done' | 'total'>[]): number {
  const shares = judges
    .filter(({ left, total }) => !left && total > 0)
    .map(({ done, total }) => done / total)
    .sort((a, b) => a - b);
  if (shares.length === 0) return 0;
  const half = shares.length / 2;
  return (shares[Math.floor(half)]! + shares[Math.ceil(half) - 1]!) / 2;
}

/** Those whom a reminder could move. */
export function toRemind(states: readonly { id: string; state: JudgeState }[]): string[] {
  return states.filter(({ state }) => ['notStarted', 'late', 'behind'].includes(state)).map(({ id }) => id);
}

export interface Pace {
  per: 'hour' | 'day';
  sheets: number;
}

/** Sheets that the whole panel does in an hour, or in a day where an hour is too short to count; null before the first. */
export function paceOf(
  judges: readonly Pick<JudgeProgress, 'done' | 'total' | 'left' | 'firstSavedAt'>[],
  now: string,
): Pace | null {
  const perHour = judges
    .filter(({ left, done, total, firstSavedAt }) => !left && done > 0 && done < total && firstSavedAt)
    .map(({ done, firstSavedAt }) => {
      const hours = (Date.parse(now) - Date.parse(firstSavedAt!)) / 3600_000;
      // In the first minutes any figure would be too large.
      return done / Math.max(hours, 1 / 12);
    })
    .reduce((sum, each) => sum + each, 0);
  if (perHour === 0) return null;
  return perHour >= 10
    ? { per: 'hour', sheets: Math.round(perHour) }
    : { per: 'day', sheets: Math.max(1, Math.round(perHour * 24)) };
}
