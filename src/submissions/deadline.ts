import type { EntityManager } from 'typeorm';
import { submissionProblem } from './errors.js';

/** By the database's clock, read when it is called: call it after the lock that the change needs is held. */
export async function requireOpen(manager: EntityManager, contestId: string): Promise<void> {
  const [contest] = await manager.query<{ opened: boolean; closed: boolean }[]>(
    'SELECT opens_at <= dingge_now() AS opened, closes_at <= dingge_now() AS closed FROM contests WHERE id = $1',
    [contestId],
  );
  if (!contest?.opened) throw submissionProblem('SUBMISSION.NOT_OPEN');
  if (contest.closed) throw submissionProblem('SUBMISSION.CLOSED');
}
