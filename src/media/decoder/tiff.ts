/** Pixels as libvips takes them: interleaved, samples of one or two bytes, the latter low byte first. */
export interface TiffShape {
  width: number;
  height: number;
  /** 1 is grey, 3 is RGB. */
  channels: 1 | 3;
  depth: 'uchar' | 'ushort';
  icc: Uint8Array | null;
}

const short = 3;
const long = 4;
const undefinedBytes = 7;
/** Readers hold one strip at a time: this many rows are a strip. */
const rowsPerStrip = 64;

/**
 * The frame of an uncompressed TIFF (revision 6.0), which carries a colour profile along with pixels. The caller
 * fills all of `pixels`, the part of `file` where they belong: at full size nothing is written twice.
 */
export function tiffOf({ width, height, channels, depth, icc }: TiffShape): { file: Buffer; pixels: Buffer } {
  const sampleBytes = depth === 'ushort' ? 2 : 1;
  const rowBytes = width * channels * sampleBytes;
  const strips = Math.ceil(height / rowsPerStrip);
  const stripBytes = (index: number) => rowBytes * Math.min(rowsPerStrip, height - index * rowsPerStrip);
  const each = (value: (index: number) => number, count: number) =>
    Array.from({ length: count }, (_, i) => value(i));

  const entries = icc ? 11 : 10;
  const behindEntries = 8 + 2 + 12 * entries + 4;
  const arraysBytes = 8 + 8 * strips + (icc ? icc.length : 0);
  const pixelsAt = (behindEntries + arraysBytes + 3) & ~3;
  const file = Buffer.allocUnsafe(pixelsAt + rowBytes * height);
  file.fill(0, 0, pixelsAt);
  file.write('II*\0', 0, 'latin1');
  file.writeUInt32LE(8, 4);
  file.writeUInt16LE(entries, 8);

  let entryAt = 10;
  let arrayAt = behindEntries;
  const entry = (tag: number, type: number, values: number[] | Uint8Array) => {
    const valueBytes = { [short]: 2, [long]: 4, [undefinedBytes]: 1 }[type] ?? 1;
    file.writeUInt16LE(tag, entryAt);
    file.writeUInt16LE(type, entryAt + 2);
    file.writeUInt32LE(values.length, entryAt + 4);
    let at = entryAt + 8;
    if (valueBytes * values.length > 4) {
      file.writeUInt32LE(arrayAt, at);
      at = arrayAt;
      arrayAt += (valueBytes * values.length + 1) & ~1;
    }
    for (const value of values) at = file.writeUIntLE(value, at, valueBytes);
    entryAt += 12;
  };
  entry(256, long, [width]);
  entry(257, long, [height]);
  entry(
    258,
    short,
    each(() => sampleBytes * 8, channels),
  );
  entry(259, short, [1]); // no compression
  entry(262, short, [channels === 3 ? 2 : 1]); // RGB, or black is zero
  entry(
    273,
    long,
    each((index) => pixelsAt + index * rowsPerStrip * rowBytes, strips),
  );
  entry(277, short, [channels]);
  entry(278, long, [rowsPerStrip]);
  entry(279, long, each(stripBytes, strips));
  entry(284, short, [1]); // interleaved
  if (icc) entry(34_675, undefinedBytes, icc);
  return { file, pixels: file.subarray(pixelsAt) };
}
