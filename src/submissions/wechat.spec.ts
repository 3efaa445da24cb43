import { describe, expect, it } from '@jest/globals';
import { looksWeChatCompressed } from './wechat.js';

const bare = { hasExif: false, jpegQuality: 70 };
const copy = {
  mime: 'image/jpeg',
  width: 1440,
  height: 1920,
  bytes: 303_000,
  originalName: 'IMG_1.jpg',
  facts: bare,
};

describe('a copy compressed by WeChat', () => {
  it.each([
    ['a photo in Moments', {}],
    ['lying down', { width: 2160, height: 1440, bytes: 305_000 }],
    ['square', { width: 1440, height: 1440, bytes: 279_000 }],
    ['a panorama', { width: 1440, height: 600, bytes: 123_000 }],
    ['from an earlier version', { width: 1080, height: 1920, bytes: 112_000 }],
    ['from a chat', { width: 960, height: 1280, bytes: 90_000 }],
    [
      'saved by Android under its own name',
      { originalName: 'mmexport1690000000000.jpg', width: 1548, height: 2064, bytes: 147_000 },
    ],
    ['saved with a hash for a name', { originalName: 'mmexport673f7593af33172f9497aefc2d94d6c5.jpeg' }],
    [
      'saved by the desktop',
      { originalName: '微信图片_20230801120000.jpg', width: 1000, height: 800, bytes: 90_000 },
    ],
    ['from before its quality was known', { facts: { hasExif: false } }],
  ])('is told: %s', (_name, change) => {
    expect(looksWeChatCompressed({ ...copy, ...change })).toBe(true);
  });

  it.each([
    [
      'an original that went through WeChat',
      { originalName: 'mmexport1690000000000.jpg', facts: { hasExif: true } },
    ],
    [
      'an original without EXIF that went through WeChat',
      { originalName: 'mmexport1690000000000.jpg', width: 4000, height: 3000, bytes: 5_000_000 },
    ],
    [
      'an export of an editor at 1080 pixels',
      { width: 1080, height: 1350, bytes: 280_000, facts: { hasExif: false, jpegQuality: 90 } },
    ],
    [
      'a smooth picture, well exported',
      { width: 1440, height: 1920, bytes: 150_000, facts: { hasExif: false, jpegQuality: 92 } },
    ],
    ['a picture of many bytes', { bytes: 900_000 }],
    ['a size that WeChat does not make', { width: 1600, height: 2400 }],
    ['a PNG', { mime: 'image/png' }],
    ['a name that only sounds like it', { originalName: '我的微信图片.jpg', width: 1600, height: 2400 }],
    ['nothing processed yet', { width: null, height: null, facts: null }],
  ])('is not seen in %s', (_name, change) => {
    expect(looksWeChatCompressed({ ...copy, ...change })).toBe(false);
  });
});
