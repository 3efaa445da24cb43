export interface Box {
  type: string;
  start: number;
  end: number;
}

/** The boxes of an MP4 on one level, in order. */
export function boxes(mp4: Buffer, from = 0, to = mp4.length): Box[] {
  const found: Box[] = [];
  for (let start = from; start + 8 <= to;) {
    const short = mp4.readUInt32BE(start);
    const size = short === 1 ? Number(mp4.readBigUInt64BE(start + 8)) : short === 0 ? to - start : short;
    if (size < 8) break;
    found.push({ type: mp4.toString('latin1', start + 4, start + 8), start, end: start + size });
    start += size;
  }
  return found;
}

/** The same MP4 without its boxes of that type on the top level. */
export const withoutBox = (mp4: Buffer, type: string): Buffer =>
  Buffer.concat(
    boxes(mp4).map((box) => (box.type === type ? Buffer.alloc(0) : mp4.subarray(box.start, box.end))),
  );

/** The same MP4 with all its pictures and sound overwritten. */
export function withBlankMedia(mp4: Buffer): Buffer {
  const copy = Buffer.from(mp4);
  for (const box of boxes(copy)) if (box.type === 'mdat') copy.fill(0, box.start + 16, box.end);
  return copy;
}

/** The same MP4, turned a quarter clockwise in its first track's header, as phones held upright write it. */
export function turnedMp4(mp4: Buffer): Buffer {
  const copy = Buffer.from(mp4);
  const header = copy.indexOf('tkhd', 0, 'latin1') + 4;
  const matrix = header + (copy[header] === 1 ? 52 : 40);
  const height = copy.readInt32BE(matrix + 40);
  const quarter = [0, 0x10000, 0, -0x10000, 0, 0, height, 0, 0x40000000];
  quarter.forEach((value, index) => copy.writeInt32BE(value, matrix + 4 * index));
  return copy;
}

/** The same MP4 (its `moov` last) with a place and a text in the user data of the movie, as phones write them. */
export function withUserData(mp4: Buffer, text: string): Buffer {
  const moov = boxes(mp4).at(-1);
  if (moov?.type !== 'moov') throw new Error('expected moov at the end');
  const value = (content: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt16BE(content.length, 0);
    return Buffer.concat([length, Buffer.from(content, 'latin1')]);
  };
  const userData = box('udta', box('\xa9xyz', value('+27.8250+113.0800/')), box('\xa9nam', value(text)));
  const grown = Buffer.from(mp4);
  grown.writeUInt32BE(moov.end - moov.start + userData.length, moov.start);
  return Buffer.concat([grown, userData]);
}

function box(type: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

/** The same MP4 (its `moov` last) with more boxes in its movie. */
export function withMovieBoxes(mp4: Buffer, added: Buffer[]): Buffer {
  const moov = boxes(mp4).at(-1);
  if (moov?.type !== 'moov') throw new Error('expected moov at the end');
  const more = Buffer.concat(added);
  const grown = Buffer.from(mp4);
  grown.writeUInt32BE(moov.end - moov.start + more.length, moov.start);
  return Buffer.concat([grown, more]);
}

/** The same MP4 with a word for the names of its handlers and compressors, which have room for one. */
export function withTrackWords(mp4: Buffer, word: string): Buffer {
  const copy = Buffer.from(mp4);
  for (let at = copy.indexOf('hdlr'); at >= 0; at = copy.indexOf('hdlr', at + 4)) {
    copy.write(word, at + 24, 'latin1');
  }
  // Behind the four letters of a visual sample entry: 42 bytes, then a length and 31 bytes of name.
  const entry = copy.indexOf('avc1', copy.indexOf('stsd')) + 4;
  copy.writeUInt8(word.length, entry + 42);
  copy.write(word, entry + 43, 'latin1');
  return copy;
}
