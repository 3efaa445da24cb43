/** A picture's pixels, row by row; 1 channel is grey, 3 are RGB. */
export interface Picture {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}

/** A rectangle in pixels, its edges anywhere between them. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A picture's brightness, prepared so that the mean of any rectangle costs four look-ups. */
export interface Brightness {
  width: number;
  height: number;
  /** Luma (ITU-R BT.601) of each pixel. */
  luma: Float64Array;
  /** Sum of luma above and to the left of each corner: (width + 1) × (height + 1). */
  sums: Float64Array;
}

/** Crow, "Summed-area tables for texture mapping" (1984). */
export function brightnessOf({ data, width, height, channels }: Picture): Brightness {
  const luma = new Float64Array(width * height);
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * channels;
      const light =
        channels === 1 ? data[at] : 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
      luma[y * width + x] = light;
      row += light;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  return { width, height, luma, sums };
}

/** A box cut into `side` × `side` equal cells, each the mean of the area it covers, parts of pixels included. */
export function squareOf(picture: Brightness, box: Box, side: number): Float64Array {
  const columns = cuts(box.left, box.right, picture.width, side);
  const rows = cuts(box.top, box.bottom, picture.height, side);
  const area = ((box.right - box.left) * (box.bottom - box.top)) / (side * side);
  const square = new Float64Array(side * side);
  let above = sumsAlong(picture, rows[0], columns);
  for (let y = 0; y < side; y += 1) {
    const below = sumsAlong(picture, rows[y + 1], columns);
    for (let x = 0; x < side; x += 1) {
      square[y * side + x] = (below[x + 1] - below[x] - above[x + 1] + above[x]) / area;
    }
    above = below;
  }
  return square;
}

/** A place between two pixels' edges. */
interface Cut {
  at: number;
  beyond: number;
}

function cuts(from: number, to: number, length: number, side: number): Cut[] {
  return Array.from({ length: side + 1 }, (_, index) => {
    const place = Math.min(length, Math.max(0, from + ((to - from) * index) / side));
    const at = Math.min(length - 1, Math.floor(place));
    return { at, beyond: place - at };
  });
}

/** The sums above a horizontal cut, to the left of each column. */
function sumsAlong({ width, sums }: Brightness, row: Cut, columns: Cut[]): Float64Array {
  const upper = row.at * (width + 1);
  const lower = upper + width + 1;
  const below = row.beyond;
  const sumsHere = new Float64Array(columns.length);
  // A loop, as everything that runs for each photo's every cell: Float64Array.from takes ten times as long.
  for (let index = 0; index < columns.length; index += 1) {
    const { at, beyond } = columns[index];
    const top = sums[upper + at] * (1 - beyond) + sums[upper + at + 1] * beyond;
    const bottom = sums[lower + at] * (1 - beyond) + sums[lower + at + 1] * beyond;
    sumsHere[index] = top * (1 - below) + bottom * below;
  }
  return sumsHere;
}
