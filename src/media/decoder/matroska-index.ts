import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { DecodeError } from './errors.js';

/** Ids of RFC 9559, section 5.1. */
const segment = 0x18538067;
const cluster = 0x1f43b675;
const head = 0x1a45dfa3;

/** Beside its clusters nothing in a segment is larger: ten minutes have a few hundred kilobytes of cues. */
const maxOtherBytes = 64 * 1024 * 1024;

/**
 * Refuses a WebM or Matroska file with an element, other than a cluster, that claims to be larger than any is and
 * than the file. The demuxer believes it, and looks for what follows for as long as it is given.
 * @throws {DecodeError} MEDIA.VIDEO_UNREADABLE
 */
export function checkMatroska(path: string): void {
  const file = openSync(path, 'r');
  try {
    const fileBytes = fstatSync(file).size;
    const buffer = Buffer.alloc(12);
    for (let at = 0; at < fileBytes;) {
      const element = elementAt(buffer.subarray(0, readSync(file, buffer, 0, 12, at)));
      // No EBML, or damage: the demuxer knows how to go on from there.
      if (!element || (at === 0 && element.id !== head)) return;
      const { id, headBytes, size } = element;
      if (
        id !== segment &&
        id !== cluster &&
        size !== null &&
        size > maxOtherBytes &&
        at + size > fileBytes
      ) {
        throw new DecodeError('MEDIA.VIDEO_UNREADABLE', `an element of ${size} bytes in ${fileBytes}`);
      }
      if (id === segment) at += headBytes;
      else if (size === null) return;
      else at += headBytes + size;
    }
  } finally {
    closeSync(file);
  }
}

/** Id and size of an element (RFC 8794, sections 5 and 6); a size of ones only is unknown, null. */
function elementAt(bytes: Buffer): { id: number; headBytes: number; size: number | null } | null {
  const idBytes = lengthOf(bytes[0]);
  const sizeBytes = lengthOf(bytes[idBytes]);
  const headBytes = idBytes + sizeBytes;
  if (idBytes < 1 || idBytes > 4 || sizeBytes < 1 || bytes.length < headBytes) return null;
  let size = bytes[idBytes] & (0xff >> sizeBytes);
  let unknown = size === 0xff >> sizeBytes;
  for (const byte of bytes.subarray(idBytes + 1, headBytes)) {
    size = size * 256 + byte;
    unknown &&= byte === 0xff;
  }
  return { id: bytes.readUIntBE(0, idBytes), headBytes, size: unknown ? null : size };
}

/** Of a number that says its own length by the zeros in front, in bytes; 0 where it has none. */
const lengthOf = (first: number | undefined): number => (first ? Math.clz32(first) - 23 : 0);
