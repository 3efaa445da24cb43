import type { Rng } from '../prng.js';
import { css, mix, rgb, scale, type Rgb } from './color.js';
import type { Light } from './light.js';

/** Colours of lamps behind curtains. */
export const WINDOW_LIGHTS: readonly Rgb[] = [
  '#ffd391',
  '#ffbf6b',
  '#ffe3b8',
  '#f7f0dc',
  '#cfe3ff',
  '#ffb05a',
].map(rgb);

interface SkylineOptions {
  w: number;
  foot: number;
  /** Least and greatest height in pixels. */
  low: number;
  high: number;
  count: number;
  light: Light;
  /** 0 = near, 1 = lost in haze. */
  distance: number;
  /** Share of windows with a lamp on. */
  lit: number;
  unit: number;
}

/** A row of towers from edge to edge; windows are gathered into one path for each colour. */
export function skyline(rng: Rng, o: SkylineOptions): string {
  const { light, unit } = o;
  let bodies = '';
  const windows = new Map<string, string>();
  for (let i = 0; i < o.count; i += 1) {
    const wide = (o.w / o.count) * rng.range(0.75, 1.35);
    const x = ((i + 0.5) / o.count) * o.w - wide / 2 + rng.range(-0.25, 0.25) * wide;
    const middle = 1 - Math.abs(i / o.count - 0.5) * 0.9;
    const h = (o.low + (o.high - o.low) * Math.pow(rng.next(), 1.5)) * (0.7 + 0.5 * middle);
    const y = o.foot - h;
    const base = mix(
      scale(mix(light.near, light.white, 0.22 * (1 - light.dark)), rng.range(0.85, 1.25)),
      light.haze,
      o.distance,
    );
    bodies += tower(rng, x, y, wide, h, base, light);
    if (o.distance > 0.75) continue;
    const cell = unit * rng.range(10, 15);
    const row = cell * rng.range(1.15, 1.6);
    const strips = rng.chance(0.25);
    for (let wy = y + cell; wy < o.foot - cell; wy += row) {
      const mood = rng.range(0.35, 1.4);
      for (let wx = x + cell * 0.6; wx < x + wide - cell * 0.8; wx += cell) {
        const on = rng.chance(o.lit * mood);
        if (!on && light.dark > 0.5) continue;
        const color = on
          ? css(mix(rng.pick(WINDOW_LIGHTS), light.haze, o.distance * 0.7), rng.pick([0.9, 0.6, 0.35]))
          : css(mix(scale(base, 0.72), light.sky[1][1], 0.22), 0.8);
        const ww = cell * (strips ? 0.95 : 0.52);
        const rect = `M${wx.toFixed(1)} ${wy.toFixed(1)}h${ww.toFixed(1)}v${(row * 0.5).toFixed(1)}h-${ww.toFixed(1)}z`;
        windows.set(color, (windows.get(color) ?? '') + rect);
      }
    }
  }
  let out = bodies;
  for (const [color, d] of windows) out += `<path d="${d}" fill="${color}"/>`;
  return out;
}

function tower(rng: Rng, x: number, y: number, w: number, h: number, base: Rgb, light: Light): string {
  const lit = mix(base, light.sun, 0.22 * light.sunPower * (1 - light.dark));
  const side = w * rng.range(0.25, 0.42);
  let out =
    `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${w.toFixed(1)}" height="${h.toFixed(1)}" fill="${css(base)}"/>` +
    `<rect x="${(x + w - side).toFixed(1)}" y="${y.toFixed(1)}" width="${side.toFixed(1)}" height="${h.toFixed(1)}" fill="${css(lit)}"/>`;
  const style = rng.int(0, 4);
  if (style === 0) {
    out += `<rect x="${x + w * 0.25}" y="${y - h * 0.06}" width="${w * 0.5}" height="${h * 0.07}" fill="${css(base)}"/>`;
  } else if (style === 1) {
    out += `<path d="M${x + w * 0.5} ${y - h * 0.16}v${h * 0.17}" stroke="${css(base)}" stroke-width="${w * 0.03}"/>`;
  } else if (style === 2) {
    out += `<path d="M${x} ${y + 1}L${x + w} ${y - w * 0.4}V${y + 1}Z" fill="${css(lit)}"/>`;
  } else if (style === 3) {
    out += `<path d="M${x} ${y + 1}Q${x + w / 2} ${y - w * 0.5} ${x + w} ${y + 1}Z" fill="${css(base)}"/>`;
  }
  return out;
}

