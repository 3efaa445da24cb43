import { describe, expect, it } from '@jest/globals';
import { chunkFor, Pace, patienceFor, timeLeft } from './pace';

describe('Pace', () => {
  it('knows nothing before the first answer', () => {
    const pace = new Pace();
    expect(pace.rate(0)).toBeNull();
    pace.start(0);
    expect(pace.rate(5000)).toBeNull();
  });

  it('tells what was acknowledged in the last seconds, not since the beginning', () => {
    const pace = new Pace();
    pace.start(0);
    for (let second = 1; second <= 30; second += 1) pace.acknowledge(second * 1000, 1_000_000);
    expect(pace.rate(30_000)).toBeCloseTo(1_000_000);
    for (let second = 31; second <= 60; second += 1) pace.acknowledge(second * 1000, 100_000);
    expect(pace.rate(60_000)).toBeCloseTo(100_000);
  });

  it('measures answers that are further apart than its window', () => {
    const pace = new Pace();
    pace.start(0);
    pace.acknowledge(20_000, 200_000);
    pace.acknowledge(50_000, 300_000);
    expect(pace.rate(50_000)).toBeCloseTo(10_000);
  });

  it('falls while nothing comes, and forgets a break', () => {
    const pace = new Pace();
    pace.start(0);
    pace.acknowledge(1000, 1_000_000);
    expect(pace.rate(1500)).toBeCloseTo(1_000_000);
    expect(pace.rate(10_000)).toBeCloseTo(100_000);
    pace.stop();
    pace.start(60_000);
    expect(pace.rate(60_000)).toBeNull();
    pace.acknowledge(61_000, 500_000);
    expect(pace.rate(61_000)).toBeCloseTo(500_000);
  });
});

describe('chunkFor', () => {
  it('asks for some seconds of the line, within bounds', () => {
    expect(chunkFor(null)).toBe(512 * 1024);
    expect(chunkFor(10_000)).toBe(256 * 1024);
    expect(chunkFor(500_000)).toBe(2_000_000);
    expect(chunkFor(50_000_000)).toBe(8 * 1024 * 1024);
  });

  it('is waited for longer on a slow line', () => {
    expect(patienceFor(10_000_000)).toBe(10_000);
    expect(patienceFor(8000)).toBeGreaterThan((chunkFor(8000) / 8000) * 2000);
  });
});

describe('timeLeft', () => {
  it('rounds up, as coarsely as it is guessed', () => {
    expect(timeLeft(5000, 1000)).toEqual({ unit: 'moment', value: 0 });
    expect(timeLeft(21_000, 1000)).toEqual({ unit: 'seconds', value: 30 });
    expect(timeLeft(61_000, 1000)).toEqual({ unit: 'minutes', value: 2 });
    expect(timeLeft(4_000_000, 1000)).toEqual({ unit: 'hours', value: 1.2 });
  });
});
