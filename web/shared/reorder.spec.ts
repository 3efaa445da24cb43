import { describe, expect, it } from '@jest/globals';
import { moved } from './reorder';

describe('moved', () => {
  it('puts one item in the place of another', () => {
    expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
    expect(moved(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c']);
  });

  it('leaves the given list alone, and nothing out', () => {
    const list = ['a', 'b'];
    expect(moved(list, 5, 0)).toEqual(['a', 'b']);
    moved(list, 0, 1);
    expect(list).toEqual(['a', 'b']);
  });
});
