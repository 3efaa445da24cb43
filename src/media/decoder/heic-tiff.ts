import { readFile } from 'node:fs/promises';
import { profileOf } from './colour-spaces.js';
import { DecodeError } from './errors.js';
import { openHeif, type HeifPicture, type HeifPixels } from './heic-libheif.js';
import { tiffOf } from './tiff.js';

/** libheif holds a picture several times over at full size; every phone's 48 megapixels fit in. */
const maxPixels = 50_000_000;

/** The profile of a HEIF file that only names its colours, for pictures that sharp decodes; null where it names none. */
export async function heifProfile(input: string): Promise<Buffer | null> {
  return profileNamed(openHeif(await readFile(input), maxPixels));
}

const profileNamed = ({ codePoints }: HeifPicture): Buffer | null => codePoints && profileOf(codePoints);

/**
 * A HEIC photo as uncompressed TIFF with its colour profile, so that it goes the way of every other photo. It
 * hangs upright already: libheif has turned, mirrored and cropped it, and EXIF, whose orientation has no say in
 * HEIF (ISO/IEC 23008-12, 6.5), is not carried over. Transparent parts lie on white.
 * @throws {DecodeError}
 */
export async function heicAsTiff(input: string): Promise<Buffer> {
  const picture = openHeif(await readFile(input), maxPixels);
  const { width, height } = picture;
  const icc = picture.icc ?? profileNamed(picture);
  if (width * height > maxPixels) {
    throw new DecodeError('MEDIA.TOO_MANY_PIXELS', `HEIC of ${width} × ${height} pixels`);
  }
  const decoded = picture.decode();
  if (decoded.width !== width || decoded.height !== height) {
    throw new DecodeError('MEDIA.UNREADABLE', 'HEIC of another size than it says');
  }
  const tiff = tiffOf({ width, height, channels: 3, depth: decoded.bits > 8 ? 'ushort' : 'uchar', icc });
  copy(decoded, picture, tiff.pixels);
  return tiff.file;
}

function copy(decoded: HeifPixels, picture: HeifPicture, pixels: Buffer): void {
  const { width, height, bits, stride, rows } = decoded;
  if (bits <= 8 && !picture.hasAlpha) {
    for (let y = 0; y < height; y += 1) {
      pixels.set(rows.subarray(y * stride, y * stride + width * 3), y * width * 3);
    }
    return;
  }
  const most = 2 ** bits - 1;
  const inBytes = bits > 8 ? 2 : 1;
  const outMost = bits > 8 ? 65_535 : 255;
  const from = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
  const channels = picture.hasAlpha ? 4 : 3;
  const sample = (at: number) => (inBytes === 2 ? from.getUint16(at, true) : from.getUint8(at)) / most;
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * stride + x * channels * inBytes;
      const alpha = picture.hasAlpha ? sample(at + 3 * inBytes) : 1;
      const weight = picture.premultiplied ? 1 : alpha;
      for (let channel = 0; channel < 3; channel += 1) {
        const value = Math.min(1, sample(at + channel * inBytes) * weight + (1 - alpha));
        to =
          inBytes === 2
            ? pixels.writeUInt16LE(Math.round(value * outMost), to)
            : pixels.writeUInt8(Math.round(value * outMost), to);
      }
    }
  }
}
