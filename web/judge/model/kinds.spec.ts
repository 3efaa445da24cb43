import { describe, expect, it } from '@jest/globals';
import { decision, goalOf, isJudged, verdictOf } from './kinds';
import type { Criterion } from './types';

const criterion = (id: string, max = 1): Criterion => ({ id, name: id, weight: 1, min: 0, max, step: 1 });
const score = { kind: 'score' as const, tokens: null, criteria: [criterion('a', 100), criterion('b', 100)] };
const pass = { kind: 'pass' as const, tokens: null, criteria: [criterion('pass')] };
const tokens = { kind: 'tokens' as const, tokens: 3, criteria: [criterion('token')] };

describe('a sheet', () => {
  it('of marks is done when every mark is there, noughts too', () => {
    expect(isJudged(score, { a: 0, b: null })).toBe(false);
    expect(isJudged(score, { a: 0, b: 0 })).toBe(true);
    expect(verdictOf(score, { a: 80, b: 90 })).toEqual({ total: '85' });
    expect(verdictOf(score, { a: 80, b: null })).toBeNull();
    expect(decision(score, { a: 1, b: 1 })).toBeNull();
  });

  it('of pass or fail is done either way', () => {
    expect([1, 0, null].map((mark) => isJudged(pass, { pass: mark }))).toEqual([true, true, false]);
    expect([1, 0, null].map((mark) => verdictOf(pass, { pass: mark }))).toEqual([
      { word: 'passed' },
      { word: 'failed' },
      null,
    ]);
  });

  it('of tokens is done only with the token', () => {
    expect([1, 0, null].map((mark) => isJudged(tokens, { token: mark }))).toEqual([true, false, false]);
    expect(verdictOf(tokens, { token: 0 })).toBeNull();
  });
});

describe('a round is done', () => {
  it('with every work, or with every token that finds one', () => {
    expect(goalOf(score, 9)).toBe(9);
    expect(goalOf(tokens, 9)).toBe(3);
    expect(goalOf(tokens, 2)).toBe(2);
  });
});
