import { ascii, joined, part, u16, u32, type Bytes } from './bytes.js';
import { addExif, addText, addXmp, type Metadata } from './metadata.js';
import { addSamsungTrailer } from './samsung.js';

/** Markers (ITU-T T.81, table B.1). */
const startOfScan = 0xda;
const endOfImage = 0xd9;
const quantization = 0xdb;
const comment = 0xfe;

const xmpSignature = 'http://ns.adobe.com/xap/1.0/\0';
/** Followed by a GUID of 32 bytes, the whole length and this piece's offset (XMP specification, part 3, 1.1.3.1). */
const extendedXmpSignature = 'http://ns.adobe.com/xmp/extension/\0';
const extendedXmpHeader = extendedXmpSignature.length + 40;
const mostSegments = 2000;

/** Segments up to the first scan, and what Samsung puts behind the end. */
export function readJpeg(file: Bytes, metadata: Metadata): void {
  const extended: Bytes[] = [];
  const jumbf: Bytes[] = [];
  try {
    for (const { marker, payload } of segments(file)) {
      if (marker === 0xe1) readApp1(payload, metadata, extended);
      else if (marker === 0xeb) addJumbf(payload, jumbf);
      else if (marker === quantization) metadata.jpegQuality ??= qualityOf(payload);
      else if (marker === comment) {
        addText(metadata, 'Comment', payload.read(0, payload.size).toString('utf8'));
      }
      // Some Chinese services put their AI label into a segment of its own, without any specification.
      else if (ascii(payload, 0, 4) === 'AIGC') {
        addText(metadata, 'AIGC', payload.read(0, payload.size).toString('utf8'));
      }
    }
  } finally {
    if (extended.length > 0) addXmp(metadata, joined(extended));
    if (jumbf.length > 0) metadata.c2pa = joined(jumbf);
  }
  addSamsungTrailer(file, metadata);
}

function* segments(file: Bytes): Generator<{ marker: number; payload: Bytes }> {
  let at = 2;
  for (let count = 0; count < mostSegments && at + 4 <= file.size; count += 1) {
    const [fill, marker] = file.read(at, 2);
    if (fill !== 0xff) return;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === startOfScan || marker === endOfImage) return;
    const length = u16(file, at + 2);
    if (length < 2) return;
    yield { marker, payload: part(file, at + 4, length - 2) };
    at += 2 + length;
  }
}

function readApp1(payload: Bytes, metadata: Metadata, extended: Bytes[]): void {
  const start = ascii(payload, 0, extendedXmpSignature.length);
  if (start.startsWith('Exif\0')) addExif(metadata, payload);
  else if (start.startsWith(xmpSignature)) addXmp(metadata, after(payload, xmpSignature.length));
  else if (start === extendedXmpSignature) extended.push(after(payload, extendedXmpHeader));
}

/**
 * A piece of a box of ISO/IEC 19566-5, annex D.2: `JP`, box instance (2 bytes), packet sequence (4), and the box's own
 * header repeated in front of every piece but kept once. C2PA 2.1, A.3.1.
 */
function addJumbf(payload: Bytes, pieces: Bytes[]): void {
  if (ascii(payload, 0, 2) !== 'JP' || ascii(payload, 12, 4) !== 'jumb') return;
  const header = u32(payload, 8) === 1 ? 16 : 8;
  pieces.push(after(payload, u32(payload, 4) === 1 ? 8 : 8 + header));
}

const after = (bytes: Bytes, from: number): Bytes => part(bytes, from, bytes.size - from);

/** Sum of the luminance table that libjpeg scales (T.81, table K.1). */
const sumAt50 = 3688;

/**
 * The quality setting of libjpeg that gives a luminance table (0) like this one, by the ratio of their sums:
 * jcparam.c scales table K.1 by 5000/q per cent below 50 and by 200 − 2q from there on. Encoders with tables of
 * their own get the nearest number, which is all that is wanted of it; under 25 libjpeg cuts its numbers off.
 */
export function qualityOf(tables: Bytes): number | null {
  for (let at = 0; at < tables.size;) {
    const [kind] = tables.read(at, 1);
    const wide = kind >> 4 === 1;
    const entries = tables.read(at + 1, wide ? 128 : 64);
    if (entries.length < (wide ? 128 : 64)) return null;
    if ((kind & 15) === 0) {
      let sum = 0;
      for (let entry = 0; entry < 64; entry += 1) {
        sum += wide ? entries.readUInt16BE(2 * entry) : entries[entry];
      }
      const percent = (100 * sum) / sumAt50;
      const quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
      return Math.max(1, Math.min(100, Math.round(quality)));
    }
    at += 1 + entries.length;
  }
  return null;
}
