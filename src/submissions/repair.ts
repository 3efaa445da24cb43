import type { EntityManager } from 'typeorm';
import { submissionProblem } from './errors.js';

/** How long a work that was sent back stays open where the organiser names no date. */
export const defaultRepairHours = 48;
/** A date so many days after the deadline, or after today, is a slip of the finger. */
export const longestRepairDays = 90;
/** Its entrant is reminded so long before the end, unless the whole time is no longer than that. */
const reminderHours = 24;

/** A repair's end as it was asked for: an instant, or so many hours from now. */
export type RepairEnd = { until: Date } | { hours: number };

/**
 * Sends a work back for repair; its row must be locked. Before the contest's own deadline everybody may change
 * their works, so a repair never ends earlier than that. Returns when it ends.
 */
export async function sendBack(
  manager: EntityManager,
  submissionId: string,
  end: RepairEnd,
  reason: string | null,
): Promise<Date> {
  const [[row]] = await manager.query<[{ until: Date }[], number]>(
    `UPDATE submissions s
        SET status = 'returned', reason = $4, repair_until = terms.until,
            repair_reminder_at = CASE
              WHEN terms.until - terms.now > make_interval(hours => $5)
              THEN terms.until - make_interval(hours => $5) END
       FROM (SELECT now, greatest(c.closes_at, COALESCE($2, now + make_interval(hours => $3))) AS until
               FROM submissions own JOIN contests c ON c.id = own.contest_id,
                    (SELECT date_trunc('milliseconds', dingge_now()) AS now) AS clock
              WHERE own.id = $1) AS terms
      WHERE s.id = $1 RETURNING s.repair_until AS until`,
    [submissionId, 'until' in end ? end.until : null, 'hours' in end ? end.hours : 0, reason, reminderHours],
  );
  return row.until;
}

/** Refuses from the end of a repair on, by the database's clock; the work's row must be locked. */
export async function requireInRepair(manager: EntityManager, submissionId: string): Promise<void> {
  const [row] = await manager.query<{ over: boolean }[]>(
    'SELECT COALESCE(repair_until <= dingge_now(), true) AS over FROM submissions WHERE id = $1',
    [submissionId],
  );
  if (row?.over !== false) throw submissionProblem('SUBMISSION.REPAIR_OVER');
}
