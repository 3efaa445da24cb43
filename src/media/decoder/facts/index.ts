import { closeSync, fstatSync, openSync } from 'node:fs';
import type { CameraFacts } from '../results.js';
import { readBmff } from './bmff.js';
import { fileBytes, isPastEnd, type Bytes } from './bytes.js';
import { editsOf } from './edits.js';
import { readExif, type Exif } from './exif.js';
import { readJpeg } from './jpeg.js';
import { addXmp, noMetadata, type Metadata } from './metadata.js';
import { readPng } from './png.js';
import { provenanceOf } from './provenance.js';
import { factsInTexts } from './video-tags.js';
import { readWebp } from './webp.js';
import { factsInXmp } from './xmp-facts.js';
import { Xmp } from './xmp.js';

const readers: Readonly<Record<string, (file: Bytes, metadata: Metadata) => void>> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/webp': readWebp,
  'image/avif': readBmff,
  'image/heic': readBmff,
  'image/heif': readBmff,
  'video/mp4': readBmff,
  'video/quicktime': readBmff,
  'image/tiff': (file, metadata) => {
    metadata.exif = file;
  },
};

/**
 * What a photo's or a video's file says of itself: by whom it was taken, when, where, with what, and what was done to
 * it. Reads only the parts in question, in bounded time and memory; damaged metadata counts as missing and never fails
 * a file. `mime` is the sniffed one.
 */
export function readFacts(path: string, mime: string): CameraFacts {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    return factsIn(fileBytes(file, fstatSync(file).size), mime);
  } catch {
    return factsOf(noMetadata(), null, []);
  } finally {
    if (file !== null) closeSync(file);
  }
}

export function factsIn(file: Bytes, mime: string): CameraFacts {
  const metadata = noMetadata();
  attempt(() => readers[mime]?.(file, metadata));
  const exif = attempt(() => metadata.exif && readExif(metadata.exif));
  attempt(() => addParts(metadata, exif));
  const xmp = metadata.xmp.map((packet) => new Xmp(packet));
  return factsOf(metadata, exif, xmp);
}

/** TIFF pictures have as tags what other files have as blocks. */
function addParts(metadata: Metadata, exif: Exif | null): void {
  if (exif?.xmp) addXmp(metadata, exif.xmp);
  metadata.c2pa ??= exif?.c2pa ?? null;
}

/** EXIF first, since cameras write it; XMP where a program kept only that; tags of a video's container. */
function factsOf(metadata: Metadata, exif: Exif | null, xmp: readonly Xmp[]): CameraFacts {
  const others = [...xmp.map(factsInXmp), factsInTexts(metadata)];
  const first = <T>(
    own: T | null | undefined,
    field: (other: (typeof others)[number]) => T | null,
  ): T | null => own ?? others.map(field).find((value) => value !== null) ?? null;
  const takenAt = first(exif?.takenAt, (other) => other.takenAt);
  const camera = first(exif?.camera, (other) => other.camera);
  const exposure = exif?.exposure ?? { fNumber: null, exposureTime: null, iso: null, focalLength: null };
  const gps = first(exif?.gps, (other) => other.gps);
  const exposed = Object.values(exposure).some((value) => value !== null);
  return {
    takenAt,
    camera,
    lens: first(exif?.lens, (other) => other.lens),
    exposure,
    gps,
    software: first(exif?.software, (other) => other.software),
    // Size and orientation alone are left by any program that saves a picture: they are no trace of a camera.
    hasExif: takenAt !== null || camera !== null || exposed || gps !== null,
    edits: editsOf(metadata, exif, xmp, takenAt),
    provenance: attempt(() => provenanceOf(metadata, exif, xmp)) ?? {
      c2pa: false,
      ai: null,
      mark: null,
      generator: null,
    },
    jpegQuality: metadata.jpegQuality,
  };
}

/** Whatever reads past the end, or without end, gives what it had found until then. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (isPastEnd(error)) return null;
    throw error;
  }
}
