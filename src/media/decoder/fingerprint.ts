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
  const median = (sorted[31] + sorted[32]) / 2;
  let hash = 0n;
  for (const coefficient of coefficients) hash = (hash << 1n) | (coefficient > median ? 1n : 0n);
  return hash.toString();
}

/** The central `share` of each side as a 32 × 32 square of luma, each cell the mean of the area it covers. */
function lumaSquare(picture: Grid, share: number): Float64Array {
  const square = new Float64Array(side * side);
  const columns = cells(picture.width, share);
  cells(picture.height, share).forEach((row, y) => {
    row.weights.forEach((weight, line) => {
      columns.forEach((column, x) => {
        square[y * side + x] += weight * meanOfLine(picture, row.first + line, column);
      });
    });
  });
  return square;
}

/** Mean luma (ITU-R BT.601) of the part of one row that a cell covers. */
function meanOfLine({ data, width, channels }: Grid, y: number, { first, weights }: Cell): number {
  let at = (y * width + first) * channels;
  let mean = 0;
  for (const weight of weights) {
    const luma = channels === 1 ? data[at] : 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
    mean += weight * luma;
    at += channels;
  }
  return mean;
}

/** The pixels from `first` on that a cell covers, and how much of the cell each of them is; in all 1. */
interface Cell {
  first: number;
  weights: number[];
}

/** Cuts the central `share` of `length` pixels into 32 equal cells; a pixel on a border belongs to both in part. */
function cells(length: number, share: number): Cell[] {
  const start = (length * (1 - share)) / 2;
  const size = (length * share) / side;
  return Array.from({ length: side }, (_, index) => {
    const from = start + index * size;
    const to = from + size;
    const first = Math.floor(from);
    const count = Math.min(Math.ceil(to), length) - first;
    const weights = Array.from({ length: count }, (_, at) => {
      const pixel = first + at;
      return (Math.min(pixel + 1, to) - Math.max(pixel, from)) / size;
    });
    return { first, weights };
  });
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
      wave.reduce((sum, c, x) => sum + c * square[y * side + x], 0),
    ),
  );
  return Float64Array.from({ length: kept * kept }, (_, index) => {
    const row = byRow[index % kept];
    const wave = cosines[Math.floor(index / kept)];
    const value = wave.reduce((sum, c, y) => sum + c * row[y], 0);
    return Math.round(value * 1e6) / 1e6;
  });
}
