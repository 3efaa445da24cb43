import type { EntityManager } from 'typeorm';
import { submissionProblem } from './errors.js';

/** Columns that tell, of a contest `c`, whether works may come in: by the database's clock when they are read. */
export const openColumns = 'c.opens_at <= dingge_now() AS opened, c.closes_at <= dingge_now() AS closed';

export interface OpenState {
  opened: boolean;
  closed: boolean;
}

/** Refuses before the opening and from the closing on. */
export function refuseUnlessOpen(state: OpenState | undefined): void {
  if (!state?.opened) throw submissionProblem('SUBMISSION.NOT_OPEN');
  if (state.closed) throw submissionProblem('SUBMISSION.CLOSED');
}

/** By the database's clock, read when it is called: call it after the lock that the change needs is held. */
export async function requireOpen(manager: EntityManager, contestId: string): Promise<void> {
  refuseUnlessOpen(await openState(manager, contestId));
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
