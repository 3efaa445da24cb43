import { describe, expect, it } from '@jest/globals';
import { fill } from '../../shared/language';
import { usualScoring } from './scoring';
import { scoringSentences } from './scoring-sentences';
import { scoringWords } from './scoring-words';

const say = (key: keyof typeof scoringWords.zh, values?: Record<string, string | number>) =>
  fill(scoringWords.zh[key], values);

describe('scoringSentences', () => {
  it('says that nothing is rounded, and ends every chain with the draw', () => {
    expect(scoringSentences({ ...usualScoring, ties: ['median', 'chair'] }, say)).toEqual([
      '得分不取整，名次按精确的得分排。',
      '同分时依次比较：中位数 → 评委会主席裁定 → 抽签。',
    ]);
  });

  it('says what is rounded, and which way', () => {
    const rounding = {
      sheet: { places: 0, mode: 'down' },
      score: { places: 2, mode: 'half-away' },
    } as const;
    expect(scoringSentences({ rounding, ties: [] }, say)).toEqual([
      '每位评委的总分：取整数，舍去零头。',
      '最后得分：2 位小数，四舍五入。',
      '同分时依次比较：抽签。',
    ]);
  });
});
