import { clamp, type Rgb } from './color.js';
import type { Canvas } from './canvas.js';

/** What happens to the light between the lens and the file. */
export interface Finish {
  /** Halo of the lights, 0..1. */
  bloom?: number;
  /** Darker corners, 0..1. */
  vignette?: number;
  contrast?: number;
  saturation?: number;
  /** Tints added to the shadows and to the highlights (split toning), small numbers around 0. */
  shadows?: Rgb;
  highlights?: Rgb;
}

/** A small blurred copy of the picture (its values passed through `value`): the base of bloom and defocus. */
function blurred(c: Canvas, radius: number, factor: number, value: (v: number) => number): Small {
  const w = Math.ceil(c.w / factor);
  const h = Math.ceil(c.h / factor);
  const from = new Float32Array(w * h * 3);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const o = (y * w + x) * 3;
      let n = 0;
      for (let dy = 0; dy < factor; dy += 1) {
        const sy = y * factor + dy;
        if (sy >= c.h) break;
        for (let dx = 0; dx < factor; dx += 1) {
          const sx = x * factor + dx;
          if (sx >= c.w) break;
          const i = (sy * c.w + sx) * 3;
          from[o] += value(c.data[i]);
          from[o + 1] += value(c.data[i + 1]);
          from[o + 2] += value(c.data[i + 2]);
          n += 1;
        }
      }
      from[o] /= n;
      from[o + 1] /= n;
      from[o + 2] /= n;
    }
  }
  const into = new Float32Array(from.length);
  const r = Math.max(1, Math.round(radius / factor));
  for (let pass = 0; pass < 3; pass += 1) {
    boxBlur(from, into, w, h, r, 3, w * 3);
    boxBlur(into, from, h, w, r, w * 3, 3);
  }
  return { w, h, factor, data: from };
}

interface Small {
  w: number;
  h: number;
  factor: number;
  data: Float32Array;
}

/** Running mean along one axis; edges repeat. */
function boxBlur(
  from: Float32Array,
  into: Float32Array,
  length: number,
  lines: number,
  r: number,
  step: number,
  lineStep: number,
): void {
  const k = 1 / (2 * r + 1);
  for (let line = 0; line < lines; line += 1) {
    for (let ch = 0; ch < 3; ch += 1) {
      const base = line * lineStep + ch;
      let sum = from[base] * (r + 1);
      for (let i = 1; i <= r; i += 1) sum += from[base + Math.min(i, length - 1) * step];
      for (let i = 0; i < length; i += 1) {
        into[base + i * step] = sum * k;
        sum += from[base + Math.min(i + r + 1, length - 1) * step] - from[base + Math.max(i - r, 0) * step];
      }
    }
  }
}

/** Calls back with the bilinear value of the small picture for each pixel of the rows of the big one. */
function spread(
  c: Canvas,
  s: Small,
  put: (i: number, r: number, g: number, b: number, x: number, y: number) => void,
) {
  for (let y = 0; y < c.h; y += 1) {
    const fy = clamp((y + 0.5) / s.factor - 0.5, 0, s.h - 1.001);
    const y0 = fy | 0;
    const v = fy - y0;
    for (let x = 0; x < c.w; x += 1) {
      const fx = clamp((x + 0.5) / s.factor - 0.5, 0, s.w - 1.001);
      const x0 = fx | 0;
      const u = fx - x0;
      const p = (y0 * s.w + x0) * 3;
      const q = p + s.w * 3;
      const a = (1 - u) * (1 - v);
      const b = u * (1 - v);
      const d = (1 - u) * v;
      const e = u * v;
      const t = s.data;
      put(
        (y * c.w + x) * 3,
        t[p] * a + t[p + 3] * b + t[q] * d + t[q + 3] * e,
        t[p + 1] * a + t[p + 4] * b + t[q + 1] * d + t[q + 4] * e,
        t[p + 2] * a + t[p + 5] * b + t[q + 2] * d + t[q + 5] * e,
        x,
        y,
      );
    }
  }
}

