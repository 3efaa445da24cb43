import { describe, expect, it } from '@jest/globals';
import type { JudgeSum } from '../types';
import { readSum, signed, weightShares } from './sum';

function judge(
  total: string,
  dropped: JudgeSum['dropped'] = null,
  adjustment: string | null = null,
): JudgeSum {
  return { judge: '评委1', total, dropped, adjustment, counted: null, criteria: [] };
}

describe('readSum', () => {
  it('leaves out what was dropped', () => {
    const sum = [
      judge('95.00', 'highest'),
      judge('93.00'),
      judge('94.20'),
      judge('91.60'),
      judge('80.00', 'lowest'),
    ];
    expect(readSum({ sum, score: '92.93' })).toMatchObject({
      equation: '(93.00 + 94.20 + 91.60) ÷ 3 = 92.93',
      even: true,
    });
  });

  it('counts adjusted totals and fitted ones', () => {
    const sum = [judge('90.00', null, '-1.50'), judge('88.00', null, '+0.50')];
    expect(readSum({ sum, score: '88.50', fitted: { missing: 2, value: '88.50' } }).equation).toBe(
      '((90.00 − 1.50) + (88.00 + 0.50) + 88.50 × 2) ÷ 4 = 88.50',
    );
  });

  it('says ≈ where rounded figures end on another digit', () => {
    const read = readSum({ sum: [judge('90.00'), judge('90.01')], score: '90.02' });
    expect(read).toMatchObject({ equation: '(90.00 + 90.01) ÷ 2 ≈ 90.02', even: false });
  });

  it('adds up points by rank, and finds a median among the totals', () => {
    const sum = ['2.00', '0.50'].map((counted) => ({ ...judge('90.00'), counted }));
    expect(readSum({ sum, score: '2.50' }, 'borda').equation).toBe('2.00 + 0.50 = 2.50');
    const totals = [judge('80.00'), judge('70.00'), judge('75.00', null, '+1.00')];
    expect(readSum({ sum: totals, score: '76.00' }, 'median').equation).toBe('70.00 ≤ 76.00 ≤ 80.00 → 76.00');
  });

  it('reads a single total and none', () => {
    expect(readSum({ sum: [judge('90.00')], score: '90.00' }).equation).toBe('90.00 = 90.00');
    expect(readSum({ sum: [], score: '90.00' }).equation).toBe('90.00');
  });
});

describe('the small words of a sum', () => {
  it('writes signs apart', () => {
    expect([signed('-1.25'), signed('+0.40'), signed('0.4')]).toEqual(['− 1.25', '+ 0.40', '+ 0.4']);
  });

  it('shares weights whatever they add up to', () => {
    expect(weightShares([{ weight: 2 }, { weight: '1' }, { weight: 0 }])).toEqual([66.7, 33.3, 0]);
  });
});
