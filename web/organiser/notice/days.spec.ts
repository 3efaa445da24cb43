import { describe, expect, it } from '@jest/globals';
import { readDays, writeDays } from './days';

describe('days as they are pasted', () => {
  it('are read one by one and as periods, in any of the usual signs', () => {
    expect(readDays('2026-10-01~2026-10-03，2026-1-1\n2026-05-01 至 2026-05-02; 2026-01-01')).toEqual({
      days: ['2026-01-01', '2026-05-01', '2026-05-02', '2026-10-01', '2026-10-02', '2026-10-03'],
      wrong: [],
    });
  });

  it.each([['2026-02-30'], ['10月1日'], ['2026-10-07~2026-10-01'], ['2026-01-01~2026-12-31']])(
    '%s is told to be none',
    (wrong) => {
      expect(readDays(`2026-10-01, ${wrong}`)).toEqual({ days: ['2026-10-01'], wrong: [wrong] });
    },
  );

  it('are written as short as they can be, and read as the same', () => {
    const days = ['2026-12-31', '2027-01-01', '2027-01-02', '2027-05-01'];
    expect(writeDays(days)).toBe('2026-12-31~2027-01-02\n2027-05-01');
    expect(readDays(writeDays(days)).days).toEqual(days);
  });
});
