import { describe, expect, it } from '@jest/globals';
import { instantOf, proposedUntil, wallTime } from './until';

describe('the date that a work goes back with', () => {
  it('is proposed two days off, to the full hour, or at the deadline', () => {
    const now = Date.parse('2026-09-15T09:20:00Z');
    expect(proposedUntil(now, '2026-09-15T16:00:00Z').toISOString()).toBe('2026-09-17T10:00:00.000Z');
    expect(proposedUntil(now, '2026-09-30T16:00:00Z').toISOString()).toBe('2026-09-30T16:00:00.000Z');
  });

  it('is read and shown on the wall of the contest', () => {
    expect(wallTime(new Date('2026-09-17T10:00:00Z'), 'Asia/Shanghai')).toBe('2026-09-17T18:00');
    expect(instantOf('2026-09-17T18:00', 'Asia/Shanghai')?.toISOString()).toBe('2026-09-17T10:00:00.000Z');
    expect(instantOf('2026-09-17T00:00', 'Asia/Shanghai')?.toISOString()).toBe('2026-09-16T16:00:00.000Z');
    // A day on which clocks change: 29 March 2026 in Berlin.
    expect(instantOf('2026-03-29T01:30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T00:30:00.000Z');
    expect(instantOf('2026-03-29T03:30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it('is none where nothing sensible was typed', () => {
    for (const wall of ['', 'soon', '2026-13-01T00:00', '2026-09-17']) {
      expect(instantOf(wall, 'Asia/Shanghai')).toBeNull();
    }
  });
});
