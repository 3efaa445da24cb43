import { describe, expect, it } from '@jest/globals';
import { differenceOf, inChosenOrder, matchFiles, type FileIdentity } from './match';

const file = (changes: Partial<FileIdentity> = {}): FileIdentity => ({
  name: 'IMG_1.JPG',
  bytes: 1000,
  mark: 'aa',
  lastModified: 5,
  ...changes,
});

describe('differenceOf', () => {
  it('goes by the mark, whatever the phone calls the file now', () => {
    expect(differenceOf(file({ name: 'image.jpg', lastModified: 9 }), file())).toBeNull();
    expect(differenceOf(file({ mark: 'bb' }), file())).toBe('content');
    expect(differenceOf(file({ bytes: 999, mark: 'bb' }), file())).toBe('size');
  });

  it('goes by size and date where one of the two has no mark', () => {
    expect(differenceOf(file({ mark: null }), file())).toBeNull();
    expect(differenceOf(file({ lastModified: 6 }), file({ mark: null }))).toBe('date');
  });
});

describe('matchFiles', () => {
  it('gives each unfinished upload one file at most', () => {
    const [first, second] = [file(), file({ mark: 'bb' })];
    const picked = [file({ mark: 'cc' }), second, first, file({ name: 'again.jpg' })];
    const { pairs, rest } = matchFiles(picked, [first, second]);
    expect(pairs).toEqual([
      { file: second, upload: second },
      { file: first, upload: first },
    ]);
    expect(rest.map(({ name, mark }) => [name, mark])).toEqual([
      ['IMG_1.JPG', 'cc'],
      ['again.jpg', 'aa'],
    ]);
  });
});

describe('inChosenOrder', () => {
  it('sorts what was chosen here and leaves the rest in its place', () => {
    const chosen = new Map([
      ['c', 1],
      ['a', 2],
      ['d', 3],
    ]);
    expect(inChosenOrder(['old', 'a', 'c', 'd'], chosen)).toEqual(['old', 'c', 'a', 'd']);
    expect(inChosenOrder(['d', 'old', 'c'], chosen)).toEqual(['c', 'old', 'd']);
    expect(inChosenOrder(['x', 'y'], new Map())).toEqual(['x', 'y']);
  });
});
