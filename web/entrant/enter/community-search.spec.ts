import { describe, expect, it } from '@jest/globals';
import { findCommunities } from './community-search';

const list = [
  ['嵩山路街道', '东湖社区'],
  ['嵩山路街道', '莲花社区'],
  ['泰山路街道', '湖东社区'],
  ['', '响水村'],
].map(([street, name], index) => ({ id: String(index), street: street ?? '', name: name ?? '' }));
const names = (typed: string) => findCommunities(list, typed).map((community) => community.name);

describe('findCommunities', () => {
  it('shows all while nothing is typed', () => {
    expect(names(' ')).toHaveLength(4);
  });

  it('puts names that begin with the typed text first', () => {
    expect(names('湖')).toEqual(['湖东社区', '东湖社区']);
  });

  it('finds by street, and by characters that stand apart', () => {
    expect(names('嵩山路')).toEqual(['东湖社区', '莲花社区']);
    expect(names('嵩莲')).toEqual(['莲花社区']);
    expect(names('响水')).toEqual(['响水村']);
  });

  it('finds nothing for what is not there', () => {
    expect(names('天鹅')).toEqual([]);
    expect(names('花莲')).toEqual([]);
  });
});
