import { api } from '../shared/api';
import { lastTaskOf } from './composables/usePreferences';
import type { TaskPage } from './model/types';

/** As many as fill a large screen twice, so that the room opens at once; the rest comes in larger pages. */
const WORKS = 120;

const early = new Map<string, Promise<TaskPage>>();

/** The page of works where the judge was on this device, or the first one. */
export function firstPage(roundId: string): Promise<TaskPage> {
  const begun = early.get(roundId);
  early.delete(roundId);
  return begun ?? ask(roundId);
}

/**
 * Who opens a room by its address is not to wait for one answer after the other: its works are asked for while the page
 * still finds out who is there. A stranger is refused, and asked to sign in as on any other page.
 */
export function askEarly(path: string): boolean {
  const roundId = /^\/judge\/rounds\/([0-9a-f-]{36})$/.exec(path)?.[1];
  if (!roundId) return false;
  const page = ask(roundId);
  page.catch(() => early.delete(roundId));
  early.set(roundId, page);
  return true;
}

function ask(roundId: string): Promise<TaskPage> {
  const query = { limit: WORKS, at: lastTaskOf(roundId) ?? undefined };
  return api.get<TaskPage>(`/rounds/${roundId}/tasks`, { query });
}
