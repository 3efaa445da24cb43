import { describe, expect, it } from '@jest/globals';
import type { ScreeningItem } from '../../shared/api-types-desk';
import { countsWithDecisions, tabOf, withDecisions } from './list';

const work = (id: string, status: ScreeningItem['status']) => ({ id, status, reason: null }) as ScreeningItem;
const items = [work('a', 'submitted'), work('b', 'submitted'), work('c', 'accepted')];
const decided = new Map([['a', { decision: 'return' as const, reason: '请补充' }]]);

describe('the list with decisions made since it was fetched', () => {
  it('lets a decided work leave its tab', () => {
    expect(withDecisions(items, decided, 'pending').map(({ id }) => id)).toEqual(['b']);
    expect(withDecisions(items, decided, 'all')[0]).toMatchObject({ status: 'returned', reason: '请补充' });
  });

  it('moves the counts along', () => {
    const counts = { pending: 2, returned: 0, accepted: 1, rejected: 0, all: 3 };
    expect(countsWithDecisions(counts, items, decided)).toEqual({ ...counts, pending: 1, returned: 1 });
  });

  it('knows the tab of every status', () => {
    expect([tabOf('submitted'), tabOf('accepted'), tabOf('draft')]).toEqual(['pending', 'accepted', null]);
  });
});
