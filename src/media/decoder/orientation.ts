/**
 * How to bring stored pixels upright: mirrored first (`flip` swaps top and bottom, `flop` left and right), then
 * rotated clockwise. That is sharp's order.
 */
export interface Turn {
  flip: boolean;
  flop: boolean;
  rotate: 0 | 90 | 180 | 270;
}

const asStored: Turn = { flip: false, flop: false, rotate: 0 };

/** EXIF 2.32, tag 0x0112: which sides of the scene the first stored row and column are. */
const turns: Readonly<Record<number, Turn>> = {
  2: { flip: false, flop: true, rotate: 0 },
  3: { flip: false, flop: false, rotate: 180 },
  4: { flip: true, flop: false, rotate: 0 },
  5: { flip: false, flop: true, rotate: 270 },
  6: { flip: false, flop: false, rotate: 90 },
  7: { flip: false, flop: true, rotate: 90 },
  8: { flip: false, flop: false, rotate: 270 },
};

/** The turn for an EXIF orientation; values outside 1…8 mean nothing and turn nothing. */
export const turnOf = (orientation: number | undefined): Turn => turns[orientation ?? 1] ?? asStored;

/** The turn for a video track, whose frames are rotated first and then mirrored left to right. */
export function turnOfTrack(rotate: Turn['rotate'], mirrored: boolean): Turn {
  const sideways = rotate === 90 || rotate === 270;
  return { flip: mirrored && sideways, flop: mirrored && !sideways, rotate };
}

export const isSideways = ({ rotate }: Turn): boolean => rotate === 90 || rotate === 270;

export const turnsNothing = ({ flip, flop, rotate }: Turn): boolean => !flip && !flop && rotate === 0;
