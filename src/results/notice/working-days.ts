/**
 * Days on which people work in China: Monday to Friday, but for the days that the State Council declares off each year,
 * and with the days of weekends that it declares to be worked in return. Days are `2026-11-23`; time zones don't matter
 * to them.
 */
export interface WorkCalendar {
  daysOff: readonly string[];
  extraWorkDays: readonly string[];
}

export function isWorkingDay(day: string, { daysOff, extraWorkDays }: WorkCalendar): boolean {
  if (extraWorkDays.includes(day)) return true;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !daysOff.includes(day);
}

export function nextDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** However wrong the calendar: no period is longer. */
const longest = 400;

/**
 * The last day of a period of so many working days. The day on which it is published does not count, it begins with the
 * next one (Civil Code of the PRC, art. 201), and it ends at 24:00 of its last day (art. 203).
 * @throws RangeError where the calendar leaves too few days to work on
 */
export function lastOf(published: string, workingDays: number, calendar: WorkCalendar): string {
  let day = published;
  let counted = 0;
  for (let passed = 0; passed < longest; passed++) {
    day = nextDay(day);
    if (isWorkingDay(day, calendar)) counted += 1;
    if (counted === workingDays) return day;
  }
  throw new RangeError(`${workingDays} working days do not fit`);
}

/** Working days of a period that are left on a day, that day itself counted; 0 once it is over. */
export function leftOf(today: string, published: string, last: string, calendar: WorkCalendar): number {
  let left = 0;
  for (let day = today > published ? today : nextDay(published); day <= last; day = nextDay(day)) {
    if (isWorkingDay(day, calendar)) left += 1;
  }
  return left;
}

/** The day that it is at an instant. */
export function dayIn(timeZone: string, instant: Date): string {
  return instant.toLocaleDateString('sv-SE', { timeZone });
}

/** The instant at which a day ends in a time zone, exclusive. */
export function endOf(day: string, timeZone: string): Date {
  const wanted = Date.parse(`${nextDay(day)}T00:00:00Z`);
  // The zone's offset is looked up at the instant itself: twice, for it may change in between.
  let instant = wanted;
  for (let pass = 0; pass < 2; pass++) instant += wanted - wallClock(instant, timeZone);
  return new Date(instant);
}

/** What a clock on the wall of that zone shows, as if it were UTC. */
function wallClock(instant: number, timeZone: string): number {
  return Date.parse(`${new Date(instant).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`);
}
