import type { Metadata, Sharp } from 'sharp';
import { profileInExif } from './colour-spaces.js';
import { isPlainSrgb } from './icc.js';
import { isSideways, turnOf, turnsNothing, type Turn } from './orientation.js';
import { previewEdge } from '../whole-size.js';
import { fromPixels, sharp, strict, toPixels, turned, type Pixels } from './sharp-setup.js';
import { tiffOf } from './tiff.js';

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
 * @param profile what the colours mean if the file has no profile of its own; else its EXIF may say
 */
export async function decodePhoto(
  input: string | Buffer,
  profile: Buffer | null = null,
): Promise<DecodedPhoto> {
  const head = await sharp(input, strict).metadata();
  const turn = turnOf(head.orientation);
  const sideways = isSideways(turn);
  return {
    width: sideways ? head.height : head.width,
    height: sideways ? head.width : head.height,
    pixels: await uprightSrgb(input, head, profile, turn),
  };
}

/**
 * Resizing comes first wherever colours allow it. sharp by itself converts a profile's colours at full size,
 * which costs three times the decoding; and for 16-bit pictures it forgets the conversion. So with a profile:
 * shrink in the profile's own space, give what is left the profile in an uncompressed TIFF, convert that.
 */
async function uprightSrgb(
  input: string | Buffer,
  head: Metadata,
  named: Buffer | null,
  turn: Turn,
): Promise<Pixels> {
  // CMYK, Lab and the like cannot be resized in their own space and go the long way; they are rare.
  if (!additive.includes(head.space)) {
    return turnedPixels(await toPixels(shrunk(input, head, {}).toColourspace('srgb')), turn);
  }
  const small = shrunk(input, head, { ignoreIcc: true });
  const icc = profileFor(head, named);
  if (!icc || (head.depth === 'uchar' && isPlainSrgb(icc))) {
    return turnedPixels(await toPixels(small.toColourspace('srgb')), turn);
  }
  const profiled = turned(sharp(await withProfile(small, head.space, icc)), turn);
  // toColourspace forgets the profile of 16-bit pictures; the other way gives the same at half as much cost again.
  return toPixels(
    head.space === 'rgb16'
      ? profiled.withIccProfile('srgb', { attach: false })
      : profiled.toColourspace('srgb'),
  );
}

/** Spaces whose colours can be mixed, and so resized, as they are. */
export const additive = ['srgb', 'rgb16', 'b-w', 'grey16'];

/** What the colours mean: by the file's own profile, by what its container names, or by its EXIF. */
export function profileFor(head: Metadata, named: Buffer | null): Buffer | null {
  return head.icc ?? named ?? (head.exif ? profileInExif(head.exif) : null);
}

/** Ends a pipeline with a file whose colours are said to be the profile's. */
export async function withProfile(pipeline: Sharp, space: string, icc: Buffer): Promise<Buffer> {
  // 16 bits matter to wide gamuts; in grey, where sharp never converts them, 8 are as good.
  const depth = space === 'rgb16' ? 'ushort' : 'uchar';
  const { data, info } = await pipeline
    .toColourspace(space === 'grey16' ? 'b-w' : space)
    .raw({ depth })
    .toBuffer({ resolveWithObject: true });
  const channels = info.channels === 1 ? 1 : 3;
  const { file, pixels } = tiffOf({ width: info.width, height: info.height, channels, depth, icc });
  pixels.set(data);
  return file;
}

function shrunk(input: string | Buffer, head: Metadata, options: { ignoreIcc?: boolean }): Sharp {
  const pipeline = sharp(input, { ...strict, ...options });
  if (head.hasAlpha) pipeline.flatten({ background: '#ffffff' });
  return pipeline.resize(previewEdge, previewEdge, { fit: 'inside', withoutEnlargement: true });
}

async function turnedPixels(pixels: Pixels, turn: Turn): Promise<Pixels> {
  return turnsNothing(turn) ? pixels : toPixels(turned(fromPixels(pixels), turn));
}
