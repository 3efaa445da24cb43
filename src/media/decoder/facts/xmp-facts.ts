import { cameraOf, clean, momentOf, placeOf } from './values.js';
import type { Xmp } from './xmp.js';

/** Facts that stand outside an EXIF block. */
export interface OtherFacts {
  takenAt: string | null;
  camera: string | null;
  lens: string | null;
  gps: { lat: number; lon: number } | null;
  software: string | null;
}

/** The camera's facts as XMP has them (Exif 2.32 for XMP), for files whose EXIF a program left out. */
export function factsInXmp(xmp: Xmp): OtherFacts {
  const taken = xmp.value('exif', 'DateTimeOriginal') ?? xmp.value('photoshop', 'DateCreated');
  return {
    takenAt: momentOf(taken),
    camera: cameraOf(clean(xmp.value('tiff', 'Make')), clean(xmp.value('tiff', 'Model'))),
    lens: clean(xmp.value('exifEx', 'LensModel') ?? xmp.value('aux', 'Lens')),
    gps: place(xmp.value('exif', 'GPSLatitude'), xmp.value('exif', 'GPSLongitude')),
    software: clean(xmp.value('xmp', 'CreatorTool')),
  };
}

function place(lat: string | null, lon: string | null): OtherFacts['gps'] {
  const [north, east] = [degrees(lat), degrees(lon)];
  return north === null || east === null ? null : placeOf(north, east);
}

/** `27,49.5N` or `27,49,30N`. */
function degrees(written: string | null): number | null {
  const match = /^(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])$/.exec(
    written?.trim() ?? '',
  );
  if (!match) return null;
  const size = Number(match[1]) + Number(match[2]) / 60 + Number(match[3] ?? 0) / 3600;
  return /[SW]/.test(match[4]) ? -size : size;
}
