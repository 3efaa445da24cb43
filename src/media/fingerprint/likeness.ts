import type { Fingerprint, Frame } from './fingerprint.js';
import { bitsOf, distance, mirrored, type Bits } from './hash.js';
import { textureSide, unpackTexture } from './texture.js';
import { showsAll, views, type Window } from './views.js';

/** Views whose hashes differ in at most so many of 64 bits may show the same: worth comparing textures. */
export const hashRadius = 11;

/**
 * From where on two pictures are shown to the organiser as alike, and from where on as the same picture. The first
 * is the lowest at which at most one in a million pairs of different pictures passed, the second the lowest at
 * which none did; see docs/media.md.
 */
export const similarFrom = 0.78;
export const samePictureFrom = 0.82;

/** Taken from the correlation for each bit in which the hashes differ: two independent looks make one likeness. */
const costOfBit = 0.01;

/**
 * Hashes this near are of one picture even where something lies all over it: then so much correlation is enough to
 * be similar.
 */
const unmistakable = { bits: 2, correlation: 0.4 };

/** Of the views that match, so many are tried as the way in which the pictures lie on each other. */
const triedMatches = 2;

/**
 * How alike two files are, at most 1: the correlation of their textures where they lie on each other best, less a
 * little for each bit in which their hashes differ; null where no hash of one is near one of the other.
 */
export function likeness(mine: Fingerprint, theirs: Fingerprint): number | null {
  const found = mine.flatMap((a) =>
    theirs.map((b) => likenessOfFrames(a, b)).filter((score) => score !== null),
  );
  return found.length === 0 ? null : Math.max(...found);
}

function likenessOfFrames(a: Frame, b: Frame): number | null {
  const matches = matchingViews(a, b);
  if (matches.length === 0) return null;
  const textures = { a: unpackTexture(a.texture), b: unpackTexture(b.texture) };
  const scores = matches.slice(0, triedMatches).map(({ view, other, mirror, differing }) => {
    const texture = mirror ? mirroredTexture(textures.a) : textures.a;
    const start = placing(windowOf(a, view, mirror), windowOf(b, other, false));
    const correlated = bestCorrelation(texture, textures.b, start);
    const score = correlated - costOfBit * differing;
    const sure = differing <= unmistakable.bits && correlated >= unmistakable.correlation;
    return sure ? Math.max(score, similarFrom) : score;
  });
  return Math.max(...scores);
}

interface Match {
  view: number;
  other: number;
  mirror: boolean;
  differing: number;
}

/** All of one picture against every view of the other, and of its mirror image; the nearest first. */
function matchingViews(a: Frame, b: Frame): Match[] {
  const straight = a.hashes.map(bitsOf);
  const turned = straight.map(mirrored);
  const matches: Match[] = [];
  b.hashes.map(bitsOf).forEach((bits: Bits, other) => {
    straight.forEach((_, view) => {
      if (!showsAll(view) && !showsAll(other)) return;
      for (const mirror of [false, true]) {
        const differing = distance(mirror ? turned[view] : straight[view], bits);
        if (differing <= hashRadius) matches.push({ view, other, mirror, differing });
      }
    });
  });
  return matches.sort((one, two) => one.differing - two.differing);
}

/** Where a view lies in the picture inside its border. */
function windowOf({ border: [left, top, right, bottom] }: Frame, view: number, mirror: boolean): Window {
  const window = views[view] ?? { left: -left, top: -top, right: 1 + right, bottom: 1 + bottom };
  return mirror ? { ...window, left: 1 - window.right, right: 1 - window.left } : window;
}

/** Where a place of picture B lies in A, both in shares: across × scale + shift, and the same downwards. */
interface Placing {
  scaleX: number;
  shiftX: number;
  scaleY: number;
  shiftY: number;
}

function placing(a: Window, b: Window): Placing {
  const scaleX = (a.right - a.left) / (b.right - b.left);
  const scaleY = (a.bottom - a.top) / (b.bottom - b.top);
  return { scaleX, shiftX: a.left - b.left * scaleX, scaleY, shiftY: a.top - b.top * scaleY };
}

/** Steps of the search, in shares of a side, and how often each may be taken. */
const searchSteps = [0.04, 0.02, 0.01];
const stepsTaken = 6;
/** Less alike than this at first, pictures are not moved about. */
const hopeless = 0.1;

/** Moves and stretches one picture over the other, step by step, for as long as they become more alike. */
function bestCorrelation(a: Float32Array, b: Float32Array, start: Placing): number {
  let best = correlation(a, b, start);
  if (best < hopeless) return best;
  let placed = start;
  for (const step of searchSteps) {
    for (let taken = 0; taken < stepsTaken; taken += 1) {
      const before = best;
      for (const moved of neighbours(placed, step)) {
        const score = correlation(a, b, moved);
        if (score > best) [best, placed] = [score, moved];
      }
      if (best === before) break;
    }
  }
  return best;
}

/** A little larger or smaller about the middle, and a little to each side. */
function neighbours(at: Placing, step: number): Placing[] {
  return [-step, step].flatMap((by) => [
    { ...at, scaleX: at.scaleX + by, shiftX: at.shiftX - by / 2 },
    { ...at, shiftX: at.shiftX + by },
    { ...at, scaleY: at.scaleY + by, shiftY: at.shiftY - by / 2 },
    { ...at, shiftY: at.shiftY + by },
  ]);
}

/** Of B, so much must lie within A for the two to be compared. */
const leastOverlap = 0.6;

/** Pearson's correlation of B with A's texture at the same places, between cells by bilinear interpolation; -1 with too little in common. */
function correlation(a: Float32Array, b: Float32Array, at: Placing): number {
  const columns = samples(at.scaleX, at.shiftX);
  const rows = samples(at.scaleY, at.shiftY);
  let count = 0;
  let sumA = 0;
  let sumB = 0;
  let squaresA = 0;
  let squaresB = 0;
  let products = 0;
  for (const row of rows) {
    const upper = row.from * textureSide;
    const lower = upper + textureSide;
    for (const { cell, from, beyond } of columns) {
      const top = a[upper + from] * (1 - beyond) + a[upper + from + 1] * beyond;
      const bottom = a[lower + from] * (1 - beyond) + a[lower + from + 1] * beyond;
      const one = top * (1 - row.beyond) + bottom * row.beyond;
      const two = b[row.cell * textureSide + cell];
      count += 1;
      sumA += one;
      sumB += two;
      squaresA += one * one;
      squaresB += two * two;
      products += one * two;
    }
  }
  if (count < leastOverlap * textureSide * textureSide) return -1;
  const spread = (squaresA - (sumA * sumA) / count) * (squaresB - (sumB * sumB) / count);
  return spread > 0 ? (products - (sumA * sumB) / count) / Math.sqrt(spread) : 0;
}

/** The cells of B along one side that lie within A: between which two cells of A, and how far beyond the first. */
function samples(scale: number, shift: number): { cell: number; from: number; beyond: number }[] {
  const found = [];
  for (let cell = 0; cell < textureSide; cell += 1) {
    const place = (shift + (scale * (cell + 0.5)) / textureSide) * textureSide - 0.5;
    if (place < -0.5 || place > textureSide - 0.5) continue;
    const from = Math.max(0, Math.min(textureSide - 2, Math.floor(place)));
    found.push({ cell, from, beyond: Math.max(0, Math.min(1, place - from)) });
  }
  return found;
}

function mirroredTexture(texture: Float32Array): Float32Array {
  return texture.map((_, at) => {
    const x = at % textureSide;
    return texture[at - x + textureSide - 1 - x];
  });
}
