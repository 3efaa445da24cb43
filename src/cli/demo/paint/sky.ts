import type { Rng } from '../prng.js';
import type { Canvas } from './canvas.js';
import { at, clamp, mix, scale, smooth } from './color.js';
import type { Light } from './light.js';
import { Field, Noise } from './noise.js';

export interface SkyOptions {
  /** Row of the horizon in pixels. */
  horizon: number;
  /** Where the sun or moon stands, in pixels. */
  sun?: { x: number; y: number; radius: number };
  /** 0 = clear, 1 = overcast. */
  clouds?: number;
  stars?: boolean;
}

/** Paints the sky: gradient, the sun's halo, lit clouds, stars. */
export function paintSky(c: Canvas, light: Light, rng: Rng, options: SkyOptions): void {
  const { horizon, sun, clouds = 0.4 } = options;
  c.rows(0, c.h, (y) => at(light.sky, y / horizon));
  if (sun && light.sunPower > 0) {
    const p = light.sunPower;
    const low = 1 - light.dark * 0.75;
    c.glow(sun.x, sun.y, 900 * c.unit, scale(light.sun, 0.34 * p * low), 1, 1.5);
    c.glow(sun.x, sun.y, 380 * c.unit, scale(light.sun, 0.3 * p * low), 1, 1.15);
    c.glow(sun.x, sun.y, sun.radius * 3.2, scale(light.sun, 0.35 * p), 1);
  }
  if (options.stars) paintStars(c, rng.fork('stars'), horizon);
  if (sun && light.sunPower > 0) c.disc(sun.x, sun.y, sun.radius, light.sun, 0.85 * light.sunPower, 0, 0.12);
  if (clouds > 0) paintClouds(c, light, rng.fork('clouds'), options, clouds);
}

function paintStars(c: Canvas, rng: Rng, horizon: number): void {
  for (let i = 0; i < 260; i += 1) {
    const y = rng.next() ** 1.4 * horizon * 0.85;
    const size = rng.range(0.7, 1.7) * c.unit;
    c.disc(
      rng.range(0, c.w),
      y,
      Math.max(1, size),
      [0.85, 0.9, 1],
      rng.range(0.15, 0.7) * (1 - y / horizon),
      0,
      0.6,
    );
  }
}

/** Clouds lie flatter towards the horizon, glow where they near the sun, and are dark underneath. */
function paintClouds(c: Canvas, light: Light, rng: Rng, options: SkyOptions, amount: number): void {
  const noise = new Noise(rng);
  const { horizon, sun } = options;
  const ox = rng.range(0, 200);
  const tilt = rng.range(-0.15, 0.15);
  const aspect = c.w / c.h;
  const depth = (v: number): number => 1.25 / (1.12 - v);
  const shape = (u: number, v: number): number => {
    const z = depth(v);
    return noise.fbm(ox + (u - 0.5) * 2.1 * z * aspect, z * 3.4 + u * tilt * 4, 6, 0.52);
  };
  const rows = Math.max(60, Math.round((horizon / c.h) * 300));
  const density = new Field(360, rows, shape);
  const threshold = 0.62 - amount * 0.24;
  const dark = mix(light.haze, light.sky[1][1], 0.55);
  const lit = mix(light.sun, light.haze, 0.25 + 0.4 * light.dark);
  for (let y = 0; y < horizon; y += 1) {
    const v = y / horizon;
    const fade = smooth(1.02, 0.8, v) * (1 - 0.75 * light.dark);
    for (let x = 0, i = y * c.w * 3; x < c.w; x += 1, i += 3) {
      const u = x / c.w;
      const d = density.read(u, v);
      if (d < threshold) continue;
      const body = clamp((d - threshold) * 5.5);
      const below = density.read(u, v - 0.02);
      let shine = clamp(0.55 + (d - below) * 9);
      if (sun) {
        const near = clamp(1 - Math.hypot(x - sun.x, (y - sun.y) * 1.3) / (c.w * 0.65));
        shine = clamp(shine * 0.6 + near * 0.7 * (1 - body * 0.35));
      }
      const a = body * fade * (0.35 + 0.5 * amount);
      const { data } = c;
      for (let n = 0; n < 3; n += 1) {
        const color = dark[n] + (lit[n] * 1.02 - dark[n]) * shine;
        data[i + n] += (color - data[i + n]) * a;
      }
    }
  }
}
