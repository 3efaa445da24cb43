import { describe, expect, it } from '@jest/globals';
import { SoundLine } from './sound-line.js';

const block = 1000;
const most = 100_000;

/** Lays pieces of a constant value, and gives back the left channel of the whole line. */
function line(...pieces: { at: number; length: number; value: number }[]): number[] {
  const under = new SoundLine(block, most);
  const all: number[] = [];
  const take = (values: Float32Array) => {
    all.push(...values.filter((_, index) => index % 2 === 0));
  };
  for (const { at, length, value } of pieces) {
    for (const full of under.put(new Float32Array(2 * length).fill(value), at)) {
      expect(full.length).toBe(2 * block);
      take(full);
    }
  }
  const rest = under.rest();
  if (rest) take(rest);
  return all;
}

const runs = (values: number[]): [number, number][] => {
  const found: [number, number][] = [];
  for (const value of values) {
    const last = found.at(-1);
    if (last?.[0] === value) last[1] += 1;
    else found.push([value, 1]);
  }
  return found;
};

describe('a line of sound', () => {
  it('joins pieces, whatever their length', () => {
    const pieces = [
      { at: 0, length: 700, value: 1 },
      { at: 700, length: 2500, value: 2 },
    ];
    expect(runs(line(...pieces))).toEqual([
      [1, 700],
      [2, 2500],
    ]);
    expect(line({ at: 0, length: 2000, value: 1 })).toHaveLength(2000);
  });

  it('begins exactly where the first piece belongs: silence before it, or its head cut off', () => {
    expect(runs(line({ at: 300, length: 100, value: 1 }))).toEqual([
      [0, 300],
      [1, 100],
    ]);
    expect(runs(line({ at: -300, length: 1024, value: 1 }))).toEqual([[1, 724]]);
    const whollyBefore = [
      { at: -1324, length: 1024, value: 1 },
      { at: -300, length: 1024, value: 2 },
    ];
    expect(runs(line(...whollyBefore))).toEqual([[2, 724]]);
  });

  it('fills a gap with silence and lays nothing twice', () => {
    const pieces = [
      { at: 0, length: 1000, value: 1 },
      { at: 6000, length: 1000, value: 2 },
      { at: 5000, length: 3000, value: 3 },
    ];
    expect(runs(line(...pieces))).toEqual([
      [1, 1000],
      [0, 5000],
      [2, 1000],
      [3, 1000],
    ]);
  });

  it('ends where it must, however much is laid', () => {
    expect(line({ at: 0, length: most + 5000, value: 1 })).toHaveLength(most);
    const laid = runs(
      line({ at: most - 10, length: 500, value: 1 }, { at: most + 10, length: 500, value: 2 }),
    );
    expect(laid).toEqual([
      [0, most - 10],
      [1, 10],
    ]);
    expect(line({ at: 1e15, length: 10, value: 1 })).toHaveLength(most);
  });

  it('leaves small errors of time alone until they add up', () => {
    const pieces = Array.from({ length: 40 }, (_, index) => ({ at: index * 1050, length: 1000, value: 1 }));
    const laid = line(...pieces);
    const silent = laid.filter((value) => value === 0).length;
    expect(silent).toBeGreaterThan(900);
    expect(Math.abs(laid.length - (39 * 1050 + 1000))).toBeLessThanOrEqual(960);
  });
});
