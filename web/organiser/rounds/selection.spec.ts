import { describe, expect, it } from '@jest/globals';
import { proposed, selectionOf } from './selection';

describe('selectionOf', () => {
  const form = proposed('score', 9, null);
  it('takes no more works than there are, and at least one', () => {
    expect(selectionOf({ ...form, count: 9 }, 9)).toEqual({ by: 'number', count: 9, tied: 'in' });
    for (const count of [0, 10, 1.5, ''] as const) expect(selectionOf({ ...form, count }, 9)).toBeNull();
  });

  it('takes a line of zero, but not none', () => {
    expect(selectionOf({ ...form, by: 'threshold', least: 0 }, 9)).toEqual({ by: 'threshold', least: 0 });
    expect(selectionOf({ ...form, by: 'threshold', least: '' }, 9)).toBeNull();
  });

  it('can be tried by hand without a reason', () => {
    const hand = { ...form, by: 'hand', works: ['a'] } as const;
    expect(selectionOf({ ...hand, works: [] }, 9)).toBeNull();
    expect(selectionOf({ ...hand, works: ['a'] }, 9)).toEqual({ by: 'hand', works: ['a'], reason: '—' });
    expect(selectionOf({ ...hand, works: ['a'], reason: ' 复议 ' }, 9)).toMatchObject({ reason: '复议' });
  });
});

describe('proposed', () => {
  it('goes by what the kind of round counts', () => {
    expect(proposed('score', 9, null)).toMatchObject({ by: 'number', count: 5, tied: 'in', least: 60 });
    expect(proposed('pass', 9, 60)).toMatchObject({ by: 'threshold', least: 60 });
    expect(proposed('tokens', 0, null)).toMatchObject({ by: 'number', count: 1, tied: 'out', least: 1 });
  });
});
