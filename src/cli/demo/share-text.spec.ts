import { describe, expect, it } from '@jest/globals';
import { createRng } from './prng.js';
import { shareText } from './share-text.js';

describe('shareText', () => {
  const texts = Array.from({ length: 40 }, (_, i) => shareText(createRng(i), '刘建华', '湘江晨渡'));

  it('holds exactly one short link and the title', () => {
    for (const text of texts) {
      expect(text.match(/https:\/\/v\.douyin\.com\/[A-Za-z0-9]{7}\//g)).toHaveLength(1);
      expect(text).toContain('湘江晨渡');
    }
  });

  it('comes in both shapes that the app has had', () => {
    expect(texts.some((text) => text.includes('打开【抖音短视频】'))).toBe(true);
    expect(texts.some((text) => text.includes('复制打开抖音，看看【刘建华的作品】'))).toBe(true);
  });
});
