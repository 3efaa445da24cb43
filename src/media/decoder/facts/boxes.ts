import { ascii, part, u32, u64, type Bytes } from './bytes.js';

/** A box of ISO/IEC 14496-12, 4.2; `uuid` in hexadecimal where the type is `uuid`. */
export interface Box {
  type: string;
  uuid: string;
  content: Bytes;
}

/** More boxes side by side than any camera writes. */
const mostBoxes = 5000;

/** The boxes on one level, in order; a damaged one ends the list. */
export function* boxesIn(bytes: Bytes): Generator<Box> {
  let at = 0;
  for (let count = 0; count < mostBoxes && at + 8 <= bytes.size; count += 1) {
    const short = u32(bytes, at);
    const type = ascii(bytes, at + 4, 4);
    const size = short === 1 ? u64(bytes, at + 8) : short === 0 ? bytes.size - at : short;
    const isUuid = type === 'uuid';
    const header = (short === 1 ? 16 : 8) + (isUuid ? 16 : 0);
    if (size < header || !Number.isSafeInteger(size)) return;
    yield {
      type,
      uuid: isUuid ? bytes.read(at + header - 16, 16).toString('hex') : '',
      content: part(bytes, at + header, size - header),
    };
    at += size;
  }
}

export function boxIn(bytes: Bytes, type: string): Bytes | null {
  for (const box of boxesIn(bytes)) if (box.type === type) return box.content;
  return null;
}

export const afterHeader = (bytes: Bytes, length: number): Bytes => part(bytes, length, bytes.size - length);

/** A text that ends with a zero, and where what follows begins; at most `most` bytes of it. */
export function zeroEnded(bytes: Bytes, at: number, most = 200): { text: string; end: number } {
  const buffer = bytes.read(at, most);
  const zero = buffer.indexOf(0);
  const length = zero < 0 ? buffer.length : zero;
  return { text: buffer.toString('utf8', 0, length), end: at + length + 1 };
}
