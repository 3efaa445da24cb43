import { describe, expect, it } from '@jest/globals';
import { blankTimes } from './mp4-times.js';

function box(type: string, ...content: Buffer[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0), 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...content]);
}

const header = (version: 0 | 1, fill: number) =>
  Buffer.concat([Buffer.from([version, 0, 0, 0]), Buffer.alloc(40, fill)]);

describe('blankTimes', () => {
  it('clears both dates of the movie, of each track and its media, and nothing else', () => {
    const movie = (of: (version: 0 | 1) => Buffer) =>
      Buffer.concat([
        box(
          'moov',
          box('mvhd', of(0)),
          box('trak', box('tkhd', of(1)), box('mdia', box('mdhd', of(0)), box('hdlr', header(0, 7)))),
        ),
        box('free', Buffer.alloc(30, 9)),
      ]);
    const cleared = (version: 0 | 1) => Buffer.from(header(version, 7)).fill(0, 4, version === 1 ? 20 : 12);
    expect(Buffer.from(blankTimes(movie((version) => header(version, 7))))).toEqual(movie(cleared));
  });

  it('leaves bytes alone that are no boxes', () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(5, 1),
      Buffer.alloc(64),
      box('moov', Buffer.alloc(11, 0xff)),
    ]) {
      expect(Buffer.from(blankTimes(bytes))).toEqual(bytes);
    }
  });
});
