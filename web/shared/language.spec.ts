import { describe, expect, it } from '@jest/globals';
import { chooseLanguage, fill } from './language';

describe('chooseLanguage', () => {
  it('is Chinese unless English was chosen', () => {
    expect(chooseLanguage('', null)).toBe('zh');
    expect(chooseLanguage('?lang=fr', 'fr')).toBe('zh');
    expect(chooseLanguage('', 'en')).toBe('en');
  });

  it('lets the address win over what was remembered', () => {
    expect(chooseLanguage('?a=1&lang=en', 'zh')).toBe('en');
    expect(chooseLanguage('?lang=zh', 'en')).toBe('zh');
  });
});

describe('fill', () => {
  it('puts every value in every place of its name', () => {
    expect(fill('{n} 件，共 {n} / {max}', { n: 0, max: 5 })).toBe('0 件，共 0 / 5');
  });

  it('keeps a place without a value visible', () => {
    expect(fill('共 {n} 件')).toBe('共 {n} 件');
  });
});
