import type { Metadata, Sharp } from 'sharp';
import { isPlainSrgb } from './icc.js';
import type { DecodeJob, WholeSizeReport } from './messages.js';
import { turnOf } from './orientation.js';
import { Output } from './output.js';
import { additive, profileFor, withProfile } from './photo-pixels.js';
import { sharp, strict, turned } from './sharp-setup.js';

/**
 * Writes a photo in its whole size: upright, in sRGB, on white where it was transparent, without metadata. For eyes
 * that look for sharpness and grain: finer than the preview, and with all of its colour.
 */
export async function reportWhole(
  job: DecodeJob,
  input: string | Buffer,
  named: Buffer | null,
): Promise<WholeSizeReport> {
  const output = new Output(job);
  try {
    const head = await sharp(input, strict).metadata();
    const upright = turned(await inSrgb(input, head, named), turnOf(head.orientation));
    // To the disk as it comes: of 65 megapixels the pixels alone would be 200 MB.
    const { width, height, size } = await upright
      .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
      .toFile(output.reserve('full'));
    await output.commit();
    return { name: 'full', mime: 'image/jpeg', bytes: size, width, height };
  } catch (error) {
    await output.discard();
    throw error;
  }
}

/** Nothing is resized here, so that sharp's own conversion, at full size, is the right one wherever it makes it. */
async function inSrgb(input: string | Buffer, head: Metadata, named: Buffer | null): Promise<Sharp> {
  const opened = (options: { ignoreIcc?: boolean }) => {
    const pipeline = sharp(input, { ...strict, ...options });
    return head.hasAlpha ? pipeline.flatten({ background: '#ffffff' }) : pipeline;
  };
  if (!additive.includes(head.space)) return opened({}).toColourspace('srgb');
  const icc = profileFor(head, named);
  if (!icc || (head.depth === 'uchar' && isPlainSrgb(icc))) {
    return opened({ ignoreIcc: true }).toColourspace('srgb');
  }
  // What is transparent is mixed with white in its own space; and in grey of 16 bits sharp converts nothing.
  const itself = head.icc !== undefined && head.space !== 'grey16' && !head.hasAlpha;
  const profiled = itself
    ? opened({})
    : sharp(await withProfile(opened({ ignoreIcc: true }), head.space, icc));
  return head.space === 'rgb16'
    ? profiled.withIccProfile('srgb', { attach: false })
    : profiled.toColourspace('srgb');
}