/** Puts what has been painted so far out of focus; `amount` (0..1 by place) keeps parts of it sharp. */
export function defocus(c: Canvas, radius: number, amount?: (x: number, y: number) => number): void {
  const factor = radius >= 16 ? 8 : radius >= 8 ? 4 : 2;
  const soft = blurred(c, radius * 0.6, factor, (v) => v);
  const { data } = c;
  spread(c, soft, (i, r, g, b, x, y) => {
    const k = amount ? amount(x, y) : 1;
    if (k <= 0) return;
    data[i] += (r - data[i]) * k;
    data[i + 1] += (g - data[i + 1]) * k;
    data[i + 2] += (b - data[i + 2]) * k;
  });
}

/** The light spread of the lens, a film-like curve, toning, vignette; then 8-bit RGB. */
export function develop(c: Canvas, finish: Finish = {}): Buffer {
  const { bloom = 0.35, vignette = 0.15, contrast = 0.06, saturation = 1.04 } = finish;
  const shadows = finish.shadows ?? [0, 0, 0];
  const highlights = finish.highlights ?? [0, 0, 0];
  const halo = blurred(c, 34 * c.unit, 8, (v) => (v > 0.72 ? (v - 0.72) * 1.4 : 0));
  const out = Buffer.allocUnsafe(c.w * c.h * 3);
  const { data } = c;
  const cx = c.w / 2;
  const cy = c.h / 2;
  const reach = 1 / (cx * cx + cy * cy);
  spread(c, halo, (i, hr, hg, hb, x, y) => {
    const d = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) * reach;
    const light = 1 - vignette * d * (0.35 + 0.65 * d);
    const r = (data[i] + hr * bloom) * light;
    const g = (data[i + 1] + hg * bloom) * light;
    const b = (data[i + 2] + hb * bloom) * light;
    const luma = 0.3 * r + 0.59 * g + 0.11 * b;
    const hi = luma > 1 ? 1 : luma < 0 ? 0 : luma;
    const lo = (1 - hi) * (1 - hi);
    out[i] = tone(luma + (r - luma) * saturation + shadows[0] * lo + highlights[0] * hi, contrast);
    out[i + 1] = tone(luma + (g - luma) * saturation + shadows[1] * lo + highlights[1] * hi, contrast);
    out[i + 2] = tone(luma + (b - luma) * saturation + shadows[2] * lo + highlights[2] * hi, contrast);
  });
  return out;
}

/** Contrast around the middle and a shoulder that keeps highlights from clipping hard. */
function tone(v: number, contrast: number): number {
  if (v <= 0) return 0;
  let t = v;
  if (t > 0.8) t = 0.8 + 0.2 * (1 - Math.exp((0.8 - t) * 3.2));
  t += contrast * 4 * t * (1 - t) * (t - 0.5);
  return t >= 1 ? 255 : t <= 0 ? 0 : t * 255;
}

/** Adds film grain in place, stronger in the shadows; `strength` in 8-bit levels. */
export function addGrain(pixels: Buffer, seed: number, strength: number): void {
  const size = 1 << 16;
  const table = new Int8Array(size);
  let s = seed | 1;
  for (let i = 0; i < size; i += 1) {
    let sum = 0;
    for (let n = 0; n < 3; n += 1) {
      s = (Math.imul(s, 1664525) + 1013904223) | 0;
      sum += (s >>> 16) / 65536 - 0.5;
    }
    table[i] = Math.round(sum * strength * 1.6);
  }
  let j = seed & (size - 1);
  for (let i = 0; i < pixels.length; i += 3) {
    // An odd stride that changes now and then, so that no tile shows.
    j = (j + 1) & (size - 1);
    if ((i & 16383) === 0) j = (j + (s = (Math.imul(s, 1664525) + 1013904223) | 0)) & (size - 1);
    const n = table[j];
    for (let k = i; k < i + 3; k += 1) {
      const v = pixels[k] + n;
      pixels[k] = v < 0 ? 0 : v > 255 ? 255 : v;
    }
  }
}
