import { describe, expect, it } from '@jest/globals';
import { isComplete, markProblem } from './marks.js';

describe('a mark', () => {
  it.each([
    [0, null],
    [100, null],
    [57, null],
    [null, null],
    [-1, 'range'],
    [101, 'range'],
    [57.5, 'step'],
    [NaN, 'range'],
    [Infinity, 'range'],
  ])('%p between 0 and 100 by 1: %p', (mark, problem) => {
    expect(markProblem(mark, { min: 0, max: 100, step: 1 })).toBe(problem);
  });

  it('steps are counted from the minimum, exactly, in decimals too', () => {
    expect(markProblem(0.3, { min: 0, max: 10, step: 0.1 })).toBeNull();
    expect(markProblem(9.75, { min: 0, max: 10, step: 0.25 })).toBeNull();
    expect(markProblem(9.8, { min: 0, max: 10, step: 0.25 })).toBe('step');
    expect(markProblem(2, { min: 1, max: 9, step: 2 })).toBe('step');
    expect(markProblem(3, { min: 1, max: 9, step: 2 })).toBeNull();
    expect(markProblem(0.10001, { min: 0, max: 1, step: 0.0001 })).toBe('step');
  });
});

describe('a sheet', () => {
  it('is complete when every criterion has a mark; nought is a mark, null is none', () => {
    const criteria = [{ id: 'c1' }, { id: 'c2' }];
    expect(isComplete({ c1: 0, c2: 5 }, criteria)).toBe(true);
    expect(isComplete({ c1: 0, c2: null }, criteria)).toBe(false);
    expect(isComplete({ c1: 3 }, criteria)).toBe(false);
  });
});
