/** The light table's arithmetic: how many cells stand in a row, and where the arrow keys lead. */

export const GAP = 12;

/** Cells of at least this width; on a phone two in a row, on a 1366 px screen six. */
export function columnsFor(width: number): number {
  const smallest = width < 560 ? 150 : 196;
  return Math.max(1, Math.floor((width + GAP) / (smallest + GAP)));
}

/** A picture's area of about 8 : 5, and the line beneath it. */
export const heightOf = (width: number): number => pictureHeight(width) + LINE;
export const pictureHeight = (width: number): number => Math.round(width * 0.63);
const LINE = 28;

/** The place after a step in a grid of `count` cells; it stays where it is rather than leave the grid. */
export function stepIn(count: number, index: number, delta: number): number {
  const next = index + delta;
  if (next >= 0 && next < count) return next;
  if (Math.abs(delta) === 1) return index;
  // Down from the last full row goes to the last work, which may stand in a shorter row.
  const rowsLeft = Math.floor((count - 1) / delta) > Math.floor(index / delta);
  return delta > 0 && rowsLeft ? count - 1 : index;
}

/** The next index, going round once, for which `wanted` holds; null if there is none but `from` itself. */
export function nextWhere(count: number, from: number, wanted: (index: number) => boolean): number | null {
  for (let step = 1; step < count; step++) {
    const index = (from + step) % count;
    if (wanted(index)) return index;
  }
  return null;
}

/** `size` neighbours with `index` in the middle, moved inward at both ends. */
export function windowAround(count: number, index: number, size: number): number[] {
  const start = Math.max(0, Math.min(index - Math.floor(size / 2), count - size));
  return Array.from({ length: Math.min(size, count) }, (_, offset) => start + offset);
}
