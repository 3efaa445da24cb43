import type { Bytes } from './bytes.js';
import { Tags } from './tiff.js';
import { cameraOf, clean, momentOf, placeOf, positive, zoneIn } from './values.js';

/** Tags of Exif 2.32, section 4.6, and of TIFF 6.0. */
const main = {
  processingSoftware: 0x000b,
  description: 0x010e,
  make: 0x010f,
  model: 0x0110,
  software: 0x0131,
  modified: 0x0132,
  artist: 0x013b,
  xmp: 0x02bc,
  // C2PA 2.1, A.3.5.
  c2pa: 0xcd41,
};
const exif = {
  exposureTime: 0x829a,
  fNumber: 0x829d,
  iso: 0x8827,
  original: 0x9003,
  digitized: 0x9004,
  zone: 0x9010,
  zoneOriginal: 0x9011,
  zoneDigitized: 0x9012,
  focalLength: 0x920a,
  comment: 0x9286,
  lens: 0xa434,
};
const gps = { latRef: 1, lat: 2, lonRef: 3, lon: 4 };

export interface Exif {
  takenAt: string | null;
  modifiedAt: string | null;
  camera: string | null;
  make: string | null;
  lens: string | null;
  exposure: {
    fNumber: number | null;
    exposureTime: number | null;
    iso: number | null;
    focalLength: number | null;
  };
  gps: { lat: number; lon: number } | null;
  software: string | null;
  processingSoftware: string | null;
  artist: string | null;
  /** Whole, and so never passed on: people write into them, and programs put their labels there. */
  description: string;
  comment: string;
  /** Only TIFF pictures have these here. */
  xmp: Bytes | null;
  c2pa: Bytes | null;
}

export function readExif(tiff: Bytes): Exif {
  const tags = Tags.in(tiff);
  const text = (directory: 'main' | 'exif', tag: number) => clean(tags.text(directory, tag));
  const first = (tag: number) => positive(tags.numbers('exif', tag)[0]);
  const make = text('main', main.make);
  return {
    takenAt: takenAtOf(tags),
    modifiedAt: momentOf(text('main', main.modified), zoneOf(tags, exif.zone)),
    camera: cameraOf(make, text('main', main.model)),
    make,
    lens: text('exif', exif.lens),
    exposure: {
      fNumber: first(exif.fNumber),
      exposureTime: first(exif.exposureTime),
      iso: first(exif.iso),
      focalLength: first(exif.focalLength),
    },
    gps: gpsOf(tags),
    software: text('main', main.software),
    processingSoftware: text('main', main.processingSoftware),
    artist: text('main', main.artist),
    description: tags.text('main', main.description) ?? '',
    comment: commentOf(tags),
    xmp: tags.bytes('main', main.xmp),
    c2pa: tags.bytes('main', main.c2pa),
  };
}

/** With `+08:00` behind it where the camera knew its offset. EXIF itself has no time zone. */
function takenAtOf(tags: Tags): string | null {
  const original = momentOf(tags.text('exif', exif.original));
  if (original) return original + (zoneOf(tags, exif.zoneOriginal) || zoneOf(tags, exif.zone));
  const digitized = momentOf(tags.text('exif', exif.digitized));
  return digitized && digitized + (zoneOf(tags, exif.zoneDigitized) || zoneOf(tags, exif.zone));
}

const zoneOf = (tags: Tags, tag: number): string => zoneIn(tags.text('exif', tag));

function gpsOf(tags: Tags): Exif['gps'] {
  const lat = degrees(tags, gps.lat, gps.latRef, 'S');
  const lon = degrees(tags, gps.lon, gps.lonRef, 'W');
  return lat === null || lon === null ? null : placeOf(lat, lon);
}

/** Degrees, minutes and seconds; a camera that has seconds in its minutes still writes all three. */
function degrees(tags: Tags, tag: number, reference: number, negative: 'S' | 'W'): number | null {
  const parts = tags.numbers('gps', tag);
  if (parts.length !== 3) return null;
  const size = parts[0] + parts[1] / 60 + parts[2] / 3600;
  if (!Number.isFinite(size) || size < 0) return null;
  return tags.text('gps', reference)?.trim() === negative ? -size : size;
}

/** UserComment begins with eight bytes that name its character code (Exif 2.32, 4.6.6 D); many writers forget them. */
function commentOf(tags: Tags): string {
  const content = tags.bytes('exif', exif.comment);
  if (!content) return '';
  const bytes = content.read(0, Math.min(content.size, mostComment));
  const code = bytes.toString('latin1', 0, 8);
  if (code.startsWith('UNICODE')) {
    const text = Buffer.from(bytes.subarray(8, 8 + 2 * Math.floor((bytes.length - 8) / 2)));
    return (looksLittle(text, tags.littleEndian()) ? text : text.swap16()).toString('utf16le');
  }
  const coded = code.startsWith('ASCII\0') || code.startsWith('JIS\0') || code === '\0'.repeat(8);
  return bytes.toString('utf8', coded ? 8 : 0).replace(/\0+$/, '');
}

const mostComment = 128 * 1024;

/** The block's byte order counts, but programs mix them up: text for people has its zeros in the high bytes. */
function looksLittle(text: Buffer, byBlock: boolean): boolean {
  const zeros = [0, 0];
  text.subarray(0, 200).forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] += 1;
  });
  return zeros[0] === zeros[1] ? byBlock : zeros[1] > zeros[0];
}