/** A village house of this region, seen from the front: white wall, grey tiles, red couplets at the door. */
export function house(
  rng: Rng,
  o: { x: number; foot: number; w: number; light: Light; distance: number; lamps?: boolean },
): string {
  const { x, foot, w, light, distance } = o;
  const storeys = rng.chance(0.45) ? 2 : 1;
  const wallH = w * 0.3 * storeys;
  const wall = mix(mix(light.white, light.near, light.dark * 0.55), light.haze, distance);
  const shade = mix(wall, light.near, 0.28);
  const roof = mix(mix(rgb('#4a4b50'), light.near, 0.35 + light.dark * 0.3), light.haze, distance);
  const ridge = mix(roof, light.sun, 0.3 * light.sunPower * (1 - light.dark));
  const lamp = css(rng.pick(WINDOW_LIGHTS));
  const glass = o.lamps ? lamp : css(mix(rgb('#3b454a'), light.haze, distance * 0.8));
  const top = foot - wallH;
  const pitch = w * rng.range(0.16, 0.22);
  const red = css(mix(rgb('#b8322a'), light.haze, distance));
  let out =
    `<rect x="${x}" y="${top}" width="${w}" height="${wallH}" fill="${css(wall)}"/>` +
    `<rect x="${x}" y="${top}" width="${w}" height="${w * 0.035}" fill="${css(shade)}"/>` +
    `<rect x="${x + w * 0.74}" y="${top}" width="${w * 0.26}" height="${wallH}" fill="${css(shade, 0.5)}"/>` +
    `<path d="M${x - w * 0.06} ${top}L${x + w * 0.07} ${top - pitch}L${x + w * 0.93} ${top - pitch}L${x + w * 1.06} ${top}Z" fill="${css(roof)}"/>` +
    `<path d="M${x + w * 0.06} ${top - pitch}h${w * 0.88}" stroke="${css(ridge)}" stroke-width="${w * 0.018}"/>`;
  for (let i = 1; i < 16; i += 1) {
    const t = i / 16;
    out += `<path d="M${x + w * (0.07 + 0.86 * t)} ${top - pitch}L${x + w * (-0.06 + 1.12 * t)} ${top}" stroke="${css(scale(roof, 0.78))}" stroke-width="${w * 0.006}"/>`;
  }
  for (let s = 0; s < storeys; s += 1) {
    const wy = foot - wallH + w * 0.3 * s + w * 0.075;
    for (const wx of [0.12, 0.68]) {
      out +=
        `<rect x="${x + w * wx}" y="${wy}" width="${w * 0.19}" height="${w * 0.13}" fill="${glass}"/>` +
        `<path d="M${x + w * (wx + 0.095)} ${wy}v${w * 0.13}M${x + w * wx} ${wy + w * 0.06}h${w * 0.19}" stroke="${css(shade)}" stroke-width="${w * 0.009}"/>`;
    }
  }
  const door = foot - w * 0.225;
  out +=
    `<rect x="${x + w * 0.43}" y="${door}" width="${w * 0.15}" height="${w * 0.225}" fill="${o.lamps ? lamp : css(mix(rgb('#4b3226'), light.haze, distance))}"/>` +
    `<path d="M${x + w * 0.405} ${door}v${w * 0.2}M${x + w * 0.605} ${door}v${w * 0.2}M${x + w * 0.42} ${door - w * 0.022}h${w * 0.17}" stroke="${red}" stroke-width="${w * 0.026}"/>`;
  return out;
}

/** A pavilion tower of many upturned roofs, as stands over this district's park. */
export function pagoda(x: number, foot: number, height: number, body: Rgb, roof: Rgb, lamp?: Rgb): string {
  const floors = 7;
  let out = '';
  let y = foot;
  for (let i = 0; i < floors; i += 1) {
    const t = 1 - i * 0.1;
    const w = height * 0.2 * t;
    const h = (height / (floors + 1.4)) * (1 - i * 0.025);
    out += `<rect x="${x - w / 2}" y="${y - h}" width="${w}" height="${h}" fill="${css(body)}"/>`;
    if (lamp) {
      out += `<rect x="${x - w * 0.36}" y="${y - h * 0.62}" width="${w * 0.72}" height="${h * 0.4}" fill="${css(lamp)}"/>`;
    }
    out += `<path d="M${x - w * 0.92} ${y - h * 1.04}Q${x - w * 0.5} ${y - h * 0.9} ${x} ${y - h * 0.92}Q${x + w * 0.5} ${y - h * 0.9} ${x + w * 0.92} ${y - h * 1.04}L${x + w * 0.48} ${y - h * 1.24}L${x - w * 0.48} ${y - h * 1.24}Z" fill="${css(roof)}"/>`;
    y -= h;
  }
  return `${out}<path d="M${x} ${y - height * 0.17}l${height * 0.012} ${height * 0.17}h${-height * 0.024}z" fill="${css(roof)}"/>`;
}
