import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { DecodeError } from './errors.js';

/** Boxes that hold boxes, on the way to the tables of samples (ISO/IEC 14496-12, 8.2 to 8.8). */
const holders = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'moof', 'traf']);

/** No index is larger: ten minutes of video have a few hundred kilobytes. */
const maxIndexBytes = 64 * 1024 * 1024;

/** Boxes on the top level: fragments of a thirtieth of a second for ten minutes make 36,000. */
const maxBoxes = 100_000;

/** Phones and action cameras write up to eight. */
const maxTracks = 100;

/** Additions that finding every sample may cost; where sizes differ, each sample of a chunk is found by adding. */
const maxSteps = 4e9;

/**
 * Refuses an MP4 whose index speaks of more samples than the file could hold. The demuxer believes an index and
 * walks through all of it: 2³² samples in a file of 4 kB would take it minutes.
 * @throws {DecodeError} MEDIA.VIDEO_UNREADABLE
 */
export function checkIndex(path: string): void {
  // Not the promises: a file may consist of a million boxes, and this process has nothing else to do.
  const file = openSync(path, 'r');
  try {
    const fileBytes = fstatSync(file).size;
    const head = Buffer.alloc(16);
    let boxes = 0;
    for (let at = 0; at + 8 <= fileBytes;) {
      boxes += 1;
      if (boxes > maxBoxes) throw unreadable(`more than ${maxBoxes} boxes`);
      const { type, size } = headOf(head.subarray(0, readSync(file, head, 0, 16, at)), fileBytes - at);
      if (size < 8) return;
      if (type === 'moov' || type === 'moof') {
        if (size > maxIndexBytes) throw unreadable(`an index of ${size} bytes`);
        const box = Buffer.alloc(Math.min(size, fileBytes - at));
        readSync(file, box, 0, box.length, at);
        const fault = indexFault(box, fileBytes);
        if (fault) throw unreadable(fault);
      }
      at += size;
    }
  } finally {
    closeSync(file);
  }
}

const unreadable = (detail: string) => new DecodeError('MEDIA.VIDEO_UNREADABLE', detail);

/** What is wrong with the counts in these boxes, of a file of so many bytes; null where nothing is. */
export function indexFault(boxes: Buffer, fileBytes: number): string | null {
  let tracks = 0;
  let chunks = 0;
  let sized = false;
  let runs: [firstChunk: number, samples: number][] = [];
  for (const { type, content } of boxesIn(boxes)) {
    if (holders.has(type)) {
      const fault = indexFault(content, fileBytes);
      if (fault) return fault;
    }
    if (type === 'trak') tracks += 1;
    if (tracks > maxTracks) return `more than ${maxTracks} tracks`;
    const samples = samplesIn(type, content);
    // Every sample has at least a byte.
    if (samples > fileBytes) return `${type} speaks of ${samples} samples in ${fileBytes} bytes`;
    if (type === 'stsz') sized = word(content, 4) === 0;
    if (type === 'stco' || type === 'co64') chunks = word(content, 4);
    if (type === 'stsc') runs = entries(content, 12);
  }
  const steps = runs.reduce((sum, [firstChunk, samples], index) => {
    const chunksOfRun = (runs[index + 1]?.[0] ?? chunks + 1) - firstChunk;
    return sum + Math.max(0, chunksOfRun) * samples ** 2;
  }, 0);
  return sized && steps > maxSteps ? `chunks of too many samples: ${steps} steps` : null;
}

/** How many samples a table speaks of; 0 for boxes that are none. */
function samplesIn(type: string, content: Buffer): number {
  switch (type) {
    case 'stsz':
    case 'stz2':
      return word(content, 8);
    case 'trun':
      return word(content, 4);
    case 'stts':
    case 'ctts':
      return entries(content, 8).reduce((sum, [count]) => sum + count, 0);
    case 'stsc':
      return entries(content, 12).reduce((most, [, samples]) => Math.max(most, samples), 0);
    default:
      return 0;
  }
}

/** The first two words of each entry that a table really holds, behind version, flags and their number. */
function entries(content: Buffer, entryBytes: number): [number, number][] {
  const held = Math.floor(Math.max(0, content.length - 8) / entryBytes);
  const count = Math.min(word(content, 4), held);
  return Array.from({ length: count }, (_, index) => {
    const at = 8 + index * entryBytes;
    return [content.readUInt32BE(at), content.readUInt32BE(at + 4)];
  });
}

const word = (content: Buffer, at: number): number =>
  at + 4 <= content.length ? content.readUInt32BE(at) : 0;

function* boxesIn(bytes: Buffer): Generator<{ type: string; content: Buffer }> {
  for (let at = 0; at + 8 <= bytes.length;) {
    const { type, size, headBytes } = headOf(bytes.subarray(at, at + 16), bytes.length - at);
    if (size < headBytes) return;
    yield { type, content: bytes.subarray(at + headBytes, at + size) };
    at += size;
  }
}

/** A size of 1 stands for one of 64 bits behind the type, 0 for all that is left. */
function headOf(bytes: Buffer, left: number): { type: string; size: number; headBytes: number } {
  const type = bytes.toString('latin1', 4, 8);
  const short = bytes.readUInt32BE(0);
  if (short === 1 && bytes.length >= 16) {
    return { type, size: Number(bytes.readBigUInt64BE(8)), headBytes: 16 };
  }
  return { type, size: short === 0 ? left : short, headBytes: 8 };
}
