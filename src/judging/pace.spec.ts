import { describe, expect, it } from '@jest/globals';
import { expectedEnd } from './pace.js';

describe('the expected end', () => {
  const firstSavedAt = new Date('2026-09-16T08:00:00Z');
  const now = new Date('2026-09-16T10:00:00Z');

  it('is as far ahead as the pace since the first mark says', () => {
    // Forty in two hours: twenty more take one.
    expect(expectedEnd({ done: 40, total: 60, firstSavedAt }, now)).toEqual(new Date('2026-09-16T11:00:00Z'));
  });

  it('is unknown before the first mark and after the last', () => {
    expect(expectedEnd({ done: 0, total: 60, firstSavedAt: null }, now)).toBeNull();
    expect(expectedEnd({ done: 60, total: 60, firstSavedAt }, now)).toBeNull();
  });
});
