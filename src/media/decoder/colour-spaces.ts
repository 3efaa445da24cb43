import { bufferBytes } from './facts/bytes.js';
import { Tags } from './facts/tiff.js';
import { parametric, rgbProfile, table, type Colorants } from './icc-write.js';

/**
 * Profiles for pictures that name their colours and carry no profile. Unread, a wide gamut looks pale and a
 * high dynamic range grey. Colorants are each space's primaries (D65), adapted to D50 after Bradford.
 */

const srgb: Colorants = [
  [0.43603, 0.22248, 0.01393],
  [0.3851, 0.7169, 0.09709],
  [0.14309, 0.06062, 0.71419],
];
const displayP3: Colorants = [
  [0.5151, 0.24118, -0.00105],
  [0.29196, 0.69224, 0.04188],
  [0.15715, 0.06658, 0.78438],
];
const bt2020: Colorants = [
  [0.67346, 0.27903, -0.00193],
  [0.16566, 0.67534, 0.02998],
  [0.1251, 0.04563, 0.79716],
];
const adobeRgb: Colorants = [
  [0.60972, 0.3111, 0.01947],
  [0.20526, 0.62567, 0.06088],
  [0.14923, 0.06323, 0.74485],
];

/** IEC 61966-2-1. */
const srgbCurve = parametric(2.4, [1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]);

/** Code points of ITU-T H.273: colour primaries and transfer characteristics. */
export interface CodePoints {
  primaries: number;
  transfer: number;
}

const colorantsOf: Readonly<Record<number, Colorants>> = { 9: bt2020, 12: displayP3 };
const pq = 16;
const hlg = 18;

/**
 * The profile that code points stand for; null where they mean sRGB or nothing. Cameras write BT.601's and
 * BT.709's points for pictures that every viewer shows as sRGB, so those are taken as such.
 */
export function profileOf({ primaries, transfer }: CodePoints): Buffer | null {
  const colorants = colorantsOf[primaries];
  switch (transfer) {
    case pq:
      return rgbProfile(
        colorants ?? srgb,
        table((value) => toned(pqNits(value))),
      );
    case hlg:
      return rgbProfile(
        colorants ?? srgb,
        table((value) => toned(hlgNits(value))),
      );
    default:
      return colorants ? rgbProfile(colorants, srgbCurve) : null;
  }
}

/** BT.2100-2, table 4: the perceptual quantizer, in cd/m². */
export function pqNits(value: number): number {
  const power = value ** (32 / 2523);
  return 10_000 * (Math.max(0, power - 107 / 128) / (2413 / 128 - (2392 / 128) * power)) ** (8192 / 1305);
}

/** BT.2100-2, table 5: hybrid log-gamma on a screen of 1,000 cd/m², each channel by itself. */
export function hlgNits(value: number): number {
  const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];
  const light = value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - c) / a) + b) / 12;
  return 1000 * light ** 1.2;
}

/**
 * Reinhard's curve (2002, equation 4): 1,000 cd/m² and more become white. Paper white, 203 cd/m² by BT.2408,
 * stays half of that, which leaves the lights above it room.
 */
export function toned(nits: number): number {
  const light = nits / 203;
  const white = 1000 / 203;
  return Math.min(1, (light * (1 + light / white ** 2)) / (1 + light));
}

const indexTag = 0x0001;
const colourSpaceTag = 0xa001;

/**
 * Adobe RGB, where EXIF says so in the way of cameras (DCF 2.0: interoperability index R03) and no profile does.
 * A program that converted such a photo may have left the index and set the colour space to sRGB, which is 1.
 */
export function profileInExif(exif: Buffer): Buffer | null {
  if (!exif.includes('R03\0', 0, 'latin1')) return null;
  const tags = Tags.in(bufferBytes(exif.subarray(exif.indexOf(0) === 4 ? 6 : 0)));
  const says =
    tags.text('interoperability', indexTag) === 'R03' && tags.numbers('exif', colourSpaceTag)[0] !== 1;
  return says ? rgbProfile(adobeRgb, parametric(563 / 256)) : null;
}
