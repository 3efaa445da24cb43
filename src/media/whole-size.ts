import type { Media } from './media.entity.js';

/** Largest edge of the preview. 2000, not 2048: a 6000-pixel photo then decodes at half size, a third faster. */
export const previewEdge = 2000;

/** A browser holds four bytes a pixel: beyond this a tablet gives up, and the preview is the largest there is. */
const mostPixels = 65_000_000;

/** Whether a file has a picture of its whole size besides the preview: `full`, which is made when it is first asked for. */
export function hasWholeSize({
  kind,
  status,
  width,
  height,
}: Pick<Media, 'kind' | 'status' | 'width' | 'height'>): boolean {
  if (kind !== 'image' || status !== 'ready' || width === null || height === null) return false;
  return Math.max(width, height) > previewEdge && width * height <= mostPixels;
}
