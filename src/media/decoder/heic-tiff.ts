import { profileOf } from './colour-spaces.js';
import { DecodeError } from './errors.js';
import type { HeifPicture, HeifPixels } from './heic-libheif.js';
import { tiffOf } from './tiff.js';

/**
 * libheif holds a picture several times at full size. Measured for the whole process: 48 megapixels of 8 bits
 * 0.6 GB, of 10 bits 1.0; 108 of 8 bits 1.1. Phones of 50 megapixels (8192 × 6144 is 50.3 million) and of 64 fit in.
 */
const maxPixels = 65_000_000;

/**
 * A HEIC photo as uncompressed TIFF with its colour profile, so that it goes the way of every other photo. It
 * hangs upright already: libheif has turned, mirrored and cropped it, and EXIF, whose orientation has no say in
 * HEIF (ISO/IEC 23008-12, 6.5), is not carried over. Transparent parts lie on white.
 * @throws {DecodeError}
 */
export function heicAsTiff(picture: HeifPicture): Buffer {
  const { width, height } = picture;
  if (width * height > maxPixels) {
    throw new DecodeError('MEDIA.TOO_MANY_PIXELS', `HEIC of ${width} × ${height} pixels`);
  }
  const decoded = picture.decode();
  if (decoded.width !== width || decoded.height !== height) {
    throw new DecodeError('MEDIA.UNREADABLE', 'HEIC of another size than it says');
  }
  const depth = decoded.bits > 8 ? 'ushort' : 'uchar';
  const tiff = tiffOf({ width, height, channels: 3, depth, icc: picture.icc ?? profileNamed(picture) });
  if (depth === 'uchar' && !picture.hasAlpha) copyRows(decoded, tiff.pixels);
  else copySamples(decoded, picture, tiff.pixels);
  return tiff.file;
}

/** The profile for colours that a HEIF file only names; null where it names none or sRGB. */
export const profileNamed = ({ codePoints }: HeifPicture): Buffer | null =>
  codePoints && profileOf(codePoints);

function copyRows({ width, height, stride, rows }: HeifPixels, pixels: Buffer): void {
  for (let y = 0; y < height; y += 1) {
    pixels.set(rows.subarray(y * stride, y * stride + 3 * width), y * 3 * width);
  }
}

/** Spreads samples over the whole of one or two bytes, and lays what is transparent on white. */
function copySamples(decoded: HeifPixels, picture: HeifPicture, pixels: Buffer): void {
  const { width, height, bits, stride, rows } = decoded;
  const { hasAlpha, premultiplied } = picture;
  const channels = hasAlpha ? 4 : 3;
  const Samples = bits > 8 ? Uint16Array : Uint8Array;
  // Both are of this machine's byte order, which is TIFF's here: little-endian, as all that Node runs on.
  const viewed = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
    new Samples(buffer as ArrayBuffer, byteOffset, byteLength / Samples.BYTES_PER_ELEMENT);
  const from = viewed(rows);
  const to = viewed(pixels);
  const scale = (bits > 8 ? 65_535 : 255) / (2 ** bits - 1);
  const white = 2 ** bits - 1;
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    const row = (y * stride) / Samples.BYTES_PER_ELEMENT;
    for (let pixel = row; pixel < row + channels * width; pixel += channels) {
      const alpha = hasAlpha ? (from[pixel + 3] ?? 0) / white : 1;
      const share = premultiplied ? 1 : alpha;
      const rest = (1 - alpha) * white;
      for (let channel = 0; channel < 3; channel += 1) {
        const value = (from[pixel + channel] ?? 0) * share + rest;
        to[at] = Math.round(Math.min(value, white) * scale);
        at += 1;
      }
    }
  }
}
