/** Dates as people type them: on the wall of the contest's time zone, `2026-09-17T18:00`. */

const hour = 3600_000;
const repairHours = 48;

/** What the desk proposes: two days from now, to the full hour, but never before the deadline. */
export function proposedUntil(now: number, closesAt: string): Date {
  const full = Math.ceil((now + repairHours * hour) / hour) * hour;
  return new Date(Math.max(full, new Date(closesAt).getTime()));
}

export function wallTime(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant at which the wall shows this; null for what isn't a time. */
export function instantOf(wall: string, timeZone: string): Date | null {
  const wanted = Date.parse(`${wall}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall) || Number.isNaN(wanted)) return null;
  // Twice, for the offset may be another one on the other side of a change of the clocks.
  let instant = wanted;
  for (let round = 0; round < 2; round += 1) {
    instant += wanted - Date.parse(`${wallTime(new Date(instant), timeZone)}Z`);
  }
  return new Date(instant);
}
