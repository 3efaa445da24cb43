import { lastTaskOf } from './composables/usePreferences';

/** As many as fill a large screen twice, so that the room opens at once; the rest comes in larger pages. */
const WORKS = 120;

/** Where to get the page of works where the judge was on this device, or the first one. */
export function firstPagePath(roundId: string): string {
  const at = lastTaskOf(roundId);
  return `/rounds/${encodeURIComponent(roundId)}/tasks?limit=${WORKS}${at ? `&at=${encodeURIComponent(at)}` : ''}`;
}
