import sharp from 'sharp';
import { clamp, type Rgb } from './color.js';

/** Straight (not premultiplied) 8-bit RGBA pixels of the canvas's size. */
export interface Layer {
  readonly w: number;
  readonly h: number;
  readonly rgba: Uint8Array;
}

export type Blend = 'over' | 'add' | 'multiply';

/**
 * A picture being painted: interleaved float RGB, gamma-encoded, with room above 1 for lights.
 * Scenes think in fractions of `w` and `h`, and in `unit` (a thousandth of the short side), so the same
 * scene serves a 12 MP photo and a video frame.
 */
export class Canvas {
  readonly data: Float32Array;
  readonly unit: number;

  constructor(
    readonly w: number,
    readonly h: number,
  ) {
    this.data = new Float32Array(w * h * 3);
    this.unit = Math.min(w, h) / 1000;
  }

  /** Fills rows from y0 up to y1 with one colour each. */
  rows(y0: number, y1: number, color: (y: number) => Rgb): void {
    const { w, data } = this;
    for (let y = Math.max(0, Math.floor(y0)); y < Math.min(this.h, y1); y += 1) {
      const [r, g, b] = color(y);
      for (let i = y * w * 3, end = i + w * 3; i < end; i += 3) {
        data[i] = r;
        data[i + 1] = g;
        data[i + 2] = b;
      }
    }
  }

  /** Blends a colour into every pixel of a rectangle, as much as `amount` says for that pixel (0..1). */
  wash(color: Rgb, amount: (x: number, y: number) => number, y0 = 0, y1 = this.h, x0 = 0, x1 = this.w): void {
    const { w, data } = this;
    const [r, g, b] = color;
    const left = Math.max(0, Math.floor(x0));
    const right = Math.min(w, x1);
    for (let y = Math.max(0, Math.floor(y0)); y < Math.min(this.h, y1); y += 1) {
      for (let x = left, i = (y * w + left) * 3; x < right; x += 1, i += 3) {
        const a = amount(x, y);
        if (a <= 0) continue;
        data[i] += (r - data[i]) * a;
        data[i + 1] += (g - data[i + 1]) * a;
        data[i + 2] += (b - data[i + 2]) * a;
      }
    }
  }

  /** Multiplies every pixel of some rows by a factor. */
  shade(factor: (x: number, y: number) => number, y0 = 0, y1 = this.h): void {
    const { w, data } = this;
    for (let y = Math.max(0, Math.floor(y0)); y < Math.min(this.h, y1); y += 1) {
      for (let x = 0, i = y * w * 3; x < w; x += 1, i += 3) {
        const k = factor(x, y);
        data[i] *= k;
        data[i + 1] *= k;
        data[i + 2] *= k;
      }
    }
  }

  /** Adds light around a point; it fades to nothing at `radius`. `stretch` widens it sideways. */
  glow(cx: number, cy: number, radius: number, color: Rgb, strength: number, stretch = 1): void {
    const { w, h, data } = this;
    const rx = radius * stretch;
    const x0 = Math.max(0, Math.floor(cx - rx));
    const x1 = Math.min(w, Math.ceil(cx + rx));
    const y0 = Math.max(0, Math.floor(cy - radius));
    const y1 = Math.min(h, Math.ceil(cy + radius));
    for (let y = y0; y < y1; y += 1) {
      const dy = (y - cy) / radius;
      for (let x = x0, i = (y * w + x0) * 3; x < x1; x += 1, i += 3) {
        const dx = (x - cx) / rx;
        const d = 1 - dx * dx - dy * dy;
        if (d <= 0) continue;
        const k = strength * d * d * d;
        data[i] += color[0] * k;
        data[i + 1] += color[1] * k;
        data[i + 2] += color[2] * k;
      }
    }
  }

  /** Adds a disc of light with a soft edge and a brighter rim: an unsharp lamp (bokeh), a sun, a spark. */
  disc(cx: number, cy: number, radius: number, color: Rgb, strength: number, rim = 0, edge = 0.08): void {
    const { w, h, data } = this;
    const x0 = Math.max(0, Math.floor(cx - radius));
    const x1 = Math.min(w, Math.ceil(cx + radius + 1));
    const y0 = Math.max(0, Math.floor(cy - radius));
    const y1 = Math.min(h, Math.ceil(cy + radius + 1));
    const soft = Math.max(edge, 1.2 / radius);
    for (let y = y0; y < y1; y += 1) {
      for (let x = x0, i = (y * w + x0) * 3; x < x1; x += 1, i += 3) {
        const d = Math.hypot(x - cx, y - cy) / radius;
        if (d >= 1) continue;
        const k = strength * clamp((1 - d) / soft) * (1 + rim * d * d * d * d);
        data[i] += color[0] * k;
        data[i + 1] += color[1] * k;
        data[i + 2] += color[2] * k;
      }
    }
  }

  /** Lays drawn pixels over the picture. */
  lay(layer: Layer, blend: Blend = 'over', opacity = 1): void {
    const { data } = this;
    const { rgba } = layer;
    const k = opacity / 255;
    for (let i = 0, j = 0; j < rgba.length; i += 3, j += 4) {
      if (rgba[j + 3] === 0) continue;
      const a = rgba[j + 3] * k;
      for (let n = 0; n < 3; n += 1) {
        const s = rgba[j + n] / 255;
        const d = data[i + n];
        if (blend === 'over') data[i + n] = d + (s - d) * a;
        else if (blend === 'add') data[i + n] = d + s * a;
        else data[i + n] = d * (1 - a + s * a);
      }
    }
  }

  /** Draws SVG in the canvas's own pixel coordinates; `blur` in pixels. */
  async draw(body: string, options: { blur?: number; blend?: Blend; opacity?: number } = {}): Promise<void> {
    if (body !== '') {
      this.lay(await svgLayer(this.w, this.h, body, options.blur), options.blend, options.opacity);
    }
  }

  /** A copy of some rows: what water and wet ground mirror. */
  copyRows(y0: number, y1: number): Float32Array {
    return this.data.slice(y0 * this.w * 3, y1 * this.w * 3);
  }
}

/** Renders SVG elements to pixels; blurred ones are drawn coarsely, since nobody can tell. */
export async function svgLayer(w: number, h: number, body: string, blur = 0): Promise<Layer> {
  const coarse = blur >= 6 ? 4 : blur >= 3 ? 2 : 1;
  const cw = Math.ceil(w / coarse);
  const ch = Math.ceil(h / coarse);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${cw}" height="${ch}" viewBox="0 0 ${w} ${h}" preserveAspectRatio="none">${body}</svg>`;
  let image = sharp(Buffer.from(svg)).ensureAlpha();
  if (blur > 0) image = image.blur(Math.max(0.3, blur / coarse));
  let pixels = await image.raw().toBuffer();
  if (coarse > 1) {
    pixels = await sharp(pixels, { raw: { width: cw, height: ch, channels: 4 } })
      .resize(w, h, { fit: 'fill', kernel: 'linear' })
      .raw()
      .toBuffer();
  }
  return { w, h, rgba: pixels };
}
