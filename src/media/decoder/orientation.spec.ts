import { describe, expect, it } from '@jest/globals';
import { isSideways, turnOf, turnOfTrack, turnsNothing } from './orientation.js';

describe('a turn', () => {
  it('is none for EXIF values that mean nothing', () => {
    for (const value of [undefined, 0, 1, 9, 255, 65535, NaN]) expect(turnsNothing(turnOf(value))).toBe(true);
  });

  it('swaps width and height from orientation 5 on', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((value) => isSideways(turnOf(value)))).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  it('mirrors before it rotates, also where a video track says it the other way round', () => {
    expect(turnOfTrack(0, true)).toEqual({ flip: false, flop: true, rotate: 0 });
    // Rotated a quarter and then mirrored left to right is the same as mirrored top to bottom and then rotated.
    expect(turnOfTrack(90, true)).toEqual({ flip: true, flop: false, rotate: 90 });
    expect(turnOfTrack(270, false)).toEqual({ flip: false, flop: false, rotate: 270 });
  });
});
