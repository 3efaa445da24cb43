import { describe, expect, it } from '@jest/globals';
import { middleShare, paceOf, stateOf, toRemind } from './live';

const judge = (done: number, total = 10, more = {}) => ({
  left: false,
  done,
  total,
  expectedEnd: null,
  firstSavedAt: '2026-09-17T08:00:00Z',
  ...more,
});

describe('stateOf', () => {
  const deadline = '2026-09-18T00:00:00Z';
  it('says of each judge the one thing that matters', () => {
    expect(stateOf(judge(0, 0), 0.5, deadline)).toBe('nothing');
    expect(stateOf(judge(0), 0.5, deadline)).toBe('notStarted');
    expect(stateOf(judge(10), 0.5, deadline)).toBe('done');
    expect(stateOf(judge(3, 10, { left: true }), 0.5, deadline)).toBe('left');
    expect(stateOf(judge(5), 0.5, deadline)).toBe('going');
  });

  it('tells who will not make it by the deadline from who is merely behind the others', () => {
    const slow = judge(5, 10, { expectedEnd: '2026-09-18T00:00:01Z' });
    expect(stateOf(slow, 0.5, deadline)).toBe('late');
    expect(stateOf(slow, 0.5, null)).toBe('going');
    expect(stateOf(judge(2), 0.5, null)).toBe('behind');
    // Nobody is behind while hardly anything is done.
    expect(stateOf(judge(1, 100), 0.1, null)).toBe('going');
  });
});

describe('middleShare', () => {
  it('is the middle one’s, or between the two in the middle, without those who left', () => {
    expect(middleShare([judge(1), judge(9), judge(5)])).toBe(0.5);
    expect(middleShare([judge(2), judge(8), judge(0, 10, { left: true })])).toBe(0.5);
    expect(middleShare([judge(0, 0)])).toBe(0);
  });
});

it('toRemind leaves alone who is done, on the way, or gone', () => {
  const states = ['left', 'nothing', 'done', 'notStarted', 'late', 'behind', 'going'] as const;
  expect(toRemind(states.map((state) => ({ id: state, state })))).toEqual(['notStarted', 'late', 'behind']);
});

describe('paceOf', () => {
  it('adds up those who are at it', () => {
    const panel = [judge(8), judge(4), judge(10), judge(0)];
    expect(paceOf(panel, '2026-09-17T08:30:00Z')).toEqual({ per: 'hour', sheets: 24 });
    expect(paceOf(panel, '2026-09-18T08:00:00Z')).toEqual({ per: 'day', sheets: 12 });
    expect(paceOf([judge(0), judge(10)], '2026-09-18T08:00:00Z')).toBeNull();
  });

  it('promises nothing wild in the first minutes', () => {
    expect(paceOf([judge(1)], '2026-09-17T08:00:01Z')).toEqual({ per: 'hour', sheets: 12 });
  });
});
