/** Boxes that hold boxes, on the way from `moov` to the headers with dates in them (ISO/IEC 14496-12, 8.2 to 8.4). */
const containers = new Set(['moov', 'trak', 'mdia']);
const dated = new Set(['mvhd', 'tkhd', 'mdhd']);

/**
 * A copy of an MP4's boxes with the creation and modification times of the movie and its tracks set to zero,
 * which means unknown. Bytes that are no boxes are left as they are.
 */
export function blankTimes(boxes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(boxes);
  blank(copy, 0, copy.length);
  return copy;
}

function blank(bytes: Uint8Array, from: number, to: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + 8 <= to;) {
    const size = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (size < 8 || at + size > to) return;
    if (containers.has(type)) blank(bytes, at + 8, at + size);
    // Version 0 has two 32-bit times, version 1 two of 64 bits, after one byte of version and three of flags.
    if (dated.has(type)) bytes.fill(0, at + 12, Math.min(at + (bytes[at + 8] === 1 ? 28 : 20), at + size));
    at += size;
  }
}
