import type { Rng } from '../prng.js';
import type { Canvas } from './canvas.js';
import { clamp, mix, smooth, type Rgb } from './color.js';
import type { Light } from './light.js';
import { Noise } from './noise.js';

export interface RidgeOptions {
  /** Row of the foot in pixels; nothing is painted below it. */
  foot: number;
  /** Mean height of the crest over the foot, and how much it varies, in pixels. */
  height: number;
  relief: number;
  /** Hills across the picture. */
  hills: number;
  /** 0 = at the viewer, 1 = lost in haze. */
  distance: number;
  /** How thick the mist at its foot is, 0..1. */
  mist?: number;
  /** Trees on the crest, as a share of relief. */
  trees?: number;
  /** Sun's place across the picture, for the lit flank. */
  sunX?: number;
  /** Karst-like (1) or gentle (0). */
  steep?: number;
}

/** One range of hills from edge to edge, with a wooded crest, lit flanks and mist at its foot. */
export function paintRidge(c: Canvas, light: Light, rng: Rng, o: RidgeOptions): Float32Array {
  const noise = new Noise(rng);
  const ox = rng.range(0, 200);
  const crest = new Float32Array(c.w + 1);
  const steep = o.steep ?? 0;
  const grain = (o.trees ?? 0.05) * o.relief;
  for (let x = 0; x <= c.w; x += 1) {
    const u = (x / c.w) * o.hills + ox;
    let n = noise.fbm(u, 3.7, 5, 0.46);
    if (steep > 0) n = n * (1 - steep) + steep * (0.12 + 1.15 * Math.pow(clamp((n - 0.22) * 1.7), 1.6));
    const bush = noise.fbm((x / c.unit) * 0.16, 9.1, 2) - 0.5;
    const leaf = noise.sample((x / c.unit) * 0.55, 1.3) - 0.5;
    crest[x] = o.foot - o.height - (n - 0.5) * 2 * o.relief - (bush * 1.5 + leaf * 0.7) * grain;
  }
  const base = mix(mix(light.near, light.foliage, 0.6), light.haze, o.distance);
  const low = mix(base, light.haze, (o.mist ?? 0.5) * (0.55 + 0.45 * o.distance));
  const lit = mix(base, light.sun, 0.24 * light.sunPower * (1 - 0.6 * o.distance) * (1 - light.dark));
  const rough = (1 - o.distance) * 0.2;
  const { data, w } = c;
  let top = o.foot;
  for (const y of crest) if (y < top) top = y;
  for (let y = Math.max(0, Math.floor(top) - 1); y < Math.min(c.h, o.foot); y += 1) {
    for (let x = 0, i = y * w * 3; x < w; x += 1, i += 3) {
      const edge = y + 0.5 - crest[x];
      if (edge < -0.5) continue;
      const a = edge < 0.5 ? edge + 0.5 : 1;
      const depth = clamp(edge / (o.height + o.relief * 0.8));
      const slope = crest[Math.min(w, x + 14)] - crest[Math.max(0, x - 14)];
      const side = o.sunX === undefined ? 0 : clamp(((o.sunX < x ? 1 : -1) * -slope) / 26, -1, 1);
      const texture =
        rough > 0.02
          ? (noise.sample((x * 0.11) / c.unit, (y * 0.16) / c.unit) - 0.5) * 0.9 +
            (noise.sample((x * 0.34) / c.unit, (y * 0.4) / c.unit) - 0.5) * 0.6
          : 0;
      const light1 = clamp(0.35 + 0.5 * side * (1 - depth) + texture * rough * 4, 0, 1);
      const fog = smooth(0.05, 1, depth);
      const shade = 1 + texture * rough * 2;
      for (let n = 0; n < 3; n += 1) {
        const rock = (base[n] + (lit[n] - base[n]) * light1) * shade;
        data[i + n] += (rock + (low[n] - rock) * fog - data[i + n]) * a;
      }
    }
  }
  return crest;
}

/** A bank of mist: thickest at its middle row, with a ragged edge. */
export function paintMist(
  c: Canvas,
  color: Rgb,
  rng: Rng,
  y: number,
  thickness: number,
  strength: number,
): void {
  const noise = new Noise(rng);
  const ox = rng.range(0, 100);
  c.wash(
    color,
    (px, py) => {
      const d = Math.abs(py - y) / thickness;
      if (d >= 1) return 0;
      const n = noise.fbm(ox + (px / c.w) * 4, (py / c.h) * 9, 3);
      return strength * (1 - d * d) * clamp(n * 2.2 - 0.45);
    },
    y - thickness,
    y + thickness,
  );
}

/** Rows of crops or grass that run to a vanishing point, lit from the sun's side. */
export function paintField(
  c: Canvas,
  rng: Rng,
  o: { top: number; colors: readonly [far: Rgb, near: Rgb]; rows?: number; vanishX: number; rough?: number },
): void {
  const noise = new Noise(rng);
  const { top, colors, rows = 0, vanishX, rough = 0.5 } = o;
  const depth = c.h - top;
  const { data, w } = c;
  for (let y = Math.max(0, Math.floor(top)); y < c.h; y += 1) {
    const t = Math.max(0, y - top) / depth;
    const z = 1 / (t + 0.045);
    const [r, g, b] = mix(colors[0], colors[1], Math.pow(t, 0.7));
    const fine = smooth(0.02, 0.5, t);
    for (let x = 0, i = y * w * 3; x < w; x += 1, i += 3) {
      const across = ((x - vanishX) / w) * z;
      const patch = noise.fbm(across * 2.2 + 60, z * 1.6, 3) - 0.5;
      const blades = noise.sample(across * 90, z * 34) - 0.5;
      const blades2 = noise.sample(across * 34 + 11, z * 12) - 0.5;
      let k = 1 + rough * (patch * 0.9 + blades2 * 0.45 + blades * 0.5 * fine);
      if (rows > 0) {
        const wave = Math.sin(across * rows + patch * 2.2);
        k *= 1 + 0.2 * wave * smooth(0.015, 0.14, t);
      }
      data[i] = r * k;
      data[i + 1] = g * k;
      data[i + 2] = b * k * (0.96 + 0.08 * blades2);
    }
  }
}
