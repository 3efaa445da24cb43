import type { Box, Brightness } from './area.js';

/** Most of a side that is taken for a border. */
const deepest = 0.25;
/** How much (of 255) a line of a border may differ from the outermost one, and within itself. */
const tolerance = 5;

/**
 * The picture inside a border of one colour: a frame, bars above and below, a strip. A plain sky or a dark night
 * looks the same, which is why the whole picture's hash is kept beside the one of what is left.
 */
export function insideBorder(picture: Brightness): Box {
  const { width, height } = picture;
  return {
    left: depthOf(width, (k) => lineOf(picture, k, width, height)),
    top: depthOf(height, (k) => lineOf(picture, k * width, 1, width)),
    right: width - depthOf(width, (k) => lineOf(picture, width - 1 - k, width, height)),
    bottom: height - depthOf(height, (k) => lineOf(picture, (height - 1 - k) * width, 1, width)),
  };
}

interface Line {
  mean: number;
  deviation: number;
}

/** Lines of one colour from an edge inward, and the one in which border and picture mix; 0 where there's no end. */
function depthOf(length: number, line: (k: number) => Line): number {
  const most = length * deepest;
  const outermost = line(0);
  let depth = 0;
  for (; depth < most; depth += 1) {
    const { mean, deviation } = line(depth);
    if (deviation > tolerance || Math.abs(mean - outermost.mean) > tolerance) break;
  }
  return depth > 0 && depth < most ? Math.min(depth + 1, Math.floor(most)) : 0;
}

function lineOf({ luma }: Brightness, start: number, step: number, count: number): Line {
  let sum = 0;
  let squares = 0;
  for (let index = 0, at = start; index < count; index += 1, at += step) {
    sum += luma[at];
    squares += luma[at] * luma[at];
  }
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}
