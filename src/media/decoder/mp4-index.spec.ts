import { describe, expect, it } from '@jest/globals';
import { indexFault } from './mp4-index.js';

/** A box of big-endian words. */
function box(type: string, ...content: (number | Buffer)[]): Buffer {
  const parts = content.map((part) => (typeof part === 'number' ? words(part) : part));
  const body = Buffer.concat(parts);
  return Buffer.concat([words(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

const most = 2 ** 32 - 1;
const moov = (...tables: Buffer[]) =>
  box('moov', box('trak', box('mdia', box('minf', box('stbl', ...tables)))));

describe('the index of an MP4', () => {
  it('may speak of as many samples as the file has bytes', () => {
    const sound = moov(
      box('stsz', 0, 0, 3, 10, 10, 10),
      box('stts', 0, 1, 3, 512),
      box('ctts', 0, 2, 1, 0, 2, 512),
      box('stsc', 0, 1, 1, 3, 1),
      box('stco', 0, 1, 48),
    );
    expect(indexFault(sound, 1000)).toBeNull();
    expect(indexFault(sound, 2)).not.toBeNull();
  });

  it.each([
    ['sizes', box('stsz', 0, 1, most)],
    ['times', box('stts', 0, 2, 10, 1, most, 1)],
    ['offsets of times', box('ctts', 0, 1, most, 0)],
    ['samples in a chunk', box('stsc', 0, 1, 1, most, 1)],
  ])('may not speak of more: %s', (_name, table) => {
    expect(indexFault(moov(table), 500_000_000)).toContain('samples');
  });

  it('may not speak of more in a fragment either', () => {
    expect(indexFault(box('moof', box('traf', box('trun', 0, most))), 500_000_000)).toContain('trun');
  });

  it('may have large chunks where samples are of one size, as sound has, and not where each has its own', () => {
    const chunks = [box('stsc', 0, 1, 1, 1_000_000, 1), box('stco', 0, 1, 48)];
    expect(indexFault(moov(box('stsz', 0, 4, 1_000_000), ...chunks), 5_000_000)).toBeNull();
    expect(indexFault(moov(box('stsz', 0, 0, 1_000_000), ...chunks), 5_000_000)).toContain('steps');
  });

  it('may have the tracks of a camera, and not a thousand', () => {
    const tracks = (count: number) => box('moov', ...Array.from({ length: count }, () => box('trak')));
    expect(indexFault(tracks(8), 5000)).toBeNull();
    expect(indexFault(tracks(1000), 50_000)).toContain('tracks');
  });

  it('may be torn anywhere, or no boxes at all', () => {
    const whole = moov(box('stsz', 0, 0, 1, 10), box('stts', 0, 1, 1, 1), box('stsc', 0, 1, 1, 1, 1));
    for (let length = 0; length < whole.length; length += 1) {
      expect(indexFault(whole.subarray(0, length), 1000)).toBeNull();
    }
    expect(indexFault(Buffer.alloc(100, 0xff), 1000)).toBeNull();
    expect(indexFault(Buffer.alloc(100), 1000)).toBeNull();
  });
});
