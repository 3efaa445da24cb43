import { isPastEnd } from './bytes.js';

/** What CBOR holds, as far as C2PA uses it: byte strings and unknown tags are left out, maps have text keys. */
export type Cbor = string | number | boolean | null | Cbor[] | { [key: string]: Cbor };

const deepest = 12;
const mostItems = 20_000;

/**
 * The first item of a CBOR text (RFC 8949), or null where it is damaged, nested deeper than any claim is, or larger.
 */
export function readCbor(bytes: Buffer): Cbor {
  try {
    return new Reader(bytes).item(0);
  } catch (error) {
    if (isPastEnd(error)) return null;
    throw error;
  }
}

const stop = Symbol('break');

class Reader {
  private at = 0;
  private items = 0;

  constructor(private readonly bytes: Buffer) {}

  item(depth: number): Cbor {
    const value = this.next(depth);
    if (value === stop) throw new RangeError('a break outside an item');
    return value;
  }

  private next(depth: number): Cbor | typeof stop {
    this.items += 1;
    if (depth > deepest || this.items > mostItems) throw new RangeError('too much');
    const first = this.bytes.readUInt8(this.at++);
    const kind = first >> 5;
    if (first === 0xff) return stop;
    const size = this.argument(first & 31);
    switch (kind) {
      case 0:
        return size ?? 0;
      case 1:
        return -1 - (size ?? 0);
      case 2:
        this.string(size);
        return null;
      case 3:
        return this.string(size);
      case 4:
        return this.list(size, depth);
      case 5:
        return this.map(size, depth);
      case 6:
        return this.item(depth + 1);
      default:
        return simple(first & 31);
    }
  }

  /** The number in or behind a first byte; null for a length that is not known beforehand. */
  private argument(short: number): number | null {
    if (short < 24) return short;
    if (short === 31) return null;
    const width = [1, 2, 4, 8][short - 24];
    if (!width) throw new RangeError('a reserved length');
    const from = this.at;
    this.at += width;
    return width === 8 ? Number(this.bytes.readBigUInt64BE(from)) : this.bytes.readUIntBE(from, width);
  }

  private string(size: number | null): string {
    if (size === null) {
      let whole = '';
      for (let piece = this.next(0); piece !== stop; piece = this.next(0)) {
        whole += typeof piece === 'string' ? piece : '';
      }
      return whole;
    }
    const from = this.at;
    this.at += size;
    if (this.at > this.bytes.length) throw new RangeError('a string longer than the data');
    return this.bytes.toString('utf8', from, this.at);
  }

  private list(size: number | null, depth: number): Cbor[] {
    const list: Cbor[] = [];
    for (let index = 0; size === null || index < size; index += 1) {
      const value = this.next(depth + 1);
      if (value === stop) return list;
      list.push(value);
    }
    return list;
  }

  private map(size: number | null, depth: number): Cbor {
    const entries: Array<[string, Cbor]> = [];
    for (let index = 0; size === null || index < size; index += 1) {
      const key = this.next(depth + 1);
      if (key === stop) break;
      const value = this.item(depth + 1);
      if (typeof key === 'string') entries.push([key, value]);
    }
    return Object.fromEntries(entries);
  }
}

function simple(value: number): Cbor {
  if (value === 20) return false;
  return value === 21 ? true : null;
}
