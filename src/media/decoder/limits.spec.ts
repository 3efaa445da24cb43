import { describe, expect, it } from '@jest/globals';
import { defaultLimits, videoTimeoutMs } from './limits.js';

describe('a video may take', () => {
  it('a minute and twelve times its length', () => {
    expect(videoTimeoutMs(15_000, defaultLimits)).toBe(240_000);
  });

  it('never longer than the cap, whatever length it claims', () => {
    expect(videoTimeoutMs(136 * 365 * 86_400_000, defaultLimits)).toBe(defaultLimits.videoTimeoutCapMs);
  });
});
