import { ascii, part, type Bytes } from './bytes.js';
import { addExif, addXmp, type Metadata } from './metadata.js';

const mostChunks = 5000;

/** WebP container specification (RFC 9649, 2.7); C2PA 2.1, A.3.7: a chunk of its own. */
export function readWebp(file: Bytes, metadata: Metadata): void {
  let at = 12;
  for (let count = 0; count < mostChunks && at + 8 <= file.size; count += 1) {
    const type = ascii(file, at, 4);
    const length = file.read(at + 4, 4).readUInt32LE(0);
    const chunk = part(file, at + 8, length);
    if (type === 'EXIF') addExif(metadata, chunk);
    else if (type === 'XMP ') addXmp(metadata, chunk);
    else if (type === 'C2PA') metadata.c2pa ??= chunk;
    at += 8 + length + (length % 2);
  }
}
