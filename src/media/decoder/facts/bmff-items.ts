import { afterHeader, boxesIn, boxIn, zeroEnded } from './boxes.js';
import { ascii, joined, part, u16, u32, type Bytes } from './bytes.js';
import { addExif, addXmp, type Metadata } from './metadata.js';

/** Where an item lies: pieces of the file, or of the box `idat`. */
interface Place {
  inData: boolean;
  pieces: Array<{ at: number; size: number }>;
}

const mostItems = 5000;
/** Cameras write one; a picture in tiles has one for each, and metadata never more than a few. */
const mostPieces = 2000;

/** EXIF and XMP of a HEIC or AVIF picture, which are items of its `meta` box (ISO/IEC 14496-12, 8.11; 23008-12, A.2). */
export function readItems(file: Bytes, meta: Bytes, metadata: Metadata): void {
  const boxes = afterHeader(meta, 4);
  const infos = boxIn(boxes, 'iinf');
  const locations = boxIn(boxes, 'iloc');
  if (!infos || !locations) return;
  const places = placesOf(locations);
  const data = boxIn(boxes, 'idat');
  const version = infos.read(0, 1)[0];
  for (const { type, content } of boxesIn(afterHeader(infos, version === 0 ? 6 : 8))) {
    if (type !== 'infe') continue;
    const item = itemOf(content);
    const place = item && places.get(item.id);
    if (!item || !place) continue;
    const source = place.inData ? data : file;
    if (!source) continue;
    const bytes = joined(place.pieces.map(({ at, size }) => part(source, at, size)));
    if (item.kind === 'Exif') addExif(metadata, tiffIn(bytes));
    else if (item.kind === 'application/rdf+xml') addXmp(metadata, bytes);
  }
}

/** An item's number, and its type, or for `mime` its content type; null where the entry is too old to have one. */
function itemOf(entry: Bytes): { id: number; kind: string } | null {
  const [version] = entry.read(0, 1);
  if (version < 2) return null;
  const wide = version > 2;
  const type = ascii(entry, wide ? 10 : 8, 4);
  if (type !== 'mime') return { id: wide ? u32(entry, 4) : u16(entry, 4), kind: type };
  const name = zeroEnded(entry, wide ? 14 : 12);
  return { id: wide ? u32(entry, 4) : u16(entry, 4), kind: zeroEnded(entry, name.end).text };
}

/** The block begins with how far behind this number its TIFF header lies. */
function tiffIn(block: Bytes): Bytes {
  const skipped = 4 + u32(block, 0);
  return part(block, skipped, block.size - skipped);
}

/** ISO/IEC 14496-12, 8.11.3. Widths of 0, 4 or 8 bytes are declared in front. */
function placesOf(iloc: Bytes): Map<number, Place> {
  const places = new Map<number, Place>();
  const [version, , , , sizes, more] = iloc.read(0, 6);
  const widths = {
    offset: sizes >> 4,
    length: sizes & 15,
    base: more >> 4,
    index: version === 0 ? 0 : more & 15,
  };
  let at = 6;
  const number = (width: number): number => {
    const value =
      width === 0 ? 0 : iloc.read(at, width).readUIntBE(Math.max(0, width - 6), Math.min(width, 6));
    at += width;
    return value;
  };
  const count = Math.min(number(version < 2 ? 2 : 4), mostItems);
  for (let item = 0; item < count; item += 1) {
    const id = number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : number(2) & 15;
    number(2);
    const base = number(widths.base);
    const extents = number(2);
    if (extents > mostPieces) throw new RangeError('an item in too many pieces');
    const pieces: Place['pieces'] = [];
    for (let extent = 0; extent < extents; extent += 1) {
      number(widths.index);
      pieces.push({ at: base + number(widths.offset), size: number(widths.length) });
    }
    if (method < 2) places.set(id, { inData: method === 1, pieces });
  }
  return places;
}
