import { describe, expect, it } from '@jest/globals';
import { hasWholeSize } from './whole-size.js';

const photo = { kind: 'image', status: 'ready', width: 6000, height: 4000 } as const;

describe('the picture of whole size', () => {
  it('is there of photos that are larger than their preview', () => {
    expect(hasWholeSize(photo)).toBe(true);
    expect(hasWholeSize({ ...photo, width: 2001, height: 10 })).toBe(true);
    expect(hasWholeSize({ ...photo, width: 2000, height: 2000 })).toBe(false);
  });

  it('is not there of what is too large for a browser, of films, and of what is not ready', () => {
    expect(hasWholeSize({ ...photo, width: 10_000, height: 6_500 })).toBe(true);
    expect(hasWholeSize({ ...photo, width: 10_000, height: 6_501 })).toBe(false);
    expect(hasWholeSize({ ...photo, kind: 'video' })).toBe(false);
    expect(hasWholeSize({ ...photo, status: 'pending', width: null, height: null })).toBe(false);
  });
});
