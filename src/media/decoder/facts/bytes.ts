import { readSync } from 'node:fs';

/** Bytes that can be looked at anywhere, a piece at a time. A read past the end gives fewer than were asked for. */
export interface Bytes {
  readonly size: number;
  read(at: number, length: number): Buffer;
}

/** All that is ever read of one file for its metadata, in bytes and in steps; no real file comes near. */
const mostBytes = 16 * 1024 * 1024;
const mostReads = 30_000;
/** Headers lie close together: one read serves several. */
const window = 512;

/**
 * An open file, of which only what is asked for is read. Synchronous, because a decoding process does one thing
 * at a time and a hop through the thread pool costs more than the read.
 * @throws {RangeError} once a file has made its reader ask for more than any real file does.
 */
export function fileBytes(descriptor: number, size: number): Bytes {
  let from = 0;
  let held = Buffer.alloc(0);
  let bytes = 0;
  let reads = 0;
  return {
    size,
    read(at, length) {
      if (at < 0 || length <= 0 || at >= size) return Buffer.alloc(0);
      if (at >= from && at + length <= from + held.length) {
        return held.subarray(at - from, at - from + length);
      }
      const wanted = Math.min(Math.max(length, window), size - at);
      reads += 1;
      bytes += wanted;
      if (bytes > mostBytes || reads > mostReads) throw new RangeError('metadata without end');
      const buffer = Buffer.alloc(wanted);
      held = buffer.subarray(0, readSync(descriptor, buffer, 0, wanted, at));
      from = at;
      return held.subarray(0, length);
    },
  };
}

export function bufferBytes(buffer: Buffer): Bytes {
  return {
    size: buffer.length,
    read: (at, length) => (at < 0 ? Buffer.alloc(0) : buffer.subarray(at, at + Math.max(0, length))),
  };
}

export function part(bytes: Bytes, from: number, size: number): Bytes {
  const end = Math.max(0, Math.min(size, bytes.size - from));
  return {
    size: end,
    read: (at, length) =>
      at < 0 || at >= end ? Buffer.alloc(0) : bytes.read(from + at, Math.min(length, end - at)),
  };
}

/** Pieces one behind another, as JPEG splits what is too long for a segment. */
export function joined(pieces: readonly Bytes[]): Bytes {
  return {
    size: pieces.reduce((sum, { size }) => sum + size, 0),
    read(at, length) {
      const found: Buffer[] = [];
      let start = 0;
      for (const piece of pieces) {
        const from = Math.max(at - start, 0);
        const to = Math.min(at + length - start, piece.size);
        if (from < to) found.push(piece.read(from, to - from));
        start += piece.size;
      }
      return found.length === 1 ? found[0] : Buffer.concat(found);
    },
  };
}

export const ascii = (bytes: Bytes, at: number, length: number): string =>
  bytes.read(at, length).toString('latin1');

/** @throws {RangeError} past the end. */
export const u16 = (bytes: Bytes, at: number): number => bytes.read(at, 2).readUInt16BE(0);
export const u32 = (bytes: Bytes, at: number): number => bytes.read(at, 4).readUInt32BE(0);
export const u64 = (bytes: Bytes, at: number): number => Number(bytes.read(at, 8).readBigUInt64BE(0));

/** Whether a reader came to the end of what it reads: Node's errors and those above. By name, since tests have a realm of their own. */
export const isPastEnd = (error: unknown): boolean => (error as Error).name === 'RangeError';
