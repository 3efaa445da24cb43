import type { EntityManager } from 'typeorm';
import { submissionProblem } from './errors.js';

/** Columns that tell, of a contest `c`, whether works may come in: by the database's clock when they are read. */
export const openColumns = `
  c.opens_at <= dingge_now() AS opened, c.closes_at <= dingge_now() AS closed,
  c.closes_at + make_interval(secs => c.upload_grace_seconds) <= dingge_now() AS over, c.closes_at AS "closesAt"`;

export interface OpenState {
  opened: boolean;
  closed: boolean;
  /** Closed, and the grace of uploads that began before is over, too. */
  over: boolean;
  closesAt: Date;
}

/**
 * Refuses before the opening and from the closing on; what began before the closing, by the database's clock, is
 * refused only once its grace is over.
 */
export function refuseUnlessOpen(state: OpenState | undefined, begunAt: Date | null = null): void {
  if (!state?.opened) throw submissionProblem('SUBMISSION.NOT_OPEN');
  const inTime = begunAt !== null && begunAt < state.closesAt;
  if (inTime ? state.over : state.closed) throw submissionProblem('SUBMISSION.CLOSED');
}

/** By the database's clock, read when it is called: call it after the lock that the change needs is held. */
export async function requireOpen(
  manager: EntityManager,
  contestId: string,
  begunAt: Date | null = null,
): Promise<void> {
  refuseUnlessOpen(await openState(manager, contestId), begunAt);
}

export async function isOpen(manager: EntityManager, contestId: string): Promise<boolean> {
  const state = await openState(manager, contestId);
  return state !== undefined && state.opened && !state.closed;
}

async function openState(manager: EntityManager, contestId: string): Promise<OpenState | undefined> {
  const [contest] = await manager.query<OpenState[]>(
    `SELECT ${openColumns} FROM contests c WHERE c.id = $1`,
    [contestId],
  );
  return contest;
}
