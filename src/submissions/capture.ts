import type { Media } from '../media/media.entity.js';
import type { Check } from './check.js';

/** What a contest asks of the day on which a picture was taken; its dates are days in its own time zone, both counted in. */
export interface CaptureRule {
  timeZone: string;
  closesAt: Date;
  capturedFrom: string | null;
  capturedUntil: string | null;
}

/** Clocks of cameras are not set to the minute, and summer time is often forgotten. */
const toleranceMs = 3_600_000;

/**
 * A capture time that the contest doesn't allow, or that cannot be: a warning, since clocks are wrong more often than
 * people. At most one, the most telling.
 */
export function checkCapture(
  { kind, status, facts, createdAt }: Pick<Media, 'kind' | 'status' | 'facts' | 'createdAt'>,
  { timeZone, closesAt, capturedFrom, capturedUntil }: CaptureRule,
): Check[] {
  const taken = status === 'ready' && facts?.takenAt ? instantOf(facts.takenAt, timeZone) : null;
  if (!taken) return [];
  const day = dayIn(taken, timeZone);
  const check = (code: Check['code'], limit: string): Check[] => [{ code, params: { taken: day, limit } }];
  if (taken.getTime() > createdAt.getTime() + toleranceMs) {
    return check('CAPTURED_IN_FUTURE', dayIn(createdAt, timeZone));
  }
  if (capturedFrom !== null && day < capturedFrom) return check('CAPTURED_EARLY', capturedFrom);
  // A video that was cut has the date of its cutting, and no camera any more.
  if (kind === 'video' && !facts?.camera) return [];
  if (capturedUntil !== null && day > capturedUntil) return check('CAPTURED_LATE', capturedUntil);
  const lastDay = dayIn(new Date(closesAt.getTime() - 1), timeZone);
  return taken >= closesAt ? check('CAPTURED_LATE', lastDay) : [];
}

/**
 * The instant of a capture time as the facts hold it; without an offset, the camera's clock is taken to show the time
 * zone's. Null for what is no time.
 */
export function instantOf(takenAt: string, timeZone: string): Date | null {
  const zoned = takenAt.length > 'YYYY-MM-DDTHH:MM:SS'.length;
  const asUtc = new Date(zoned ? takenAt : `${takenAt}Z`);
  if (Number.isNaN(asUtc.getTime())) return null;
  if (zoned) return asUtc;
  // The zone's offset at that hour in UTC differs from the wanted one only within hours of a change of the clocks.
  return new Date(asUtc.getTime() - offsetAt(asUtc, timeZone));
}

/** How far a zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(instant: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(instant);
  return Date.parse(`${parts.replace(' ', 'T')}Z`) - Math.floor(instant.getTime() / 1000) * 1000;
}

/** The day on which a file says that it was taken, `2019-08-30` in the contest's time zone. */
export function captureDay(facts: Media['facts'], timeZone: string): string | null {
  const taken = facts?.takenAt ? instantOf(facts.takenAt, timeZone) : null;
  return taken && dayIn(taken, timeZone);
}

/** `2019-08-30`. */
function dayIn(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant);
}
