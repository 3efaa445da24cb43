import { rgbaToThumbHash } from 'thumbhash';
import { fingerprintOf } from '../fingerprint/fingerprint.js';
import type { PhotoReport } from './messages.js';
import type { RenditionName } from './names.js';
import type { Output } from './output.js';
import { fromPixels, toPixels, type Pixels } from './sharp-setup.js';

export interface Picture<Name extends RenditionName> {
  name: Name;
  mime: 'image/jpeg' | 'image/webp';
  bytes: number;
  width: number;
  height: number;
}

/**
 * The large picture (a photo's preview, a video's poster) as JPEG. Progressive would take twice the time for 3 %
 * fewer bytes, WebP four times for a tenth fewer.
 */
export async function writeLarge<Name extends 'preview' | 'poster'>(
  pixels: Pixels,
  name: Name,
  output: Output,
): Promise<Picture<Name>> {
  const jpeg = fromPixels(pixels).jpeg({ quality: 82, chromaSubsampling: '4:2:0' });
  const bytes = await jpeg.toBuffer();
  await output.write(name, bytes);
  return { name, mime: 'image/jpeg', bytes: bytes.length, width: pixels.width, height: pixels.height };
}

export interface SmallPictures {
  renditions: [Picture<'thumb'>, Picture<'small'>];
  placeholder: PhotoReport['placeholder'];
  fingerprint: PhotoReport['fingerprint'];
}

/** Everything smaller, each from the next larger one's pixels: resizing 640 to 320 costs a fiftieth of a new decode. */
export async function writeSmall(large: Pixels, output: Output): Promise<SmallPictures> {
  const thumb = await within(large, 640);
  const small = await within(thumb, 320);
  return {
    renditions: [await writeThumb(thumb, output), await writeLeast(small, output)],
    placeholder: await placeholderOf(small),
    fingerprint: fingerprintOf(small),
  };
}

/** Scaled to fit a square, never enlarged. */
export async function within(pixels: Pixels, edge: number): Promise<Pixels> {
  if (Math.max(pixels.width, pixels.height) <= edge) return pixels;
  return toPixels(fromPixels(pixels).resize(edge, edge, { fit: 'inside' }));
}

async function writeThumb(pixels: Pixels, output: Output): Promise<Picture<'thumb'>> {
  const bytes = await fromPixels(pixels).webp({ quality: 78, effort: 2 }).toBuffer();
  await output.write('thumb', bytes);
  return {
    name: 'thumb',
    mime: 'image/webp',
    bytes: bytes.length,
    width: pixels.width,
    height: pixels.height,
  };
}

/** JPEG, unlike the thumb: spreadsheets and other documents take the file as it is, so the API decodes nothing. */
async function writeLeast(pixels: Pixels, output: Output): Promise<Picture<'small'>> {
  const bytes = await fromPixels(pixels).jpeg({ quality: 80, chromaSubsampling: '4:2:0' }).toBuffer();
  await output.write('small', bytes);
  return {
    name: 'small',
    mime: 'image/jpeg',
    bytes: bytes.length,
    width: pixels.width,
    height: pixels.height,
  };
}

/** A base64 thumbhash. 64 pixels give the same hash as 100, in half the time. */
async function placeholderOf(pixels: Pixels): Promise<string> {
  const { data, info } = await fromPixels(pixels)
    .resize(64, 64, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}
