import type { Rng } from '../prng.js';
import type { Canvas } from './canvas.js';
import { clamp, smooth, type Rgb } from './color.js';
import { Noise } from './noise.js';

export interface WaterOptions {
  /** First row of water. */
  top: number;
  /** Row past the last (default: the bottom). */
  bottom?: number;
  tint: Rgb;
  /** How much of its own colour the nearest water shows, 0..1. */
  depth?: number;
  /** Wave height, 1 = a calm river. */
  ripple?: number;
  /** Light dabs on the crests, 0..1. */
  sparkle?: number;
  /** How tall the mirrored world is, against the real one. */
  stretch?: number;
}

/** Mirrors what stands above the water line, broken by ripples that grow towards the viewer. */
export function paintWater(c: Canvas, rng: Rng, o: WaterOptions): void {
  const noise = new Noise(rng);
  const { top, tint, depth = 0.45, ripple = 1, sparkle = 0, stretch = 1 } = o;
  const bottom = Math.min(c.h, o.bottom ?? c.h);
  const shore = Math.floor(top);
  const above = c.copyRows(0, shore);
  const { data, w, unit } = c;
  for (let y = shore; y < bottom; y += 1) {
    const t = (y - shore) / (bottom - shore);
    const z = 1 / (t + 0.05);
    const reach = ripple * unit * (2 + 46 * t);
    const own = depth * (0.35 + 0.65 * smooth(0, 1, t));
    for (let x = 0, i = y * w * 3; x < w; x += 1, i += 3) {
      const u = ((x / w - 0.5) * z + 7) * 3.2;
      const big = noise.sample(u * 0.9, z * 11) - 0.5;
      const small = noise.sample(u * 4.1 + 31, z * 40 + 5) - 0.5;
      const wave = big + small * 0.62;
      let sy = shore - 1 - ((y - shore) / stretch + wave * reach * 1.9);
      sy = sy < 0 ? -sy : sy >= shore ? 2 * shore - 2 - sy : sy;
      sy = clamp(sy, 0, shore - 1) | 0;
      const sx = clamp(x + wave * reach * 0.45, 0, w - 1) | 0;
      const j = (sy * w + sx) * 3;
      const facing = clamp(own + wave * 0.55 * ripple * t, 0, 0.92);
      const crest = sparkle > 0 ? sparkle * clamp((wave - 0.34) * 5) : 0;
      for (let n = 0; n < 3; n += 1) {
        const mirrored = above[j + n] * 0.94;
        data[i + n] = mirrored + (tint[n] - mirrored) * facing + crest * mirrored * 1.4;
      }
    }
  }
}

/** A wet street or a polished floor: a long smeared mirror under what stands at `top`. */
export function paintWetGround(c: Canvas, rng: Rng, top: number, tint: Rgb, wet: number): void {
  const noise = new Noise(rng);
  const shore = Math.floor(top);
  const above = c.copyRows(0, shore);
  const { data, w, unit } = c;
  const span = c.h - shore;
  for (let y = shore; y < c.h; y += 1) {
    const t = (y - shore) / span;
    const z = 1 / (t + 0.08);
    for (let x = 0, i = y * w * 3; x < w; x += 1, i += 3) {
      const u = (x / w - 0.5) * z;
      const puddle = clamp((noise.fbm(u * 2.4 + 9, z * 1.5, 3) - 0.36) * 3.2);
      const stone = noise.sample(u * 46 + 3, z * 17) - 0.5;
      const wobble = (noise.sample(u * 13, z * 21 + 40) - 0.5) * unit * (1 + 40 * t) * (1.15 - puddle);
      const sy = clamp(shore - 1 - (y - shore) * 0.92 + wobble * 2.4, 0, shore - 1) | 0;
      const sx = clamp(x + wobble, 0, w - 1) | 0;
      const j = (sy * w + sx) * 3;
      const shine = wet * (0.3 + 0.6 * puddle);
      const k = 1 + stone * 0.4 * (1 - puddle * 0.6);
      for (let n = 0; n < 3; n += 1) {
        data[i + n] = tint[n] * k * (1 - shine * 0.5) + above[j + n] * shine * 0.8;
      }
    }
  }
}
