import { rgb, type Rgb } from './color.js';
import type { Canvas } from './canvas.js';
import type { Rng } from '../prng.js';

/** Lamps of a street at night. */
export const LAMPS: readonly Rgb[] = [
  '#ffb35a',
  '#ff8a4a',
  '#ffd99a',
  '#ff5f4e',
  '#6fc3ff',
  '#ffe9c4',
  '#7fe0b8',
].map(rgb);

/** Lamps out of focus, more and larger the nearer they are. */
export function bokeh(
  c: Canvas,
  rng: Rng,
  count: number,
  y0: number,
  y1: number,
  size: number,
  strength: number,
): void {
  for (let i = 0; i < count; i += 1) {
    const r = size * c.unit * rng.range(0.4, 1);
    c.disc(
      rng.range(-0.05, 1.05) * c.w,
      rng.range(y0, y1),
      r,
      rng.pick(LAMPS),
      strength * rng.range(0.25, 1),
      0.7,
      0.07,
    );
  }
}
