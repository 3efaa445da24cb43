import { describe, expect, it } from '@jest/globals';
import { Fraction } from '../arithmetic/fraction.js';
import { choose, type Candidate } from './choose.js';

const works = (...values: (number | null)[]): Candidate[] =>
  values.map((value, index) => ({
    id: String.fromCodePoint(97 + index),
    value: value === null ? null : Fraction.fromDecimalString(value),
  }));
const going = (fates: Map<string, string>, fate: string) =>
  [...fates].filter(([, is]) => is === fate).map(([id]) => id);

describe('a selection by number', () => {
  it('takes so many from the top, whatever their order was', () => {
    const fates = choose(works(3, 9, 5, 7), { by: 'number', count: 2, tied: 'in' });
    expect(going(fates, 'yes')).toEqual(['b', 'd']);
    expect(going(fates, 'no')).toEqual(['a', 'c']);
  });

  it('parts no equal works: all go on, or all wait for a vote', () => {
    const tie = works(9, 5, 5, 5, 1);
    expect(going(choose(tie, { by: 'number', count: 2, tied: 'in' }), 'yes')).toEqual(['a', 'b', 'c', 'd']);
    const out = choose(tie, { by: 'number', count: 2, tied: 'out' });
    expect([going(out, 'yes'), going(out, 'tied')]).toEqual([['a'], ['b', 'c', 'd']]);
    // Nothing is tied where they all fit.
    expect(going(choose(tie, { by: 'number', count: 4, tied: 'out' }), 'tied')).toEqual([]);
  });

  it('takes all there are, and none that got too little', () => {
    expect(going(choose(works(1, null, 2), { by: 'number', count: 9, tied: 'out' }), 'yes')).toEqual([
      'a',
      'c',
    ]);
  });
});

describe('a selection by threshold', () => {
  it('takes the line itself', () => {
    const fates = choose(works(59.99, 60, null, 60.01), { by: 'threshold', least: 60 });
    expect(going(fates, 'yes')).toEqual(['b', 'd']);
  });
});
