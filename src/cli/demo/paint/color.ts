/** Red, green, blue in 0..1, gamma-encoded like sRGB; values above 1 are highlights that bloom. */
export type Rgb = readonly [number, number, number];

/** Reads `#rrggbb`. */
export function rgb(hex: string): Rgb {
  const n = Number.parseInt(hex.slice(1), 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}

export const lerp = (a: number, b: number, t: number): number => a + (b - a) * t;

export const clamp = (x: number, min = 0, max = 1): number => (x < min ? min : x > max ? max : x);

/** Smooth step from 0 at `from` to 1 at `to` (which may be the smaller one). */
export function smooth(from: number, to: number, x: number): number {
  const t = clamp((x - from) / (to - from));
  return t * t * (3 - 2 * t);
}

export const mix = (a: Rgb, b: Rgb, t: number): Rgb => [
  lerp(a[0], b[0], t),
  lerp(a[1], b[1], t),
  lerp(a[2], b[2], t),
];

export const scale = (a: Rgb, k: number): Rgb => [a[0] * k, a[1] * k, a[2] * k];

/** The colour as CSS, for SVG. */
export function css(color: Rgb, alpha = 1): string {
  const [r, g, b] = color.map((v) => Math.round(clamp(v) * 255));
  return `rgba(${r},${g},${b},${+alpha.toFixed(3)})`;
}

/** Colour stops along 0..1, in order. */
export type Stops = readonly (readonly [at: number, color: Rgb])[];

/** The colour of a gradient at t. */
export function at(stops: Stops, t: number): Rgb {
  if (t <= stops[0][0]) return stops[0][1];
  for (let i = 1; i < stops.length; i += 1) {
    const [to, color] = stops[i];
    if (t <= to) {
      const [from, before] = stops[i - 1];
      return mix(before, color, smooth(0, 1, (t - from) / (to - from)));
    }
  }
  return stops[stops.length - 1][1];
}
