/** A picture as video keeps it: full-size luma, half-size colour (4:2:0, BT.601 limited range). */
export interface Planes {
  readonly w: number;
  readonly h: number;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** Converts 8-bit RGB; width and height must be even. Coefficients: ITU-R BT.601. */
export function toPlanes(rgb: Uint8Array, w: number, h: number): Planes {
  const y = new Uint8Array(w * h);
  for (let i = 0, p = 0; i < y.length; i += 1, p += 3) {
    y[i] = 16 + 0.257 * rgb[p] + 0.504 * rgb[p + 1] + 0.098 * rgb[p + 2] + 0.5;
  }
  const cw = w / 2;
  const ch = h / 2;
  const u = new Uint8Array(cw * ch);
  const v = new Uint8Array(cw * ch);
  for (let cy = 0; cy < ch; cy += 1) {
    for (let cx = 0; cx < cw; cx += 1) {
      const p = (cy * 2 * w + cx * 2) * 3;
      const q = p + w * 3;
      const r = (rgb[p] + rgb[p + 3] + rgb[q] + rgb[q + 3]) / 4;
      const g = (rgb[p + 1] + rgb[p + 4] + rgb[q + 1] + rgb[q + 4]) / 4;
      const b = (rgb[p + 2] + rgb[p + 5] + rgb[q + 2] + rgb[q + 5]) / 4;
      u[cy * cw + cx] = 128.5 - 0.148 * r - 0.291 * g + 0.439 * b;
      v[cy * cw + cx] = 128.5 + 0.439 * r - 0.368 * g - 0.071 * b;
    }
  }
  return { w, h, y, u, v };
}
