/** Side of the square that is transformed, and of the block of low frequencies that is kept. */
export const hashedSide = 32;
const kept = 8;

/** 64 bits as two unsigned halves, for arithmetic without BigInt. */
export interface Bits {
  high: number;
  low: number;
}

/**
 * The pHash of Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), 3.2.1: the
 * 8 × 8 lowest frequencies of a 32 × 32 square, without the first row and column (brightness and its slopes along
 * an edge). Unlike there a bit tells the sign of its coefficient, not whether it lies above the median: as stable,
 * and the mirror image's hash then follows from the hash itself (`mirrored`). 16 hexadecimal digits.
 */
export function perceptualHash(square: Float64Array): string {
  const coefficients = lowFrequencies(square);
  let digits = '';
  for (let at = 0; at < coefficients.length; at += 4) {
    const [a, b, c, d] = coefficients.subarray(at, at + 4).map((value) => (value > 0 ? 1 : 0));
    digits += (a * 8 + b * 4 + c * 2 + d).toString(16);
  }
  return digits;
}

export function bitsOf(hash: string): Bits {
  return { high: Number.parseInt(hash.slice(0, 8), 16), low: Number.parseInt(hash.slice(8), 16) };
}

export function hexOf({ high, low }: Bits): string {
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}

/** How many of 64 bits differ. */
export function distance(a: Bits, b: Bits): number {
  return ones(a.high ^ b.high) + ones(a.low ^ b.low);
}

/** The bits of the horizontal frequencies 1, 3, 5 and 7: odd about the middle, so a mirror turns their sign. */
export const mirrorMask = 'aaaaaaaaaaaaaaaa';

/** The hash of the mirror image, but for coefficients that are exactly 0. */
export function mirrored({ high, low }: Bits): Bits {
  const mask = bitsOf(mirrorMask);
  return { high: (high ^ mask.high) >>> 0, low: (low ^ mask.low) >>> 0 };
}

/** Bits set in 32 (Warren, "Hacker's Delight", 5-1). */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** cos((2i + 1) k π / 64) for the frequencies k = 1…8 that are kept. */
const cosines = Array.from({ length: kept }, (_, k) =>
  Float64Array.from({ length: hashedSide }, (_, i) =>
    Math.cos(((2 * i + 1) * (k + 1) * Math.PI) / (2 * hashedSide)),
  ),
);

/**
 * Frequencies 1…8 in both directions of the type-II discrete cosine transform. Rounded to millionths, so that
 * the last bits of floating point never decide a bit of the hash in a flat picture.
 */
function lowFrequencies(square: Float64Array): Float64Array {
  const byRow = new Float64Array(kept * hashedSide);
  const frequencies = new Float64Array(kept * kept);
  for (let k = 0; k < kept; k += 1) {
    const wave = cosines[k];
    for (let y = 0; y < hashedSide; y += 1) {
      let sum = 0;
      for (let x = 0; x < hashedSide; x += 1) sum += wave[x] * square[y * hashedSide + x];
      byRow[k * hashedSide + y] = sum;
    }
  }
  for (let row = 0; row < kept; row += 1) {
    const wave = cosines[row];
    for (let k = 0; k < kept; k += 1) {
      let sum = 0;
      for (let y = 0; y < hashedSide; y += 1) sum += wave[y] * byRow[k * hashedSide + y];
      frequencies[row * kept + k] = Math.round(sum * 1e6) / 1e6;
    }
  }
  return frequencies;
}
