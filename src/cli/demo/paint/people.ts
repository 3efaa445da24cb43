import type { Rng } from '../prng.js';
import { css, mix, rgb, scale, type Rgb } from './color.js';

export interface PersonOptions {
  x: number;
  /** Row of the feet (or of the seat's ground when sitting). */
  foot: number;
  /** Height when standing, in pixels. */
  height: number;
  top: Rgb;
  bottom: Rgb;
  pose?: 'stand' | 'walk' | 'sit' | 'dance' | 'reach';
  hair?: 'short' | 'bun' | 'tail' | 'grey' | 'cap' | 'straw';
  /** Colour and side (-1 left, 1 right) of the light that edges the figure. */
  rim?: { color: Rgb; side: -1 | 1 };
  /** Text-free emblem on the back, as volunteers' vests have. */
  emblem?: boolean;
  skirt?: boolean;
}

const HAIR = {
  short: '#1d1714',
  bun: '#1b1512',
  tail: '#211813',
  grey: '#8d8a86',
  cap: '#b3261e',
  straw: '#c9a766',
};
const SKIN = rgb('#c99a78');

/** Clothes of an ordinary summer in a Hunan neighbourhood. */
export const CLOTHES: readonly Rgb[] = [
  '#c8463c',
  '#e8e3d8',
  '#3d5a80',
  '#7a8f5a',
  '#d9a441',
  '#5c4a72',
  '#2f3e46',
  '#c98b9a',
  '#89a7b8',
  '#9c5a3c',
].map(rgb);

export const TROUSERS: readonly Rgb[] = ['#2b2f3a', '#3a3631', '#4a5568', '#59514a', '#1f242b'].map(rgb);

/** A figure seen from behind, as SVG: no face is needed, light on its edge does the rest. */
export function person(rng: Rng, o: PersonOptions): string {
  const k = o.height / 100;
  const pose = o.pose ?? 'stand';
  const lean = rng.range(-1.6, 1.6);
  const seat = pose === 'sit' ? 26 : 0;
  const body = (top: string, bottom: string, hair: string, skin: string, detail: boolean): string =>
    `${legs(
      pose,
      o.skirt ?? false,
      rng.fork('legs'),
      top,
      bottom,
    )}<g transform="translate(0 ${seat}) rotate(${lean.toFixed(2)} 0 -48)">${arms(
      pose,
      rng.fork('arms'),
      top,
      skin,
    )}<path d="M-13-79Q-12-84-4-85L4-85Q12-84 13-79L11.5-62Q10-54 11-46L-11-46Q-10-54-11.5-62Z" fill="${top}"/>${
      detail ? folds(o) : ''
    }<path d="M-3-90h6v7q-3 2-6 0z" fill="${skin}"/>${head(o.hair ?? 'short', hair, skin, detail)}</g>`;
  const shaded = mix(o.top, [0, 0, 0], 0.12);
  const main = body(css(shaded), css(o.bottom), HAIR[o.hair ?? 'short'], css(scale(SKIN, 0.82)), true);
  const rim = o.rim ? css(o.rim.color) : '';
  // An edge of light is a line, not a border: the larger the figure, the thinner it is.
  const thin = Math.min(1.1, 0.22 + 170 / o.height);
  const edge = o.rim
    ? `<g transform="translate(${o.rim.side * thin} ${-0.6 * thin})">${body(rim, rim, rim, rim, false)}</g>`
    : '';
  return `<g transform="translate(${o.x.toFixed(1)} ${o.foot.toFixed(1)}) scale(${k.toFixed(4)})">${edge}${main}</g>`;
}

function legs(pose: string, skirt: boolean, rng: Rng, top: string, bottom: string): string {
  if (pose === 'sit') {
    return `<path d="M-11-22q11-6 22 0l5 8-3 14h-6l1-10h-16l1 10h-6l-3-14z" fill="${bottom}"/>`;
  }
  if (skirt) {
    return (
      `<path d="M-4-22L-4.5 0M4-22L4.5 0" stroke="#b98c6c" stroke-width="4.4"/>` +
      `<path d="M-10-52L10-52L15-20Q0-15-15-20Z" fill="${rng.chance(0.5) ? top : bottom}"/>`
    );
  }
  const step = pose === 'walk' ? rng.range(4, 9) : pose === 'dance' ? rng.range(1, 6) : rng.range(0, 2);
  return (
    `<path d="M-10.5-50L0-50L-1-24L${(-3 - step * 0.2).toFixed(1)} 0L${(-9 - step * 0.2).toFixed(1)} 0L-9.5-26Z" fill="${bottom}"/>` +
    `<path d="M10.5-50L0-50L1-24L${(3 + step * 0.5).toFixed(1)} ${(-step * 0.4).toFixed(1)}L${(9 + step).toFixed(1)} ${(-step * 0.5).toFixed(1)}L9.5-26Z" fill="${bottom}"/>`
  );
}

