import { describe, expect, it } from '@jest/globals';
import { createRng } from './prng.js';

describe('createRng', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const draw = (seed: string) => {
      const rng = createRng(seed);
      return Array.from({ length: 5 }, () => rng.next());
    };
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('forks independently of what was drawn before', () => {
    const fresh = createRng('x').fork('leaf').next();
    const used = createRng('x');
    used.next();
    expect(used.fork('leaf').next()).toBe(fresh);
  });

  it('keeps within its bounds and reaches both ends', () => {
    const rng = createRng(1);
    const seen = new Set(Array.from({ length: 300 }, () => rng.int(2, 5)));
    expect([...seen].sort()).toEqual([2, 3, 4, 5]);
  });

  it('shuffles without losing anything, on a copy', () => {
    const items = [1, 2, 3, 4, 5, 6, 7];
    const shuffled = createRng('s').shuffle(items);
    expect([...shuffled].sort()).toEqual(items);
    expect(items).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('draws normal deviates of mean 0 and variance 1', () => {
    const rng = createRng('n');
    const values = Array.from({ length: 20_000 }, () => rng.normal());
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});
