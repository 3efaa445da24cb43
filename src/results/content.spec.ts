import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../audit/chain.js';
import { type ContentEntry, lineOf } from './content.js';

describe('the line of a work', () => {
  const entry: ContentEntry = {
    ...{
      id: 'w',
      place: 1,
      sequence: 7,
      sheets: 5,
      score: '92.00',
      exact: '92/1',
      group: 1,
      decidedBy: 'median',
    },
    ...{ person: 'p', excluded: null, tier: null, skipped: 'BELOW_FLOOR', overridden: false },
    passed: [{ tier: 't', reason: 'BELOW_FLOOR' }],
  };

  it.each([entry, { ...entry, tier: 't', skipped: null, passed: [], values: ['2/1', '1/2'] }])(
    'is canonical JSON, every member in it',
    (one) => {
      expect(lineOf(one)).toBe(canonicalJson(one));
    },
  );
});
