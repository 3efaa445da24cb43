import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fontFiles } from './fonts.js';
import { charactersOf, settable } from './coverage.js';

let has: (codePoint: number) => boolean;
beforeAll(() => {
  has = charactersOf(readFileSync(fontFiles()[0]));
});

describe('the characters of the font', () => {
  it('are those of Chinese and English text, rare ones among them', () => {
    for (const character of '定格·幸福社区 2026 Az〓“”￥¥—…龘靐㵘堃喆') {
      expect([character, has(character.codePointAt(0)!)]).toEqual([character, true]);
    }
    for (const character of '😀ع') expect(has(character.codePointAt(0)!)).toBe(false);
  });
});

describe('settable', () => {
  it('marks what cannot be set, a joined emoji once, and names it', () => {
    const { data, missing } = settable({ title: '春👨‍👩‍👧节😀', lines: ['好\n的', 3, null], on: true }, has);
    expect(data).toEqual({ title: '春〓节〓', lines: ['好\n的', 3, null], on: true });
    expect(missing).toEqual(['👨‍👩‍👧', '😀']);
  });

  it('drops what is invisible, and half a surrogate pair with it', () => {
    expect(settable('a\u200bb\u202ec\ufeffd\u0000', has).data).toBe('abcd');
    expect(settable('a\ud83d', has).missing).toHaveLength(1);
  });
});
