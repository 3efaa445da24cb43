import { describe, expect, it } from '@jest/globals';
import { draftOf, sameComment, sameDraft } from './sheet';
import type { Criterion } from './types';

const criteria: Criterion[] = [
  { id: 'theme', name: '主题', weight: 1, min: 0, max: 100, step: 1 },
  { id: 'idea', name: '创意', weight: 1, min: 0, max: 100, step: 1 },
];

describe('a sheet', () => {
  it('has a mark or null for every criterion, and for no other', () => {
    expect(draftOf(criteria, null)).toEqual({ marks: { theme: null, idea: null }, comment: '' });
    expect(draftOf(criteria, { marks: { theme: 0, gone: 5 }, comment: null })).toEqual({
      marks: { theme: 0, idea: null },
      comment: '',
    });
  });

  it('is the same with a mark missing or null, and never with zero for null', () => {
    expect(sameDraft({ marks: { theme: null }, comment: '' }, { marks: {}, comment: null })).toBe(true);
    expect(sameDraft({ marks: { theme: null }, comment: '' }, { marks: { theme: 0 }, comment: '' })).toBe(
      false,
    );
    expect(sameDraft({ marks: { theme: 1 }, comment: '好' }, { marks: { theme: 1 }, comment: '很好' })).toBe(
      false,
    );
  });

  it('is the same when the server only tidied the comment', () => {
    expect(sameComment(' 构图好\r\n光也好 \u200e', '构图好\n光也好')).toBe(true);
    expect(sameComment('e\u0301', '\u00e9')).toBe(true);
    expect(sameComment('a b', 'ab')).toBe(false);
  });
});
