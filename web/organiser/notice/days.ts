/** Days as people paste them: `2026-10-01~2026-10-07, 2026-01-01`, one after another or in lines. */
const DAY = /\d{4}-\d{1,2}-\d{1,2}/;
/** What stands between the two ends of a period: a tilde or a dash of either width, or the word for “to”. */
const TO = '~|\\uff5e|\\u81f3|\\u2014|\\u2013|to';
const PART = new RegExp(`^(${DAY.source})(?:\\s*(?:${TO})\\s*(${DAY.source}))?$`);
/** A period of days off is never longer. */
const LONGEST = 31;

export interface ReadDays {
  days: string[];
  /** What is no day. */
  wrong: string[];
}

export function readDays(text: string): ReadDays {
  const days = new Set<string>();
  const wrong: string[] = [];
  const parts = text.split(/[\n,，、;；]+/).map((part) => part.trim());
  for (const part of parts.filter(Boolean)) {
    const [, from, to = from] = PART.exec(part) ?? [];
    const range = from && to ? daysFrom(from, to) : null;
    if (range) range.forEach((day) => days.add(day));
    else wrong.push(part);
  }
  return { days: [...days].sort(), wrong };
}

/** The same days as short as they can be written; days that follow each other as a period. */
export function writeDays(days: readonly string[]): string {
  const periods: [string, string][] = [];
  for (const day of [...days].sort()) {
    const last = periods.at(-1);
    if (last && after(last[1]) === day) last[1] = day;
    else periods.push([day, day]);
  }
  return periods.map(([from, to]) => (from === to ? from : `${from}~${to}`)).join('\n');
}

function daysFrom(from: string, to: string): string[] | null {
  const [first, last] = [normal(from), normal(to)];
  if (!first || !last || last < first) return null;
  const days = [first];
  while (days.at(-1)! < last) {
    if (days.length >= LONGEST) return null;
    days.push(after(days.at(-1)!));
  }
  return days;
}

/** `2026-1-4` as `2026-01-04`; null for a day that there isn't. */
function normal(day: string): string | null {
  const [year, month, date] = day.split('-').map(Number);
  const instant = new Date(Date.UTC(year!, month! - 1, date));
  const written = [year, String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-');
  return instant.toISOString().slice(0, 10) === written ? written : null;
}

function after(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
