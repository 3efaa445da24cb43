import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { tiffOf } from './tiff.js';

describe('a TIFF frame', () => {
  it.each([
    { width: 1, height: 1, channels: 1, depth: 'uchar' },
    { width: 7, height: 5, channels: 3, depth: 'uchar' },
    { width: 5, height: 200, channels: 3, depth: 'uchar' },
    { width: 3, height: 64, channels: 1, depth: 'ushort' },
    { width: 33, height: 129, channels: 3, depth: 'ushort' },
  ] as const)('holds its pixels: %o', async (shape) => {
    const { file, pixels } = tiffOf({ ...shape, icc: null });
    for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * 31) & 255;
    const { space, icc, ...head } = await sharp(file).metadata();
    expect(head).toMatchObject({ format: 'tiff', ...shape });
    expect(icc).toBeUndefined();
    const read = await sharp(file).toColourspace(space).raw({ depth: shape.depth }).toBuffer();
    expect(read.equals(pixels)).toBe(true);
  });

  it.each([128, 129, 3000])('carries a profile of %i bytes', async (length) => {
    const profile = Buffer.alloc(length, 0x41);
    const shape = { width: 9, height: 9, channels: 3, depth: 'uchar' } as const;
    const { icc, width } = await sharp(tiffOf({ ...shape, icc: profile }).file).metadata();
    expect([width, icc?.equals(profile)]).toEqual([9, true]);
  });
});
