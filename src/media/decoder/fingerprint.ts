import type { PhotoReport } from './messages.js';

/** A picture's pixels, row by row; 1 channel is grey, 3 are RGB. */
interface Grid {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}

/** Side of the square that is transformed, and of the block of low frequencies that is kept. */
const side = 32;
const kept = 8;

/**
 * Three perceptual hashes of one picture: of all of it, and of its central 90 % and 80 % (of each side), so that
 * a copy with its margins cut off is found by comparing its full hash with all three. Unsigned 64-bit decimals.
 */
export function fingerprintOf(picture: Grid): PhotoReport['fingerprint'] {
  return {
    full: perceptualHash(picture, 1),
    centre90: perceptualHash(picture, 0.9),
    centre80: perceptualHash(picture, 0.8),
  };
}

/** How many of 64 bits differ between two hashes: up to 6 the same picture, 7 to 10 worth a look. */
export function hammingDistance(a: string, b: string): number {
  let differing = BigInt.asUintN(64, BigInt(a) ^ BigInt(b));
  let count = 0;
  for (; differing > 0n; differing &= differing - 1n) count += 1;
  return count;
}

/**
 * The pHash of Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), 3.2.1:
 * the 8 × 8 lowest frequencies without the first row and column (brightness and its slopes along an edge),
 * each bit telling whether a coefficient lies above their median.
 */
function perceptualHash(picture: Grid, share: number): string {
  const coefficients = lowFrequencies(lumaSquare(picture, share));
  const sorted = coefficients.toSorted();
  const median = ((sorted[31] ?? 0) + (sorted[32] ?? 0)) / 2;
  let hash = 0n;
  for (const coefficient of coefficients) hash = (hash << 1n) | (coefficient > median ? 1n : 0n);
  return hash.toString();
}

/** The central `share` of each side as a 32 × 32 square of luma, each cell the mean of the area it covers. */
function lumaSquare(picture: Grid, share: number): Float64Array {
  const columns = spans(picture.width, share);
  const rows = spans(picture.height, share);
  const square = new Float64Array(side * side);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      square[y * side + x] = meanLuma(picture, column, row);
    });
  });
  return square;
}

interface Span {
  from: number;
  to: number;
}

/** Cuts the central `share` of `length` pixels into 32 equal parts, in fractions of pixels. */
function spans(length: number, share: number): Span[] {
  const start = (length * (1 - share)) / 2;
  const step = (length * share) / side;
  return Array.from({ length: side }, (_, index) => ({
    from: start + index * step,
    to: start + (index + 1) * step,
  }));
}

/** Mean luma (ITU-R BT.601) of a rectangle; pixels that it covers in part count in part. */
function meanLuma({ data, width, height, channels }: Grid, column: Span, row: Span): number {
  let sum = 0;
  let area = 0;
  for (let y = Math.floor(row.from); y < Math.min(Math.ceil(row.to), height); y += 1) {
    const tall = Math.min(y + 1, row.to) - Math.max(y, row.from);
    for (let x = Math.floor(column.from); x < Math.min(Math.ceil(column.to), width); x += 1) {
      const share = tall * (Math.min(x + 1, column.to) - Math.max(x, column.from));
      const at = (y * width + x) * channels;
      const red = data[at] ?? 0;
      const luma =
        channels === 1 ? red : 0.299 * red + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
      sum += share * luma;
      area += share;
    }
  }
  return area > 0 ? sum / area : 0;
}

/** cos((2i + 1) k π / 64) for the frequencies k = 1…8 that are kept. */
const cosines = Array.from({ length: kept }, (_, k) =>
  Float64Array.from({ length: side }, (_, i) => Math.cos(((2 * i + 1) * (k + 1) * Math.PI) / (2 * side))),
);

/**
 * Frequencies 1…8 in both directions of the type-II discrete cosine transform. Rounded to millionths, so that
 * the last bits of floating point never decide a bit of the hash in a flat picture.
 */
function lowFrequencies(square: Float64Array): Float64Array {
  const byRow = cosines.map((wave) =>
    Float64Array.from({ length: side }, (_, y) =>
      wave.reduce((sum, c, x) => sum + c * (square[y * side + x] ?? 0), 0),
    ),
  );
  return Float64Array.from({ length: kept * kept }, (_, index) => {
    const row = byRow[index % kept] ?? new Float64Array(side);
    const wave = cosines[Math.floor(index / kept)] ?? new Float64Array(side);
    const value = wave.reduce((sum, c, y) => sum + c * (row[y] ?? 0), 0);
    return Math.round(value * 1e6) / 1e6;
  });
}
