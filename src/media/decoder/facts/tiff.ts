import { part, isPastEnd, type Bytes } from './bytes.js';

/**
 * Tags of a TIFF structure: EXIF blocks and TIFF pictures (TIFF 6.0, section 2; Exif 2.32, 4.6). Only what is asked
 * for is read, wherever in the file it lies; loops and lies of directories lead nowhere.
 */
export class Tags {
  private constructor(private readonly found: ReadonlyMap<string, Entry>) {}

  static in(tiff: Bytes): Tags {
    const found = new Map<string, Entry>();
    const order = tiff.read(0, 2).toString('latin1');
    if (order === 'II' || order === 'MM') {
      const reader = new Reader(tiff, order === 'II');
      try {
        reader.directory(reader.u32(4), 'main', found);
        for (const [holder, pointer, name] of directories) {
          const at = found.get(`${holder} ${pointer}`);
          if (at) reader.directory(reader.numbers(at)[0] ?? NaN, name, found);
        }
      } catch (error) {
        // The end of the data inside a directory: what came before it counts.
        if (!isPastEnd(error)) throw error;
      }
    }
    return new Tags(found);
  }

  /** Text up to its first zero; Exif says ASCII, cameras and phones write UTF-8. */
  text(directory: Directory, tag: number): string | null {
    const entry = this.found.get(`${directory} ${tag}`);
    if (!entry) return null;
    const bytes = entry.bytes();
    const zero = bytes.indexOf(0);
    return bytes.toString('utf8', 0, zero < 0 ? bytes.length : zero);
  }

  bytes(directory: Directory, tag: number): Bytes | null {
    return this.found.get(`${directory} ${tag}`)?.content ?? null;
  }

  /** Whether the numbers are stored with their least byte first. */
  littleEndian(): boolean {
    return [...this.found.values()].some(({ reader }) => reader.little);
  }

  /** Numbers of whatever type, rationals divided; a division by zero gives NaN or Infinity. */
  numbers(directory: Directory, tag: number): number[] {
    const entry = this.found.get(`${directory} ${tag}`);
    return entry ? entry.reader.numbers(entry) : [];
  }
}

export type Directory = 'main' | 'exif' | 'gps' | 'interoperability';

/** Where each is pointed to; a holder comes before what it holds. */
const directories: ReadonlyArray<readonly [holder: Directory, pointer: number, name: Directory]> = [
  ['main', 0x8769, 'exif'],
  ['main', 0x8825, 'gps'],
  ['exif', 0xa005, 'interoperability'],
];

/** Bytes of one value, by TIFF type: BYTE, ASCII, SHORT, LONG, RATIONAL, SBYTE, UNDEFINED, SSHORT, SLONG, SRATIONAL, FLOAT, DOUBLE, IFD. */
const widths = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
const mostEntries = 500;
const mostValues = 16;
const mostBytes = 128 * 1024;

class Entry {
  constructor(
    readonly reader: Reader,
    readonly type: number,
    readonly content: Bytes,
  ) {}

  bytes(): Buffer {
    return this.content.read(0, Math.min(this.content.size, mostBytes));
  }
}

class Reader {
  constructor(
    private readonly tiff: Bytes,
    readonly little: boolean,
  ) {}

  u16(at: number): number {
    const bytes = this.tiff.read(at, 2);
    return this.little ? bytes.readUInt16LE(0) : bytes.readUInt16BE(0);
  }

  u32(at: number): number {
    const bytes = this.tiff.read(at, 4);
    return this.little ? bytes.readUInt32LE(0) : bytes.readUInt32BE(0);
  }

  directory(at: number, name: Directory, found: Map<string, Entry>): void {
    if (!Number.isInteger(at)) return;
    const count = Math.min(this.u16(at), mostEntries);
    for (let index = 0; index < count; index += 1) {
      const entry = at + 2 + 12 * index;
      const tag = this.u16(entry);
      const type = this.u16(entry + 2);
      const size = this.u32(entry + 4) * (widths[type] ?? 0);
      if (size === 0) continue;
      const content = part(this.tiff, size <= 4 ? entry + 8 : this.u32(entry + 8), size);
      if (!found.has(`${name} ${tag}`)) found.set(`${name} ${tag}`, new Entry(this, type, content));
    }
  }

  numbers({ type, content }: Entry): number[] {
    const width = widths[type];
    const count = Math.min(Math.floor(content.size / width), mostValues);
    const bytes = content.read(0, count * width);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const whole = Math.floor(bytes.length / width);
    return Array.from({ length: whole }, (_, index) => numberAt(view, index * width, type, this.little));
  }
}

function numberAt(view: DataView, at: number, type: number, little: boolean): number {
  switch (type) {
    case 3:
      return view.getUint16(at, little);
    case 4:
    case 13:
      return view.getUint32(at, little);
    case 5:
      return view.getUint32(at, little) / view.getUint32(at + 4, little);
    case 6:
      return view.getInt8(at);
    case 8:
      return view.getInt16(at, little);
    case 9:
      return view.getInt32(at, little);
    case 10:
      return view.getInt32(at, little) / view.getInt32(at + 4, little);
    case 11:
      return view.getFloat32(at, little);
    case 12:
      return view.getFloat64(at, little);
    default:
      return view.getUint8(at);
  }
}
