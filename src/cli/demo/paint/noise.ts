import type { Rng } from '../prng.js';

const SIDE = 256;

/** Value noise on a 256-cell torus: one table, one and two dimensions, any number of octaves. */
export class Noise {
  private readonly table = new Float32Array(SIDE * SIDE);

  constructor(rng: Rng) {
    for (let i = 0; i < this.table.length; i += 1) this.table[i] = rng.next();
  }

  /** Smooth noise in 0..1 at a point; cells have side 1. */
  sample(x: number, y: number): number {
    const xf = Math.floor(x);
    const yf = Math.floor(y);
    const x0 = xf & 255;
    const y0 = (yf & 255) << 8;
    const x1 = (x0 + 1) & 255;
    const y1 = (y0 + SIDE) & 65535;
    let u = x - xf;
    let v = y - yf;
    u = u * u * (3 - 2 * u);
    v = v * v * (3 - 2 * v);
    const t = this.table;
    const a = t[y0 + x0] + (t[y0 + x1] - t[y0 + x0]) * u;
    const b = t[y1 + x0] + (t[y1 + x1] - t[y1 + x0]) * u;
    return a + (b - a) * v;
  }

  /** Octaves of noise, each of double frequency and of `gain` times the height; in 0..1. */
  fbm(x: number, y: number, octaves: number, gain = 0.5): number {
    let sum = 0;
    let height = 1;
    let scale = 1;
    let total = 0;
    for (let i = 0; i < octaves; i += 1) {
      sum += height * this.sample(x * scale + i * 37.3, y * scale + i * 17.1);
      total += height;
      height *= gain;
      scale *= 2.02;
    }
    return sum / total;
  }
}

/** A noise picture computed coarsely and read with bilinear filtering: clouds and haze need no more. */
export class Field {
  private readonly values: Float32Array;

  constructor(
    private readonly w: number,
    private readonly h: number,
    value: (u: number, v: number) => number,
  ) {
    this.values = new Float32Array((w + 1) * (h + 1));
    for (let y = 0; y <= h; y += 1) {
      for (let x = 0; x <= w; x += 1) this.values[y * (w + 1) + x] = value(x / w, y / h);
    }
  }

  /** The value at u, v in 0..1. */
  read(u: number, v: number): number {
    const x = Math.min(Math.max(u, 0), 0.99999) * this.w;
    const y = Math.min(Math.max(v, 0), 0.99999) * this.h;
    const x0 = x | 0;
    const y0 = y | 0;
    const i = y0 * (this.w + 1) + x0;
    const f = x - x0;
    const a = this.values[i] + (this.values[i + 1] - this.values[i]) * f;
    const j = i + this.w + 1;
    const b = this.values[j] + (this.values[j + 1] - this.values[j]) * f;
    return a + (b - a) * (y - y0);
  }
}
