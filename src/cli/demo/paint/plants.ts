import type { Rng } from '../prng.js';
import { css, mix, type Rgb } from './color.js';

export interface TreeOptions {
  x: number;
  foot: number;
  height: number;
  /** Width of the crown against the height. */
  spread?: number;
  shade: Rgb;
  lit: Rgb;
  trunk: Rgb;
  /** Side of the light: -1 left, 1 right. */
  side?: number;
  leaves?: number;
}

/** A broad-leaved tree: clumps of leaves, each clump dark below and lit above. */
export function tree(rng: Rng, o: TreeOptions): string {
  const { x, foot, height: h } = o;
  const spread = (o.spread ?? 0.8) * h * 0.5;
  const crownY = foot - h * 0.64;
  const crownR = h * 0.36;
  const lean = rng.range(-0.05, 0.05) * h;
  const width = h * 0.045;
  let out = `<path d="M${x - width} ${foot}Q${x - width * 0.4} ${foot - h * 0.25} ${x + lean - width * 0.5} ${crownY}L${x + lean + width * 0.5} ${crownY}Q${x + width * 0.7} ${foot - h * 0.25} ${x + width * 1.2} ${foot}Z" fill="${css(o.trunk)}"/>`;
  for (let i = 0; i < 5; i += 1) {
    const bx = x + rng.range(-0.75, 0.75) * spread;
    const by = crownY - rng.range(-0.3, 0.6) * crownR;
    out += `<path d="M${x + lean * 0.6} ${foot - h * 0.32}Q${(x + bx) / 2} ${by + crownR * 0.5} ${bx} ${by}" stroke="${css(o.trunk)}" stroke-width="${width * rng.range(0.3, 0.6)}" fill="none"/>`;
  }
  const clumps = Math.round(26 + (o.leaves ?? 26) * 0.45);
  const list = Array.from({ length: clumps }, () => {
    const a = rng.range(0, Math.PI * 2);
    const d = Math.sqrt(rng.next());
    return { x: x + lean + Math.cos(a) * d * spread * 0.86, y: crownY + Math.sin(a) * d * crownR * 0.85 };
  }).sort((p, q) => p.y - q.y);
  for (const clump of list) {
    const high = (crownY + crownR - clump.y) / (2 * crownR);
    const towards = ((clump.x - x) / spread) * (o.side ?? 0) * 0.5 + 0.5;
    out += leafClump(rng, clump, crownR * rng.range(0.2, 0.34), 0.46 * high + 0.3 * towards, o);
  }
  return out;
}

const TONES = 6;

/** One clump: leaves sorted into a few tones, one path each, the dark ones below. `light` is the clump's own, 0..1. */
function leafClump(rng: Rng, at: { x: number; y: number }, r: number, light: number, o: TreeOptions): string {
  const paths = Array.from({ length: TONES }, () => '');
  const leaves = Math.round((o.leaves ?? 26) * 2.6);
  for (let i = 0; i < leaves; i += 1) {
    const a = rng.range(0, Math.PI * 2);
    const d = Math.sqrt(rng.next()) * r;
    const dy = Math.sin(a) * d * 0.8;
    const t = Math.min(0.99, Math.max(0, light - (dy / r) * 0.4 + rng.range(-0.14, 0.12)));
    const s = r * rng.range(0.09, 0.19);
    const turn = rng.range(-0.9, 0.9);
    const lx = Math.cos(turn) * s;
    const ly = Math.sin(turn) * s;
    const x = (at.x + Math.cos(a) * d * 1.15 - lx).toFixed(1);
    const y = (at.y + dy - ly).toFixed(1);
    const out = `q${(lx + ly * 0.7).toFixed(1)} ${(ly - lx * 0.7).toFixed(1)} ${(lx * 2).toFixed(1)} ${(ly * 2).toFixed(1)}`;
    const back = `q${(-lx - ly * 0.7).toFixed(1)} ${(lx * 0.7 - ly).toFixed(1)} ${(-lx * 2).toFixed(1)} ${(-ly * 2).toFixed(1)}`;
    paths[Math.floor(t * TONES)] += `M${x} ${y}${out}${back}z`;
  }
  return paths
    .map((d, i) => (d === '' ? '' : `<path d="${d}" fill="${css(mix(o.shade, o.lit, (i + 0.5) / TONES))}"/>`))
    .join('');
}

/** Reeds or tall grass along a bank, bending one way. */
export function reeds(
  rng: Rng,
  o: { from: number; to: number; foot: number; height: number; count: number; color: Rgb; tip: Rgb },
): string {
  const wind = rng.range(-0.25, 0.25);
  let out = '';
  for (let i = 0; i < o.count; i += 1) {
    const x = rng.range(o.from, o.to);
    const h = o.height * rng.range(0.45, 1.1);
    const bend = h * (wind + rng.range(-0.22, 0.22));
    const color = css(mix(o.color, o.tip, rng.range(0, 0.5)));
    out += `<path d="M${x.toFixed(1)} ${o.foot}Q${(x + bend * 0.2).toFixed(1)} ${(o.foot - h * 0.6).toFixed(1)} ${(x + bend).toFixed(1)} ${(o.foot - h).toFixed(1)}" stroke="${color}" stroke-width="${(h * rng.range(0.008, 0.018)).toFixed(2)}" fill="none" stroke-linecap="round"/>`;
    if (rng.chance(0.16)) {
      out += `<ellipse cx="${(x + bend).toFixed(1)}" cy="${(o.foot - h).toFixed(1)}" rx="${(h * 0.018).toFixed(1)}" ry="${(h * 0.085).toFixed(1)}" transform="rotate(${(bend / h) * 55} ${(x + bend).toFixed(1)} ${(o.foot - h).toFixed(1)})" fill="${css(o.tip)}"/>`;
    }
  }
  return out;
}

/** Leafy twigs that hang into the picture from a corner: a near frame, to be drawn unsharp. */
export function twigs(
  rng: Rng,
  o: { x: number; y: number; reach: number; angle: number; count: number; color: Rgb; tip: Rgb },
): string {
  let out = '';
  for (let i = 0; i < o.count; i += 1) {
    const angle = o.angle + rng.range(-0.5, 0.5);
    const length = o.reach * rng.range(0.5, 1);
    const ox = o.x + rng.range(-0.4, 0.4) * o.reach;
    const droop = rng.range(0.1, 0.35) * length;
    for (let n = 0; n < 16; n += 1) {
      const t = n / 16;
      const x = ox + Math.cos(angle) * length * t;
      const y = o.y + Math.sin(angle) * length * t + droop * t * t;
      const s = o.reach * rng.range(0.028, 0.06);
      const turn = (angle * 180) / Math.PI + rng.range(-70, 70);
      out += `<path d="M0 0Q${s * 1.1} ${-s * 0.75} ${s * 2.5} 0Q${s * 1.1} ${s * 0.75} 0 0Z" transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(0)})" fill="${css(mix(o.color, o.tip, rng.next()))}"/>`;
    }
  }
  return out;
}
