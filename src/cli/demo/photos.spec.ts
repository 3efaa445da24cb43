import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { dms } from './camera.js';
import { layPixels, type Orientation } from './photos.js';

describe('layPixels', () => {
  // Three by two pixels, all different, so that no turn looks like another.
  const upright = Buffer.from([10, 60, 110, 160, 210, 250]);

  it.each<Orientation>([1, 2, 3, 4, 5, 6, 7, 8])(
    'is undone by a viewer that honours orientation %i',
    async (o) => {
      const stored = await layPixels(sharp(upright, { raw: { width: 3, height: 2, channels: 1 } }), o)
        .toColourspace('b-w')
        .raw()
        .toBuffer({ resolveWithObject: true });
      const { width, height } = stored.info;
      const tagged = await sharp(stored.data, { raw: { width, height, channels: 1 } })
        .withMetadata({ orientation: o })
        .png()
        .toBuffer();
      const seen = await sharp(tagged)
        .autoOrient()
        .toColourspace('b-w')
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([seen.info.width, seen.info.height]).toEqual([3, 2]);
      expect([...seen.data]).toEqual([...upright]);
    },
  );
});

describe('dms', () => {
  it('writes degrees, minutes and hundredths of a second', () => {
    expect(dms(27.5)).toBe('27/1 30/1 0/100');
    expect(dms(113.0001)).toBe('113/1 0/1 36/100');
  });
});
