import { describe, expect, it } from '@jest/globals';
import { dayIn, endOf, isWorkingDay, lastOf, leftOf, type WorkCalendar } from './working-days.js';

const plain: WorkCalendar = { daysOff: [], extraWorkDays: [] };
/** National Day 2026: off from 1 to 7 October, worked on Sunday 20 September and Saturday 10 October (docs/notice.md). */
const national: WorkCalendar = {
  daysOff: ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'],
  extraWorkDays: ['2026-09-20', '2026-10-10'],
};

describe('a period of working days', () => {
  it.each([
    ['a Monday, five days: the next Monday', '2026-11-23', 5, plain, '2026-11-30'],
    ['a Friday, five days: the Friday after', '2026-11-27', 5, plain, '2026-12-04'],
    ['a Saturday begins with Monday', '2026-11-28', 1, plain, '2026-11-30'],
    ['over a holiday, with a Saturday that is worked', '2026-09-29', 5, national, '2026-10-12'],
    ['over the end of a leap February', '2028-02-28', 1, plain, '2028-02-29'],
  ])('that is published on %s', (_name, published, days, calendar, last) => {
    expect(lastOf(published, days, calendar)).toBe(last);
  });

  it('counts what is left of it, today too', () => {
    const left = (today: string) => leftOf(today, '2026-09-29', '2026-10-12', national);
    expect(
      ['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-08', '2026-10-11', '2026-10-12', '2026-10-13'].map(
        left,
      ),
    ).toEqual([5, 5, 4, 4, 1, 1, 0]);
  });

  it('ends, whatever the calendar', () => {
    const never = { daysOff: Array.from({ length: 999 }, (_, n) => dayAfter(n)), extraWorkDays: [] };
    expect(() => lastOf('2026-01-01', 1, never)).toThrow(RangeError);
  });
});

const dayAfter = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);

describe('a day', () => {
  it.each([
    ['2026-10-10', true],
    ['2026-10-11', false],
    ['2026-10-01', false],
    ['2026-10-08', true],
  ])('%s is worked: %s', (day, worked) => {
    expect(isWorkingDay(day, national)).toBe(worked);
  });

  it.each([
    ['2026-11-30', 'Asia/Shanghai', '2026-11-30T16:00:00.000Z'],
    ['2026-11-30', 'UTC', '2026-12-01T00:00:00.000Z'],
    // The clocks go back at night, so that day has 25 hours.
    ['2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['2026-10-24', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
  ])('%s in %s ends at %s', (day, timeZone, end) => {
    expect(endOf(day, timeZone).toISOString()).toBe(end);
    expect(dayIn(timeZone, new Date(Date.parse(end) - 1))).toBe(day);
  });
});
