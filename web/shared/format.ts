import type { Language } from './language';

/** Formatters take the language and, for dates, the contest's time zone: a deadline is the same for everyone. */

export type DateStyle = 'day' | 'date' | 'dayTime' | 'full' | 'clock';

const STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  day: { month: 'long', day: 'numeric' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  dayTime: { month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  full: {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
};

export function formatDate(
  instant: string | Date,
  timeZone: string,
  language: Language,
  style: DateStyle = 'day',
): string {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone }).format(new Date(instant));
}

/** From one day to another; the years are told only where they differ. */
export function formatPeriod(
  from: string | Date,
  to: string | Date,
  timeZone: string,
  language: Language,
): string {
  const year = (instant: string | Date) =>
    new Intl.DateTimeFormat('en', { year: 'numeric', timeZone }).format(new Date(instant));
  const style = year(from) === year(to) ? 'day' : 'date';
  return [from, to].map((instant) => formatDate(instant, timeZone, language, style)).join(' – ');
}

/** The last moment that still counts before an exclusive end: 16 September 00:00 reads as 15 September. */
export function lastMoment(exclusiveEnd: string): Date {
  return new Date(new Date(exclusiveEnd).getTime() - 1);
}

/** An exclusive end as people say it: 18:00 is 18:00, but midnight is the last minute of the day before. */
export function formatEnd(exclusiveEnd: string | Date, timeZone: string, language: Language): string {
  const end = new Date(exclusiveEnd);
  const midnight = formatDate(end, timeZone, 'en', 'clock') === '00:00';
  return formatDate(midnight ? new Date(end.getTime() - 1) : end, timeZone, language, 'dayTime');
}

/** 12,846 */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 }).format(value);
}

/** ¥ 21,100; a narrow no-break space keeps sign and figure in one line. */
export function formatYuan(yuan: number): string {
  return `¥\u202f${formatNumber(yuan)}`;
}

/** ¥ 1,234.50 of an amount in fen; whole yuan without their noughts. */
export function formatFen(fen: number): string {
  const digits = fen % 100 === 0 ? 0 : 2;
  const value = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: 2 });
  return `¥\u202f${value.format(fen / 100)}`;
}

/** A day such as `2026-11-30`, which no time zone moves. */
export function formatDay(day: string, language: Language, style: DateStyle = 'date'): string {
  return formatDate(`${day}T00:00:00Z`, 'UTC', language, style);
}

/** Decimal units as phones show them: 850 kB, 4.2 MB, 1.3 GB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit < 2 || value >= 99.95 ? 0 : 1;
  return `${Number(value.toFixed(digits))} ${units[unit]}`;
}

/** A length of film: 1:42, 1:00:05. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  const padded = (value: number) => String(value).padStart(2, '0');
  if (hours > 0) return [String(hours), ...parts.map(padded)].join(':');
  return `${parts[0]}:${padded(parts[1] ?? 0)}`;
}

export interface Countdown {
  unit: 'days' | 'hours' | 'minutes' | 'over';
  value: number;
}

/**
 * Time left, in the one unit a person would say: days while there are two or more, then hours, then minutes.
 * Rounded down, so that nobody is promised time that is not there; the last minute counts as 1.
 */
export function countdown(now: number, end: string): Countdown {
  const minutes = Math.floor((new Date(end).getTime() - now) / 60_000);
  if (new Date(end).getTime() <= now) return { unit: 'over', value: 0 };
  if (minutes >= 48 * 60) return { unit: 'days', value: Math.floor(minutes / (24 * 60)) };
  if (minutes >= 60) return { unit: 'hours', value: Math.floor(minutes / 60) };
  return { unit: 'minutes', value: Math.max(1, minutes) };
}

export type Ago = { unit: 'now' | 'minutes' | 'clock'; value: number };

/** How long ago something was saved: just now, n minutes, and from an hour on the clock time is told instead. */
export function ago(now: number, then: number): Ago {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return { unit: 'now', value: 0 };
  return minutes < 60 ? { unit: 'minutes', value: minutes } : { unit: 'clock', value: 0 };
}

const BESIDE_HAN = /([\u3400-\u9fff\u201d)])([,;:?!])(?=[\u3400-\u9fff\u201c]|$)/g;
const BRACKETS_AFTER_HAN = /([\u3400-\u9fff])\(([^()]*)\)/g;
const FULL_WIDTH: Record<string, string> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' };

/** Chinese text typed with half-width marks, as it should be set: `内容,以及` → `内容，以及`. Other text is left alone. */
export function hanPunctuation(text: string): string {
  // No lookbehind: Safari before 16.4 cannot even read a script that has one.
  return text
    .replace(BESIDE_HAN, (_, before: string, mark: string) => before + (FULL_WIDTH[mark] ?? mark))
    .replace(BRACKETS_AFTER_HAN, '$1（$2）');
}

/** 4000 × 3000, 5.2 MB; without the sides where they aren't known yet. */
export function formatPictureSize(picture: {
  bytes: number;
  width: number | null;
  height: number | null;
}): string {
  const { bytes, width, height } = picture;
  return `${width && height ? `${width} × ${height}, ` : ''}${formatBytes(bytes)}`;
}
