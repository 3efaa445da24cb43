import type { Rng } from '../prng.js';

/** What is in the air. */
export type Weather = 'clear' | 'rain' | 'fireflies' | 'petals' | 'dust';

export interface Particles {
  /** Draws frame number `i` over YUV 4:2:0 pixels, in place. */
  drawOn(pixels: Uint8Array, i: number): void;
}

interface Kind {
  count: number;
  /** Radius across and down, in thousandths of the short side. */
  rx: number;
  ry: number;
  /** Way a frame, in thousandths of the short side. */
  vx: number;
  vy: number;
  wander: number;
  luma: number;
  /** Colour difference added: blue, red. */
  cb: number;
  cr: number;
}

const KINDS: Record<Exclude<Weather, 'clear'>, Kind> = {
  rain: { count: 150, rx: 0.9, ry: 22, vx: -3, vy: 52, wander: 0, luma: 46, cb: 2, cr: -1 },
  fireflies: { count: 34, rx: 7, ry: 7, vx: 0.6, vy: -1.2, wander: 5, luma: 120, cb: -34, cr: 14 },
  petals: { count: 26, rx: 8, ry: 5.5, vx: -3.4, vy: 4.6, wander: 7, luma: 48, cb: 2, cr: 26 },
  dust: { count: 60, rx: 3.4, ry: 3.4, vx: 1, vy: -0.7, wander: 4, luma: 40, cb: -8, cr: 6 },
};

/** Rain, fireflies, petals or dust in the light: soft spots that drift and come round again. */
export function createParticles(rng: Rng, weather: Weather, width: number, height: number): Particles {
  if (weather === 'clear') return { drawOn: () => undefined };
  const kind = KINDS[weather];
  const unit = Math.min(width, height) / 1000;
  const spots = Array.from({ length: kind.count }, () => ({
    x: rng.range(0, width),
    y: rng.range(0, height),
    near: rng.range(0.5, 1.5),
    phase: rng.range(0, 6.28),
  }));
  const wrap = (v: number, max: number): number => ((v % max) + max) % max;
  return {
    drawOn(pixels, i) {
      for (const s of spots) {
        const sway = Math.sin(s.phase + i * 0.13) * kind.wander * unit * 3;
        const x = wrap(s.x + kind.vx * unit * s.near * i + sway, width);
        const y = wrap(s.y + kind.vy * unit * s.near * i + sway * 0.4, height);
        const shine = kind.wander > 0 ? 0.55 + 0.45 * Math.sin(s.phase * 3 + i * 0.22) : 0.6;
        spot(pixels, width, height, x, y, kind, unit * s.near, shine);
      }
    },
  };
}

function spot(
  pixels: Uint8Array,
  width: number,
  height: number,
  cx: number,
  cy: number,
  kind: Kind,
  k: number,
  shine: number,
): void {
  const rx = Math.max(1, kind.rx * k);
  const ry = Math.max(1, kind.ry * k);
  const size = width * height;
  const half = width / 2;
  for (let y = Math.max(0, Math.ceil(cy - ry)); y < Math.min(height, cy + ry); y += 1) {
    for (let x = Math.max(0, Math.ceil(cx - rx)); x < Math.min(width, cx + rx); x += 1) {
      const d = 1 - ((x - cx) / rx) ** 2 - ((y - cy) / ry) ** 2;
      if (d <= 0) continue;
      const a = d * shine;
      const o = y * width + x;
      pixels[o] = Math.min(235, pixels[o] + kind.luma * a);
      if (((x | y) & 1) === 0) {
        const c = (y >> 1) * half + (x >> 1);
        pixels[size + c] = Math.min(240, Math.max(16, pixels[size + c] + kind.cb * a));
        pixels[size * 1.25 + c] = Math.min(240, Math.max(16, pixels[size * 1.25 + c] + kind.cr * a));
      }
    }
  }
}
