import { describe, expect, it } from '@jest/globals';
import { pathInArchive } from './file-names.js';

describe('the path of a file', () => {
  const file = { id: 'abcdef01-2345', position: 0, live: true, originalName: 'a.jpg' };

  it('is under its work’s number, or under a name of the draft', () => {
    expect(pathInArchive({ id: '1', number: 'A0001' }, file)).toBe('files/A0001/1-a.jpg');
    expect(pathInArchive({ id: '0123456789', number: null }, file)).toBe('files/draft-01234567/1-a.jpg');
  });

  it('is apart for one that was taken out, so that nothing shares a path', () => {
    expect(pathInArchive({ id: '1', number: 'A0001' }, { ...file, live: false })).toBe(
      'files/A0001/removed/abcdef01-a.jpg',
    );
  });
});
