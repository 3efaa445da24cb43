import { open } from 'node:fs/promises';
import ExifReader from 'exifreader';
import type { PhotoReport } from './messages.js';

type Facts = PhotoReport['facts'];
type Tags = Readonly<Record<string, unknown>>;

const MiB = 1024 * 1024;

/**
 * What the camera wrote beside the pixels. Damaged metadata counts as missing: it never fails a photo.
 * `mime` says where to look: a JPEG has it in front, other containers anywhere.
 */
export async function cameraFacts(file: string, mime: string): Promise<Facts> {
  try {
    const { exif = {} } = ExifReader.load(await head(file, mime === 'image/jpeg' ? MiB : 64 * MiB), {
      expanded: true,
    });
    return factsOf({ ...exif });
  } catch {
    return factsOf({});
  }
}

/** The facts in EXIF tags as exifreader names them. Everything in them is a stranger's: bounded and checked. */
export function factsOf(tags: Tags): Facts {
  const takenAt = takenAtOf(tags);
  const camera = cameraOf(text(tags['Make']), text(tags['Model']));
  const exposure = {
    fNumber: positive(ratio(field(tags['FNumber'], 'value'))),
    exposureTime: positive(ratio(field(tags['ExposureTime'], 'value'))),
    iso: count(tags['ISOSpeedRatings']),
    focalLength: positive(ratio(field(tags['FocalLength'], 'value'))),
  };
  const gps = gpsOf(tags);
  const exposed = Object.values(exposure).some((value) => value !== null);
  return {
    takenAt,
    camera,
    lens: text(tags['LensModel']),
    exposure,
    gps,
    software: text(tags['Software']),
    // Size and orientation alone are left by any program that saves a picture: they are no trace of a camera.
    hasExif: takenAt !== null || camera !== null || exposed || gps !== null,
  };
}

async function head(file: string, most: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const length = Math.min((await handle.stat()).size, most);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const field = (tag: unknown, name: 'value' | 'description'): unknown =>
  typeof tag === 'object' && tag !== null && name in tag ? (tag as Record<string, unknown>)[name] : undefined;

/** A tag's text without control characters, at most 120 characters; null where nothing is left. */
function text(tag: unknown): string | null {
  const description = field(tag, 'description');
  if (typeof description !== 'string') return null;
  const clean = description
    .slice(0, 1000)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return Array.from(clean).slice(0, 60).join('') || null;
}

const positive = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;

/** A tag that counts: one number, or a list whose first entry is meant. */
function count(tag: unknown): number | null {
  const value = field(tag, 'value');
  return positive(Array.isArray(value) ? value[0] : value);
}

/** `Canon` and `Canon EOS 5D` make `Canon EOS 5D`; `SONY` and `D5403` make `SONY D5403`. */
function cameraOf(make: string | null, model: string | null): string | null {
  if (!make || !model) return model ?? make;
  const [brand = make] = make.split(' ');
  return model.toLowerCase().startsWith(brand.toLowerCase()) ? model : `${make} ${model}`.slice(0, 120);
}

/** `2019-08-30T10:11:12`, with `+08:00` where the camera knew its offset. EXIF itself has no time zone. */
function takenAtOf(tags: Tags): string | null {
  const original = dateTime(tags['DateTimeOriginal']);
  if (original) return original + offset(tags['OffsetTimeOriginal'] ?? tags['OffsetTime']);
  const digitized = dateTime(tags['DateTimeDigitized']);
  return digitized && digitized + offset(tags['OffsetTimeDigitized'] ?? tags['OffsetTime']);
}

function dateTime(tag: unknown): string | null {
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(text(tag) ?? '');
  if (!match) return null;
  const [, year, month, day, hour, minute, second] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // Cameras whose clock was never set write zeros, or the 31st of February.
  const date = new Date(`${iso}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

const offset = (tag: unknown): string => /^[+-]\d\d:\d\d$/.exec(text(tag) ?? '')?.[0] ?? '';

/** Degrees, south and west negative. Zero and zero is a receiver without a fix, not a place in the Atlantic. */
function gpsOf(tags: Tags): Facts['gps'] {
  const lat = degrees(tags['GPSLatitude'], tags['GPSLatitudeRef'], 'S', 90);
  const lon = degrees(tags['GPSLongitude'], tags['GPSLongitudeRef'], 'W', 180);
  return lat === null || lon === null || (lat === 0 && lon === 0) ? null : { lat, lon };
}

function degrees(tag: unknown, reference: unknown, negative: 'S' | 'W', most: number): number | null {
  const parts = field(tag, 'value');
  if (!Array.isArray(parts) || parts.length !== 3) return null;
  const [whole, minutes, seconds] = parts.map(ratio);
  const size = whole + minutes / 60 + seconds / 3600;
  if (!Number.isFinite(size) || size < 0 || size > most) return null;
  const hemisphere = field(reference, 'value');
  const letter: unknown = Array.isArray(hemisphere) ? hemisphere[0] : hemisphere;
  return letter === negative ? -size : size;
}

/** A rational as exifreader has it: [numerator, denominator]. */
const ratio = (value: unknown): number =>
  Array.isArray(value) && value.length === 2 ? Number(value[0]) / Number(value[1]) : NaN;
