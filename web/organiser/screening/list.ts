import type { SubmissionStatus } from '../../shared/api-types';
import type { ScreeningDecision, ScreeningItem, ScreeningStatus } from '../../shared/api-types-desk';
import type { Verdict } from '../types';

/** Decisions made on this page that the list last fetched doesn't show yet, by the work's id. */
export type Decided = ReadonlyMap<string, Verdict>;

const STATUS_AFTER: Record<ScreeningDecision, 'accepted' | 'returned' | 'rejected'> = {
  accept: 'accepted',
  return: 'returned',
  reject: 'rejected',
};

export function statusAfter(decision: ScreeningDecision): 'accepted' | 'returned' | 'rejected' {
  return STATUS_AFTER[decision];
}

/** The tab in which a status is found, or null for one that the desk doesn't list. */
export function tabOf(status: SubmissionStatus): Exclude<ScreeningStatus, 'all'> | null {
  if (status === 'submitted') return 'pending';
  return status === 'accepted' || status === 'returned' || status === 'rejected' ? status : null;
}

/** The works of a tab as they stand with the decisions made since: those that moved to another tab are gone. */
export function withDecisions(items: readonly ScreeningItem[], decided: Decided, tab: ScreeningStatus) {
  return items
    .map((work) => {
      const verdict = decided.get(work.id);
      return verdict
        ? {
            ...work,
            status: statusAfter(verdict.decision),
            reason: verdict.reason ?? null,
            repairUntil: verdict.until ?? null,
          }
        : work;
    })
    .filter((work) => tab === 'all' || tabOf(work.status) === tab);
}

/** The counts of the tabs with the decisions made since. */
export function countsWithDecisions(
  counts: Record<ScreeningStatus, number>,
  items: readonly ScreeningItem[],
  decided: Decided,
): Record<ScreeningStatus, number> {
  const moved = { ...counts };
  for (const work of items) {
    const verdict = decided.get(work.id);
    const from = tabOf(work.status);
    if (!verdict) continue;
    if (from) moved[from] = Math.max(0, moved[from] - 1);
    moved[statusAfter(verdict.decision)] += 1;
  }
  return moved;
}
