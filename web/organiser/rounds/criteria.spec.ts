import { describe, expect, it } from '@jest/globals';
import { methodSentence, readCriterion } from './criteria';

describe('readCriterion', () => {
  const draft = { name: ' 主题 ', weight: 40, min: 0, max: 100, step: 1 } as const;

  it('trims and takes a whole criterion', () => {
    expect(readCriterion(draft)).toEqual({ ...draft, name: '主题' });
  });

  it('refuses what is missing or makes no sense', () => {
    expect(readCriterion({ ...draft, name: ' ' })).toBeNull();
    expect(readCriterion({ ...draft, weight: '' })).toBeNull();
    expect(readCriterion({ ...draft, weight: 0 })).toBeNull();
    expect(readCriterion({ ...draft, max: 0 })).toBeNull();
  });
});

describe('methodSentence', () => {
  it('follows the number of judges where the setting leaves it open', () => {
    expect([0, 3, 4, 5, 9].map((judges) => methodSentence('auto', judges))).toEqual([
      'methodNone',
      'methodMean',
      'methodMean',
      'methodTrimmed',
      'methodTrimmed',
    ]);
    expect(methodSentence('mean', 9)).toBe('methodFixed_mean');
    expect(methodSentence('z_score', 9)).toBe('methodFixed_z_score');
  });

  it('is plain once the round is frozen', () => {
    expect([methodSentence('auto', 3, true), methodSentence('auto', 5, true)]).toEqual([
      'methodFixed_mean',
      'methodFixed_trimmed',
    ]);
  });
});
