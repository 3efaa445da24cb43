import { describe, expect, it } from '@jest/globals';
import {
  ago,
  countdown,
  formatBytes,
  formatDate,
  formatDuration,
  formatEnd,
  formatNumber,
  formatPeriod,
  formatYuan,
  hanPunctuation,
  lastMoment,
} from './format';

describe('formatDate', () => {
  const instant = '2026-09-15T16:30:00Z';

  it('tells the day of the contest’s time zone, not of the device', () => {
    expect(formatDate(instant, 'Asia/Shanghai', 'zh')).toBe('9月16日');
    expect(formatDate(instant, 'America/New_York', 'zh')).toBe('9月15日');
  });

  it('speaks both languages and counts hours from 0 to 23', () => {
    expect(formatDate(instant, 'Asia/Shanghai', 'zh', 'dayTime')).toBe('9月16日 00:30');
    expect(formatDate(instant, 'Asia/Shanghai', 'en', 'day')).toBe('16 September');
    expect(formatDate(instant, 'Asia/Shanghai', 'en', 'clock')).toBe('00:30');
  });
});

describe('formatPeriod', () => {
  it('tells the years only where they differ, by the contest’s clock', () => {
    const period = (to: string) => formatPeriod('2026-08-20T00:00:00+08:00', to, 'Asia/Shanghai', 'zh');
    expect(period('2026-09-15T23:59:59+08:00')).toBe('8月20日 – 9月15日');
    expect(period('2026-12-31T16:00:00Z')).toBe('2026年8月20日 – 2027年1月1日');
  });
});

describe('lastMoment', () => {
  it('reads an exclusive end as the day before', () => {
    const end = lastMoment('2026-09-16T00:00:00+08:00');
    expect(formatDate(end, 'Asia/Shanghai', 'zh', 'dayTime')).toBe('9月15日 23:59');
  });
});

describe('numbers', () => {
  it('groups thousands', () => {
    expect(formatNumber(12846)).toBe('12,846');
    expect(formatYuan(21100)).toBe('¥\u202f21,100');
  });

  it.each([
    [0, '0 B'],
    [850, '850 B'],
    [83_344, '83 kB'],
    [999_700, '1 MB'],
    [1_622_723, '1.6 MB'],
    [50_000_000, '50 MB'],
    [123_456_789, '123 MB'],
    [1_300_000_000, '1.3 GB'],
    [5_000_000_000_000, '5000 GB'],
  ])('tells %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0, '0:00'],
    [499, '0:00'],
    [102_000, '1:42'],
    [3_605_000, '1:00:05'],
  ])('tells %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('countdown', () => {
  const end = '2026-09-16T00:00:00+08:00';
  const before = (milliseconds: number) => countdown(new Date(end).getTime() - milliseconds, end);
  const hour = 3_600_000;

  it('says days, hours or minutes, rounded down', () => {
    expect(before(17.9 * 24 * hour)).toEqual({ unit: 'days', value: 17 });
    expect(before(48 * hour)).toEqual({ unit: 'days', value: 2 });
    expect(before(47.5 * hour)).toEqual({ unit: 'hours', value: 47 });
    expect(before(hour)).toEqual({ unit: 'hours', value: 1 });
    expect(before(59.5 * 60_000)).toEqual({ unit: 'minutes', value: 59 });
  });

  it('counts the last seconds as a minute, and is over at the exclusive end', () => {
    expect(before(1)).toEqual({ unit: 'minutes', value: 1 });
    expect(before(0)).toEqual({ unit: 'over', value: 0 });
    expect(before(-hour)).toEqual({ unit: 'over', value: 0 });
  });
});

describe('ago', () => {
  it('tells minutes up to an hour, then leaves it to the clock', () => {
    expect(ago(59_999, 0)).toEqual({ unit: 'now', value: 0 });
    expect(ago(60_000, 0)).toEqual({ unit: 'minutes', value: 1 });
    expect(ago(3_600_000, 0)).toEqual({ unit: 'clock', value: 0 });
  });
});

describe('hanPunctuation', () => {
  it('sets half-width marks between Chinese characters as full-width ones', () => {
    expect(hanPunctuation('100个社区(村)的景等内容,以及“三社联动”项目')).toBe(
      '100个社区（村）的景等内容，以及“三社联动”项目',
    );
    expect(hanPunctuation('(村),以及')).toBe('(村)，以及');
  });

  it('leaves Latin text and numbers alone', () => {
    expect(hanPunctuation('Dates: 1,000 (one) works')).toBe('Dates: 1,000 (one) works');
    expect(hanPunctuation('奖金1,000元')).toBe('奖金1,000元');
  });
});

describe('formatEnd', () => {
  it('says the hour that was set, and of midnight the last minute of the day before', () => {
    expect(formatEnd('2026-09-17T10:00:00Z', 'Asia/Shanghai', 'zh')).toBe('9月17日 18:00');
    expect(formatEnd('2026-09-15T16:00:00Z', 'Asia/Shanghai', 'zh')).toBe('9月15日 23:59');
  });
});
