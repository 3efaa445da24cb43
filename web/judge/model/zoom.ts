/**
 * Where a picture lies in its frame. A zoom is kept without pixels (how many times larger than fitting, and which
 * point of the picture is in the middle), so that panes of different sizes can share one.
 */

export interface Size {
  width: number;
  height: number;
}

export interface Zoom {
  /** 1 = the whole picture fits the frame. */
  level: number;
  /** The point of the picture in the middle of the frame, as shares of its width and height. */
  x: number;
  y: number;
  /** At 100 %, whatever level that is: pictures of several sizes that share a zoom are each at their own. */
  full?: true;
}

export interface Placement extends Size {
  left: number;
  top: number;
}

export const FIT: Zoom = { level: 1, x: 0.5, y: 0.5 };
/** A panorama of 65 megapixels is so much larger than the pane of a comparison. */
export const MAX_LEVEL = 100;

/** The largest size of the picture that the frame holds whole. */
export function fitSize(frame: Size, picture: Size): Size {
  if (picture.width <= 0 || picture.height <= 0) return { width: 0, height: 0 };
  const factor = Math.min(frame.width / picture.width, frame.height / picture.height);
  return { width: picture.width * factor, height: picture.height * factor };
}

/** The level at which one pixel of the picture is one pixel of the screen; at least 1.5 times the fit, so that Z always shows. */
export function levelOfFullSize(frame: Size, picture: Size, pixelRatio: number): number {
  const fitted = fitSize(frame, picture);
  if (fitted.width <= 0) return 1;
  return Math.min(MAX_LEVEL, Math.max(1.5, picture.width / pixelRatio / fitted.width));
}

/** The zoom as it is for this picture in this frame. */
export function zoomOf(frame: Size, picture: Size, zoom: Zoom, pixelRatio: number): Zoom {
  return zoom.full ? { ...zoom, level: levelOfFullSize(frame, picture, pixelRatio) } : zoom;
}

/** Left, top and size of the picture in the frame, in the frame's pixels. No edge leaves a gap that it could fill. */
export function place(frame: Size, picture: Size, zoom: Zoom): Placement {
  const fitted = fitSize(frame, picture);
  const width = fitted.width * zoom.level;
  const height = fitted.height * zoom.level;
  return {
    width,
    height,
    left: along(frame.width, width, zoom.x),
    top: along(frame.height, height, zoom.y),
  };
}

function along(room: number, length: number, centre: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, room / 2 - centre * length));
}

/** Zooms so that the point of the picture under the pointer stays under it. `at` is in the frame's pixels. */
export function zoomAt(
  frame: Size,
  picture: Size,
  zoom: Zoom,
  level: number,
  at: { x: number; y: number },
): Zoom {
  const clamped = Math.min(MAX_LEVEL, Math.max(1, level));
  if (clamped === 1) return FIT;
  const before = place(frame, picture, zoom);
  const pointX = (at.x - before.left) / before.width;
  const pointY = (at.y - before.top) / before.height;
  const fitted = fitSize(frame, picture);
  return centred(frame, picture, {
    level: clamped,
    x: pointX - (at.x - frame.width / 2) / (fitted.width * clamped),
    y: pointY - (at.y - frame.height / 2) / (fitted.height * clamped),
  });
}

/** Moves the picture by pixels of the frame. */
export function panBy(frame: Size, picture: Size, zoom: Zoom, dx: number, dy: number): Zoom {
  const now = place(frame, picture, zoom);
  return centred(frame, picture, { ...zoom, x: zoom.x - dx / now.width, y: zoom.y - dy / now.height });
}

/** The same placement with a centre that is really in the middle, so that a pan back begins at once. */
function centred(frame: Size, picture: Size, zoom: Zoom): Zoom {
  const placed = place(frame, picture, zoom);
  return {
    ...zoom,
    x: (frame.width / 2 - placed.left) / placed.width,
    y: (frame.height / 2 - placed.top) / placed.height,
  };
}
