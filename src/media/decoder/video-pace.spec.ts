import { describe, expect, it } from '@jest/globals';
import { Pace } from './video-pace.js';

/** How many of these times, in ms, are kept. */
function kept(rate: number, times: number[]): number[] {
  const pace = new Pace(rate);
  return times.filter((time) => pace.keeps(Math.round(time * 1000)));
}

const every = (ms: number, count: number) => Array.from({ length: count }, (_, index) => index * ms);

describe('the pace of frames', () => {
  it.each([
    [24, 24],
    [25, 25],
    [29.97, 30],
    [30, 30],
    [48, 24],
    [50, 25],
    [59.94, 30],
    [60, 30],
    [120, 30],
    [240, 30],
  ])('of %d a second leaves about %d, evenly', (rate, left) => {
    const times = kept(rate, every(1000 / rate, rate * 10));
    expect(Math.abs(times.length - left * 10)).toBeLessThanOrEqual(1);
    const gaps = times.slice(1).map((time, index) => time - times[index]);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(1);
  });

  it('leaves a phone’s frames alone though they jitter', () => {
    const times = every(1000 / 30, 300).map((time, index) => time + (index % 3) - 1 + 1);
    expect(kept(30.1, times)).toEqual(times);
  });

  it('keeps the times of a variable rate, and no time twice', () => {
    expect(kept(9, [0, 40, 240, 250, 300, 300, 290, 1000])).toEqual([0, 40, 240, 250, 300, 1000]);
  });
});
