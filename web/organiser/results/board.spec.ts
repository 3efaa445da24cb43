import { describe, expect, it } from '@jest/globals';
import type { RankedWork } from '../types';
import { layOut, secondLookFrom } from './board';

function work(place: number, tier: string | null, spread = '2'): RankedWork {
  return {
    place,
    submission: {
      id: `s${place}`,
      number: `A${place}`,
      title: '',
      author: '',
      community: null,
      thumb: null,
      placeholder: null,
    },
    score: '90.00',
    exact: '90',
    tier,
    skipped: tier ? null : 'NO_ROOM',
    tieBrokenBy: null,
    spread,
    sum: [],
  };
}

describe('layOut', () => {
  const tiers = [
    { id: 'first', name: '一等奖', quota: 2, amountYuan: 1000, filled: 1, vacated: 0 },
    { id: 'good', name: '优秀作品', quota: 30, amountYuan: 100, filled: 1, vacated: 0 },
  ];

  it('puts each work in the column of its tier and the rest beside', () => {
    const { columns, candidates } = layOut({
      tiers,
      ranking: [work(1, 'first'), work(2, null), work(3, 'good')],
    });
    expect(columns.map((column) => column.works.map(({ place }) => place))).toEqual([[1], [3]]);
    expect(columns.map(({ vacant }) => vacant)).toEqual([1, 29]);
    expect(candidates.map(({ place }) => place)).toEqual([2]);
  });

  it('shows a large tier as rows', () => {
    expect(layOut({ tiers, ranking: [] }).columns.map(({ density }) => density)).toEqual(['cards', 'rows']);
  });
});

describe('secondLookFrom', () => {
  it('is one and a half times the median', () => {
    const ranking = ['2.1', '6.8', '1.4', '3.3', '2.6', '4.9'].map((spread, index) =>
      work(index + 1, null, spread),
    );
    expect(secondLookFrom(ranking)).toBeCloseTo(4.425);
  });

  it('says nothing about few works or a panel that agrees', () => {
    expect(secondLookFrom([work(1, null, '9'), work(2, null, '1')])).toBeNull();
    expect(secondLookFrom(Array.from({ length: 6 }, (_, index) => work(index + 1, null, '0')))).toBeNull();
  });
});
