import { describe, expect, it } from '@jest/globals';
import { defaultLimits, videoCpuLimitMs } from './limits.js';

describe('a video may use', () => {
  it('a minute and twelve times its length', () => {
    expect(videoCpuLimitMs(15_000, defaultLimits)).toBe(240_000);
  });

  it('never more than the cap, whatever length it claims', () => {
    expect(videoCpuLimitMs(136 * 365 * 86_400_000, defaultLimits)).toBe(defaultLimits.videoCpuCapMs);
  });
});
