/** A rectangle of a picture in shares of its width and height. */
export interface Window {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const without = (left: number, top: number, right: number, bottom: number): Window => ({
  left,
  top,
  right: 1 - right,
  bottom: 1 - bottom,
});

/**
 * The parts of a picture that are hashed: all of it, and what the usual ways of cutting would leave. A hash
 * bears about 4 % of a side cut off, so these lie about 8 % apart. Their order is what media_hashes.view counts.
 */
export const views: readonly Window[] = [
  without(0, 0, 0, 0),
  without(0.05, 0.05, 0.05, 0.05),
  without(0.1, 0.1, 0.1, 0.1),
  without(0.1, 0, 0, 0),
  without(0, 0.1, 0, 0),
  without(0, 0, 0.1, 0),
  without(0, 0, 0, 0.1),
  without(0.1, 0.1, 0, 0),
  without(0, 0.1, 0.1, 0),
  without(0, 0, 0.1, 0.1),
  without(0.1, 0, 0, 0.1),
  without(0.12, 0, 0.12, 0),
  without(0, 0.12, 0, 0.12),
];

/** The view that some pictures have besides: all of it with the border that the others leave out. */
export const withBorder = views.length;

/** Whether a view shows all of a picture. A copy is found when all of one picture looks like a part of the other. */
export function showsAll(view: number): boolean {
  return view === 0 || view === withBorder;
}
