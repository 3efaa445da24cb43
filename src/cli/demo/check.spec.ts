import { describe, expect, it } from '@jest/globals';
import type { Category, Result } from './api-types.js';
import { awardDifferences } from './check.js';

const category: Category = {
  key: 'photo',
  name: '摄影作品',
  media: 'image',
  limits: { seriesMin: 3, seriesMax: 8, perAuthor: 5 },
  onePrizePerPerson: true,
  prizeTiers: [
    { id: 't1', name: '一等奖', quota: 1, amountYuan: 500 },
    { id: 't2', name: '二等奖', quota: 2, amountYuan: 100 },
  ],
};

function result(tiers: (string | null)[], totals: Result['totals']): Result {
  const filled = (id: string): number => tiers.filter((tier) => tier === id).length;
  return {
    id: 'r',
    ranking: tiers.map((tier) => ({ tier })),
    tiers: ['t1', 't2'].map((id) => ({ id, filled: filled(id) })),
    totals,
  };
}

describe('awardDifferences', () => {
  it('is content when every tier is full and the sums agree', () => {
    const right = result(['t1', 't2', null, 't2', null], { awards: 3, amountYuan: 700 });
    expect(awardDifferences(category, right, 5)).toEqual([]);
  });

  it('names a tier that is short, and the sum that follows', () => {
    const short = result(['t1', 't2', null], { awards: 2, amountYuan: 600 });
    expect(awardDifferences(category, short, 5)).toEqual([
      '摄影作品 二等奖: 1 ≠ 2',
      '摄影作品: 2 awards ≠ 3',
    ]);
  });

  it('names totals that the ranking does not bear out', () => {
    const wrong = result(['t1', 't2', 't2'], { awards: 3, amountYuan: 900 });
    expect(awardDifferences(category, wrong, 3)).toEqual(['摄影作品: totals.amountYuan 900 ≠ 700']);
  });

  it('asks for no more awards than there are people', () => {
    expect(awardDifferences(category, result(['t1', 't2'], { awards: 2, amountYuan: 600 }), 2)).toEqual([]);
  });
});
