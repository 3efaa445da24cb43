import type { Metadata, Sharp } from 'sharp';
import { isPlainSrgb } from './icc.js';
import { isSideways, turnOf, turnsNothing, type Turn } from './orientation.js';
import { fromPixels, sharp, strict, toPixels, turned, type Pixels } from './sharp-setup.js';

/** Largest edge of the preview. 2000, not 2048: a 6000-pixel photo then decodes at half size, a third faster. */
export const previewEdge = 2000;

export interface DecodedPhoto {
  /** The original's size, upright. */
  width: number;
  height: number;
  /** Upright sRGB at the preview's size. */
  pixels: Pixels;
}

/**
 * Decodes a photo once: shrunk to the preview, upright, in sRGB, on white where it was transparent.
 * Every other rendition is made from these pixels.
 * @param input a path, or a file in memory
 */
export async function decodePhoto(input: string | Buffer): Promise<DecodedPhoto> {
  const head = await sharp(input, strict).metadata();
  const turn = turnOf(head.orientation);
  const sideways = isSideways(turn);
  return {
    width: sideways ? head.height : head.width,
    height: sideways ? head.width : head.height,
    pixels: await uprightSrgb(input, head, turn),
  };
}

/**
 * Resizing comes first wherever colours allow it. sharp by itself converts a profile's colours at full size,
 * which costs three times the decoding; and for 16-bit pictures it forgets the conversion. So with a profile:
 * shrink in the profile's own space, carry the profile along in an uncompressed TIFF, convert what is left.
 */
async function uprightSrgb(input: string | Buffer, head: Metadata, turn: Turn): Promise<Pixels> {
  switch (colourPath(head)) {
    case 'convert-small': {
      const small = await shrunk(input, head, {}).keepIccProfile().tiff({ compression: 'none' }).toBuffer();
      return toPixels(turned(sharp(small), turn).toColourspace('srgb'));
    }
    case 'convert-full':
      return turnedPixels(await toPixels(shrunk(input, head, {}).toColourspace('srgb')), turn);
    case 'as-is':
      return turnedPixels(
        await toPixels(shrunk(input, head, { ignoreIcc: true }).toColourspace('srgb')),
        turn,
      );
  }
}

/** CMYK, Lab and the like cannot be resized in their own space and go the long way; they are rare. */
function colourPath({ icc, depth, space }: Metadata): 'as-is' | 'convert-small' | 'convert-full' {
  const additive = ['srgb', 'rgb16', 'b-w', 'grey16'].includes(space);
  if (!additive) return 'convert-full';
  if (!icc || (depth === 'uchar' && isPlainSrgb(icc))) return 'as-is';
  return 'convert-small';
}

function shrunk(input: string | Buffer, head: Metadata, options: { ignoreIcc?: boolean }): Sharp {
  const pipeline = sharp(input, { ...strict, ...options });
  if (head.hasAlpha) pipeline.flatten({ background: '#ffffff' });
  return pipeline.resize(previewEdge, previewEdge, { fit: 'inside', withoutEnlargement: true });
}

async function turnedPixels(pixels: Pixels, turn: Turn): Promise<Pixels> {
  return turnsNothing(turn) ? pixels : toPixels(turned(fromPixels(pixels), turn));
}
