import { describe, expect, it } from '@jest/globals';
import { serifCharacters } from './serif-characters';

describe('serifCharacters', () => {
  it('takes headings of dictionaries, whichever quotes they stand in', () => {
    const characters = serifCharacters([`zh: { prizesHeading: '奖龘', other: '鑫' }, heading: "骉"`]);
    expect(characters).toContain('龘');
    expect(characters).toContain('骉');
    expect(characters).not.toContain('鑫');
  });

  it('holds the loaded contest’s title, digits and letters, each once', () => {
    const characters = [...serifCharacters([])];
    for (const character of '定格·幸福社区2026Az') expect(characters).toContain(character);
    expect(new Set(characters).size).toBe(characters.length);
  });
});