function arms(pose: string, rng: Rng, sleeve: string, skin: string): string {
  const arm = (sx: number, ex: number, ey: number, hx: number, hy: number): string =>
    `<path d="M${sx}-79L${ex} ${ey}" stroke="${sleeve}" stroke-width="7" stroke-linecap="round"/>` +
    `<path d="M${ex} ${ey}L${hx} ${hy}" stroke="${skin}" stroke-width="4.6" stroke-linecap="round"/>`;
  if (pose === 'dance') {
    const lift = rng.range(-6, 10);
    return arm(-11, -23, -88 - lift, -27, -106 - lift) + arm(11, 24, -80 + lift, 36, -92 + lift);
  }
  if (pose === 'reach') return arm(-11, -16, -66, -17, -50) + arm(11, 20, -92, 27, -110);
  const swing = pose === 'walk' ? rng.range(2, 6) : rng.range(0, 3);
  return arm(-11.5, -15.5, -64, -15 - swing, -48) + arm(11.5, 15.5, -64, 15 + swing * 0.6, -48);
}

function folds(o: PersonOptions): string {
  const emblem = o.emblem
    ? `<path d="M0-66c-2-4-8-3-7 1.4 .6 3 4 5 7 7.6 3-2.6 6.4-4.6 7-7.6 1-4.4-5-5.4-7-1.4z" fill="#ffe9c9" opacity=".92"/>`
    : '';
  return (
    `<path d="M-13-79L-11.5-62Q-10-54-11-46L2-46Q-3-64-2-84L-4-85Q-12-84-13-79Z" fill="#000" opacity=".13"/>` +
    `<path d="M-5-84.6Q0-81.5 5-84.6" stroke="#000" stroke-opacity=".25" stroke-width="1" fill="none"/>` +
    `<path d="M-9-75Q-3-70 3-73M-8-58Q-2-54 6-57M-7-52Q0-49 8-53" stroke="#000" stroke-opacity=".1" stroke-width=".9" fill="none"/>` +
    `<path d="M-11-62Q-9-54-10.5-46L-5-46Q-8-56-9-70Z" fill="#000" opacity=".16"/>` +
    `<path d="M4-84Q11-82 12.5-78L11-60Q8-70 4-84Z" fill="#fff" opacity=".07"/>` +
    `<path d="M-1-56Q2-50 0-46" stroke="#000" stroke-opacity=".14" stroke-width="1" fill="none"/>${emblem}`
  );
}

function head(hair: string, color: string, skin: string, detail: boolean): string {
  const skull = `<ellipse cx="-6.4" cy="-93" rx="1.5" ry="2.2" fill="${skin}"/><ellipse cx="6.4" cy="-93" rx="1.5" ry="2.2" fill="${skin}"/>`;
  const strands = detail
    ? `<path d="M-5-90Q-5-99 0-101.5M-2.5-88Q-3-97 0-101.5M2-87.5Q3-96 0-101.5M5-90Q5.5-98 0-101.5" stroke="#fff" stroke-opacity=".07" stroke-width=".7" fill="none"/>`
    : '';
  const shine = detail
    ? `<path d="M-3-100Q2-102 5-97" stroke="#fff" stroke-opacity=".1" stroke-width="1.4" fill="none"/>`
    : '';
  const cover = `<path d="M-6.6-93Q-7-102 0-102Q7-102 6.6-93Q6-86.5 0-86Q-6-86.5-6.6-93Z" fill="${color}"/>`;
  switch (hair) {
    case 'bun':
      return `${skull}${cover}${strands}<circle cx="0" cy="-94" r="3.6" fill="${color}"/>${shine}`;
    case 'tail':
      return `${skull}${cover}<path d="M-2-96Q-4-82-1-74L2-74Q4-84 2-96Z" fill="${color}"/>${shine}`;
    case 'cap':
      return `${skull}<path d="M-6-92Q-6-86 0-86Q6-86 6-92Z" fill="#1d1714"/><path d="M-7-92Q-7.5-102.5 0-102.5Q7.5-102.5 7-92Q0-94-7-92Z" fill="${color}"/>`;
    case 'straw':
      return `<path d="M-5-92Q-5-86 0-86Q5-86 5-92Z" fill="#1d1714"/><path d="M-16-90.5Q-6-93-5-100Q0-103.5 5-100Q6-93 16-90.5Q0-86-16-90.5Z" fill="${color}"/>`;
    default:
      return `${skull}${cover}${strands}${shine}`;
  }
}

/** A row of people of differing height and clothes. */
export function crowd(
  rng: Rng,
  o: {
    from: number;
    to: number;
    foot: number;
    height: number;
    count: number;
    tint?: Rgb;
    amount?: number;
    rim?: PersonOptions['rim'];
    pose?: PersonOptions['pose'];
  },
): string {
  let out = '';
  for (let i = 0; i < o.count; i += 1) {
    const r = rng.fork(`p${i}`);
    const child = r.chance(0.14);
    const tone = (color: Rgb): Rgb => (o.tint ? mix(color, o.tint, o.amount ?? 0.6) : color);
    out += person(r, {
      x: o.from + ((i + r.range(0.15, 0.85)) / o.count) * (o.to - o.from),
      foot: o.foot + r.range(-0.04, 0.06) * o.height,
      height: o.height * (child ? r.range(0.55, 0.7) : r.range(0.9, 1.07)),
      top: tone(r.pick(CLOTHES)),
      bottom: tone(r.pick(TROUSERS)),
      hair: r.pick(['short', 'short', 'bun', 'tail', 'grey'] as const),
      pose: o.pose ?? r.pick(['stand', 'walk', 'stand'] as const),
      skirt: r.chance(0.2),
      rim: o.rim,
    });
  }
  return out;
}
