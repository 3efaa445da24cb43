import { describe, expect, it } from '@jest/globals';
import { columnsFor, nextWhere, stepIn, windowAround } from './grid';

describe('the light table', () => {
  it('fills the width', () => {
    expect([358, 788, 1334, 1408, 1888].map(columnsFor)).toEqual([2, 3, 6, 6, 9]);
    expect(columnsFor(80)).toBe(1);
  });

  it('steps along rows and never leaves', () => {
    expect(stepIn(10, 4, 1)).toBe(5);
    expect(stepIn(10, 9, 1)).toBe(9);
    expect(stepIn(10, 0, -1)).toBe(0);
    expect(stepIn(10, 2, -4)).toBe(2);
    expect(stepIn(10, 2, 4)).toBe(6);
    expect(stepIn(10, 7, 4)).toBe(9);
    expect(stepIn(10, 9, 4)).toBe(9);
  });

  it('finds the next one, round the end', () => {
    expect(nextWhere(5, 3, (index) => index === 1)).toBe(1);
    expect(nextWhere(5, 3, (index) => index === 3)).toBeNull();
    expect(nextWhere(0, 0, () => true)).toBeNull();
  });

  it('shows seven neighbours, fewer where there are fewer', () => {
    expect(windowAround(480, 57, 7)).toEqual([54, 55, 56, 57, 58, 59, 60]);
    expect(windowAround(480, 0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(windowAround(480, 479, 7)[6]).toBe(479);
    expect(windowAround(3, 1, 7)).toEqual([0, 1, 2]);
  });
});
