import type { Media } from '../media/media.entity.js';

/**
 * Whether a picture is likely a copy that WeChat compressed. WeChat writes no mark of its own, so this goes by what its
 * copies have in common; the word on the screen is “possibly”.
 *
 * What is known of them:
 * - Sent without 原图 or shown in Moments, a picture is always encoded anew as JPEG and loses its EXIF.
 * - Size: the shorter edge becomes 1440 (measured on about a hundred pictures in Moments: 3024 × 4032 → 1440 × 1920,
 *   4000 × 6000 → 1440 × 2160, 6000 × 6000 → 1440 × 1440; of a panorama the longer: 12000 × 5000 → 1440 × 600);
 *   earlier versions 1080, and in chats the longer edge 1280. Smaller pictures keep their size.
 * - Compression: the same measurements give 0.05 to 0.15 bytes a pixel (303 kB for 1440 × 1920, 305 kB for
 *   1440 × 2160, 279 kB for 1440 × 1440, 112 kB for 1080 × 1920). Real photos at that size have as many at libjpeg's
 *   quality of 60 to 75 (0.02 to 0.16, measured on seven), and at 90, where editors and browsers begin, up to 0.27:
 *   bytes alone don't tell a smooth picture's export from WeChat's copy, so the quality must be as low, too.
 * - Names: Android saves what WeChat shows as `mmexport<milliseconds>.jpg`, its desktop as `微信图片_….jpg`. An original
 *   sent with 原图 gets the same name but keeps EXIF and size.
 * Sources: README of Curzibn/Luban, 1.x and 2.x (its tables “原图 / Luban / Wechat”); for names, README of
 * YelloooBlue/WechatExif. No quantisation table is known to be WeChat's alone, so only the quality is looked at (facts/jpeg.ts).
 */
export function looksWeChatCompressed({
  mime,
  width,
  height,
  bytes,
  originalName,
  facts,
}: Pick<Media, 'mime' | 'width' | 'height' | 'bytes' | 'originalName' | 'facts'>): boolean {
  if (facts?.hasExif === true || !width || !height) return false;
  if (/wechat|微信/i.test(facts?.software ?? '')) return true;
  if (names.test(originalName)) return width * height <= mostPixels;
  if (mime !== 'image/jpeg' || bytes > mostBytesPerPixel * width * height) return false;
  const quality = facts?.jpegQuality ?? null;
  if (quality !== null && quality > bestQuality) return false;
  const [shorter, longer] = [width, height].sort((a, b) => a - b);
  return shorterEdges.has(shorter) || longerEdges.has(longer);
}

const names = /^(thumb)?(mmexport[\da-f]|wx_camera_\d|microMsg\.|微信图片|wechat ?image)/i;
/** Long screenshots keep up to ten megapixels; photos never more than this. */
const mostPixels = 5_000_000;
const mostBytesPerPixel = 0.2;
const bestQuality = 80;
/** One pixel less comes of rounding. */
const shorterEdges = new Set([1080, 1279, 1280, 1440]);
const longerEdges = new Set([1279, 1280, 1440]);
