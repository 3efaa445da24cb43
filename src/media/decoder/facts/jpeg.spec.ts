import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { bufferBytes } from './bytes.js';
import { factsIn } from './index.js';

describe('a JPEG’s quality', () => {
  it.each([30, 50, 60, 75, 85, 92, 100])('%i is told from its tables', async (quality) => {
    const jpeg = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#888' } })
      .jpeg({ quality })
      .toBuffer();
    const found = factsIn(bufferBytes(jpeg), 'image/jpeg').jpegQuality ?? 0;
    expect(Math.abs(found - quality)).toBeLessThanOrEqual(1);
  });

  it('is unknown of other files, and of damaged tables', () => {
    expect(
      factsIn(bufferBytes(Buffer.from('ffd8ffdb000400010203', 'hex')), 'image/jpeg').jpegQuality,
    ).toBeNull();
    expect(factsIn(bufferBytes(Buffer.from('not a picture')), 'image/png').jpegQuality).toBeNull();
  });
});
