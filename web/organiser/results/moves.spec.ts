import { describe, expect, it } from '@jest/globals';
import type { Override, RankedWork } from '../types';
import { joined, moved, targetOfKey, vacated } from './moves';

const tiers = [{ id: 'first' }, { id: 'second' }];
const placed: Override = { do: 'place', submission: 'a', tier: 'first', places: null, reason: 'jury' };

describe('moved', () => {
  it('gives a work one override at most, and leaves the others', () => {
    const other: Override = { do: 'vacate', submission: null, tier: 'second', places: 1, reason: 'jury' };
    const next = moved([placed, other], 'a', { to: 'out' }, 'withdrawn by the jury');
    expect(next).toEqual([
      other,
      { do: 'out', submission: 'a', tier: null, places: null, reason: 'withdrawn by the jury' },
    ]);
    expect(moved(next, 'a', { to: 'order' }, '')).toEqual([other]);
    expect(moved([], 'b', { to: 'tier', tier: 'second' }, 'r')).toEqual([
      { do: 'place', submission: 'b', tier: 'second', places: null, reason: 'r' },
    ]);
  });
});

describe('vacated', () => {
  it('gives a tier one number of places at most, none for nought, and leaves the others', () => {
    const one = vacated([placed], 'first', 1, 'jury');
    expect(one).toEqual([
      placed,
      { do: 'vacate', submission: null, tier: 'first', places: 1, reason: 'jury' },
    ]);
    expect(vacated(one, 'first', 3, 'again').slice(1)).toEqual([
      { do: 'vacate', submission: null, tier: 'first', places: 3, reason: 'again' },
    ]);
    expect(vacated(one, 'second', 1, 'jury')).toHaveLength(3);
    expect(vacated(one, 'first', 0, 'back')).toEqual([placed]);
  });
});

describe('targetOfKey', () => {
  it('knows tiers, out and back, and nothing that would change nothing', () => {
    const at = (tier: string | null, overridden = false) => ({ tier, overridden });
    expect(targetOfKey('2', tiers, at('first'))).toEqual({ to: 'tier', tier: 'second' });
    expect(targetOfKey('1', tiers, at('first'))).toBeNull();
    expect(targetOfKey('3', tiers, at(null))).toBeNull();
    expect(targetOfKey('0', tiers, at('first'))).toEqual({ to: 'out' });
    expect(targetOfKey('x', tiers, at(null))).toBeNull();
    expect(targetOfKey('u', tiers, at('first', true))).toEqual({ to: 'order' });
    expect(targetOfKey('u', tiers, at('first'))).toBeNull();
  });
});

describe('joined', () => {
  it('keeps each work once, by place', () => {
    const work = (place: number) => ({ place }) as RankedWork;
    expect(joined([work(1), work(3)], [work(3), work(2)]).map(({ place }) => place)).toEqual([1, 2, 3]);
  });
});
