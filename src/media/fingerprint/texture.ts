import { squareOf, type Box, type Brightness } from './area.js';

/**
 * What a picture shows beyond its coarsest shapes: on a 32 × 32 grid, how much brighter or darker each place is
 * than its surroundings, in units of how much they vary. That leaves light, contrast, filters and vignettes out,
 * and no watermark weighs more than what lies around it. Two bits a place, 256 bytes in all.
 */
export const textureSide = 32;

/** Worked out at twice the side and averaged, so that a copy cut half a cell off is not sampled elsewhere. */
const fineSide = 2 * textureSide;
/** Radii of the surroundings, in fine cells: 1/10 and 1/8 of the picture. */
const meanRadius = 6;
const variationRadius = 8;
/** Added to the variation of a place: a share of the whole picture's, and a little of the 255 shades for noise. */
const ownShare = 0.3;
const noise = 0.3;
/** Middles of the outer two of four equal steps lie at ± this much. */
const widest = 1.2;

/** Below this much texture (root mean square, of 255) a picture is fog, night or one colour: noise would decide. */
export const leastTexture = 1;

export interface Texture {
  /** Root mean square of the differences from the surroundings, of 255. */
  strength: number;
  /** 1024 values of 0…3. */
  steps: Uint8Array;
}

export function textureOf(picture: Brightness, box: Box): Texture {
  const square = softened(softened(squareOf(picture, box, fineSide)));
  const around = meansAround(square, meanRadius);
  const differences = square.map((value, at) => value - around[at]);
  const variation = meansAround(
    differences.map((value) => value * value),
    variationRadius,
  );
  let sum = 0;
  for (const value of differences) sum += value * value;
  const strength = Math.sqrt(sum / differences.length);
  const relative = differences.map(
    (value, at) => value / (Math.sqrt(variation[at]) + ownShare * strength + noise),
  );
  const steps = new Uint8Array(textureSide * textureSide);
  for (let y = 0; y < textureSide; y += 1) {
    for (let x = 0; x < textureSide; x += 1) {
      const at = 2 * y * fineSide + 2 * x;
      const mean =
        (relative[at] + relative[at + 1] + relative[at + fineSide] + relative[at + fineSide + 1]) / 4;
      const step = Math.floor((mean / widest + 1) * 2);
      steps[y * textureSide + x] = Math.max(0, Math.min(3, step));
    }
  }
  return { strength, steps };
}

/** Four steps a byte, in base64. */
export function packTexture({ steps }: Texture): string {
  const bytes = new Uint8Array(steps.length / 4);
  steps.forEach((step, at) => {
    bytes[at >> 2] |= step << (2 * (at & 3));
  });
  return Buffer.from(bytes).toString('base64');
}

/** The middles of the steps: -1, -⅓, ⅓ and 1. */
export function unpackTexture(packed: string): Float32Array {
  const bytes = Buffer.from(packed, 'base64');
  return Float32Array.from(
    { length: textureSide * textureSide },
    (_, at) => (((bytes[at >> 2] >> (2 * (at & 3))) & 3) * 2) / 3 - 1,
  );
}

/** Each cell with a quarter of its neighbours on either side, along rows, then along columns. */
function softened(square: Float64Array): Float64Array {
  const last = fineSide - 1;
  const alongRows = square.map((value, at) => {
    const x = at % fineSide;
    return (square[at - (x > 0 ? 1 : 0)] + 2 * value + square[at + (x < last ? 1 : 0)]) / 4;
  });
  return alongRows.map((value, at) => {
    const y = Math.floor(at / fineSide);
    const above = alongRows[at - (y > 0 ? fineSide : 0)];
    return (above + 2 * value + alongRows[at + (y < last ? fineSide : 0)]) / 4;
  });
}

/** Each cell's mean over the square around it, as far as that lies within the picture. */
function meansAround(square: Float64Array, radius: number): Float64Array {
  const sums = new Float64Array((fineSide + 1) ** 2);
  for (let y = 0; y < fineSide; y += 1) {
    let row = 0;
    for (let x = 0; x < fineSide; x += 1) {
      row += square[y * fineSide + x];
      sums[(y + 1) * (fineSide + 1) + x + 1] = sums[y * (fineSide + 1) + x + 1] + row;
    }
  }
  return square.map((_, at) => {
    const x = at % fineSide;
    const y = Math.floor(at / fineSide);
    const left = Math.max(0, x - radius);
    const right = Math.min(fineSide, x + radius + 1);
    const top = Math.max(0, y - radius) * (fineSide + 1);
    const below = Math.min(fineSide, y + radius + 1);
    const bottom = below * (fineSide + 1);
    const sum = sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left];
    return sum / ((right - left) * (below - top / (fineSide + 1)));
  });
}
