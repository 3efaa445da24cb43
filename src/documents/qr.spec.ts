import { describe, expect, it } from '@jest/globals';
import jsqr from 'jsqr';
import sharp from 'sharp';
import { qrSvg } from './qr.js';

/** What a phone's camera reads; jsqr is CommonJS, whose function stands under `default`. */
const decode = jsqr as unknown as typeof jsqr.default;

describe('qrSvg', () => {
  it.each([
    'https://dingge.example.org/r/Zm9vYmFyYmF6cXV4enl6eg',
    'http://192.168.1.20:3000/c/tianyuan-2019',
    `https://dingge.example.org/c/${'x'.repeat(120)}`,
    'https://例子.中国/c/定格',
  ])('reads as %s', async (text) => {
    const { data, info } = await sharp(Buffer.from(qrSvg(text)), { density: 72 })
      .resize(600, 600, { kernel: 'nearest' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(decode(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(text);
  });
});
