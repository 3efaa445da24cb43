import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { dms } from './camera.js';
import { profileName } from '../../media/decoder/icc.js';
import { layPixels, withOrientation, type Orientation } from './photos.js';

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

describe('withOrientation', () => {
  const red = () => sharp({ create: { width: 4, height: 2, channels: 3, background: '#f00' } });

  it('leaves the profile that the picture has, or has not', async () => {
    const plain = red().withExif({ IFD0: { Make: '定格' } });
    const { orientation, icc } = await sharp(withOrientation(await plain.jpeg().toBuffer(), 6)).metadata();
    expect([orientation, icc]).toEqual([6, undefined]);

    const wide = await plain.clone().withIccProfile('p3').jpeg().toBuffer();
    const seen = await sharp(withOrientation(wide, 8)).metadata();
    expect([seen.orientation, profileName(seen.icc!)]).toEqual([8, 'sP3C']);
  });
});

describe('dms', () => {
  it('writes degrees, minutes and hundredths of a second', () => {
    expect(dms(27.5)).toBe('27/1 30/1 0/100');
    expect(dms(113.0001)).toBe('113/1 0/1 36/100');
  });
});
