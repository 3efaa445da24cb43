import { describe, expect, it } from '@jest/globals';
import { DecodeError, decodeErrorCodes, isDecodeErrorCode } from './errors.js';
import { asDecodeError } from './reasons.js';

describe('the reason of a failure', () => {
  it.each([
    ['Input image exceeds pixel limit', 'MEDIA.TOO_MANY_PIXELS'],
    ['VipsJpeg: premature end of JPEG image', 'MEDIA.TRUNCATED'],
    ['vips_tracked: out of memory -- size == 286MB', 'MEDIA.TOO_LARGE_FOR_MEMORY'],
    ['VipsJpeg: Insufficient memory (case 4)', 'MEDIA.TOO_LARGE_FOR_MEMORY'],
    ['Failed to allocate memory', 'MEDIA.TOO_LARGE_FOR_MEMORY'],
    ['glib: Error creating thread: Resource temporarily unavailable', 'MEDIA.TOO_LARGE_FOR_MEMORY'],
    ['ENOSPC: no space left on device, write', 'MEDIA.DISK_FULL'],
    ['heif: Memory allocation error: Security limit exceeded', 'MEDIA.UNREADABLE'],
    ['Input file is missing: gone.jpg', 'MEDIA.INPUT_MISSING'],
    ['Input file contains unsupported image format', 'MEDIA.UNREADABLE'],
  ])('is read from “%s”', (message, code) => {
    expect(asDecodeError(new Error(message), 'MEDIA.UNREADABLE')).toMatchObject({ code });
  });

  it('is kept where it is known, and its text is bounded', () => {
    const known = new DecodeError('MEDIA.UNSUPPORTED_CODEC', 'codec x');
    expect(asDecodeError(known, 'MEDIA.UNREADABLE')).toBe(known);
    expect(asDecodeError(new Error(`${'x'.repeat(9999)}\nsecond`), 'MEDIA.UNREADABLE').detail.length).toBe(
      300,
    );
  });

  it('says whether trying again can help', () => {
    expect(new DecodeError('MEDIA.DISK_FULL', '').retryable).toBe(true);
    expect(new DecodeError('MEDIA.TRUNCATED', '').retryable).toBe(false);
    expect(Object.keys(decodeErrorCodes).every(isDecodeErrorCode)).toBe(true);
    expect(isDecodeErrorCode('toString')).toBe(false);
  });
});
