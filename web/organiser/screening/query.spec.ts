import { describe, expect, it } from '@jest/globals';
import { readQuery, writeQuery } from './query';

describe('the filters in the address', () => {
  it('reads what it wrote', () => {
    const query = { status: 'returned' as const, q: 'A10', category: 'photo' };
    expect(readQuery(writeQuery(query) as Record<string, string>)).toEqual(query);
  });

  it('leaves defaults out and ignores the unknown', () => {
    expect(writeQuery({ status: 'pending', q: '', category: '' })).toEqual({});
    expect(readQuery({ status: 'nonsense', q: ['a', 'b'] })).toEqual({
      status: 'pending',
      q: '',
      category: '',
    });
  });
});
