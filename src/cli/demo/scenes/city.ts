import { WINDOW_LIGHTS, skyline } from '../paint/buildings.js';
import { css, mix, rgb, scale, type Rgb } from '../paint/color.js';
import { crowd } from '../paint/people.js';
import { paintMist, paintRidge } from '../paint/land.js';
import { paintSky } from '../paint/sky.js';
import { paintWater } from '../paint/water.js';
import type { Scene } from './scene.js';

const NEON: readonly Rgb[] = ['#ff6b5e', '#ffb347', '#5ed1ff', '#8f7bff', '#ffd86b', '#63e0b0'].map(rgb);

/** The town across the river, its lamps doubled in the water. */
export const riverside: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const horizon = h * rng.range(0.55, 0.64);
  paintSky(c, light, rng.fork('sky'), {
    horizon,
    sun: { x: w * rng.range(0.15, 0.85), y: h * rng.range(0.1, 0.25), radius: 22 * unit },
    clouds: rng.range(0.3, 0.7),
    stars: light.dark > 0.9,
  });
  c.glow(w / 2, horizon, h * 0.5, mix(light.haze, rgb('#ffb46b'), 0.3), 0.25 + 0.3 * light.dark, 2);
  paintRidge(c, light, rng.fork('hill'), {
    foot: horizon + 1,
    height: h * 0.1,
    relief: h * 0.05,
    hills: 3,
    distance: 0.8,
    mist: 0.5,
  });
  const lit = 0.1 + 0.32 * light.dark;
  const base = { w, foot: horizon + 1, light, unit };
  await c.draw(
    skyline(rng.fork('far'), {
      ...base,
      low: h * 0.1,
      high: h * 0.3,
      count: Math.round(w / (58 * unit)),
      distance: 0.62,
      lit,
    }),
  );
  paintMist(c, light.haze, rng.fork('m'), horizon - h * 0.03, h * 0.09, 0.5);
  await c.draw(
    skyline(rng.fork('near'), {
      ...base,
      low: h * 0.06,
      high: h * rng.range(0.34, 0.44),
      count: Math.round(w / (110 * unit)),
      distance: 0.22,
      lit,
    }),
  );
  let bank = `<path d="M0 ${horizon}V${horizon - h * 0.012}H${w}V${horizon}Z" fill="${css(scale(light.near, 0.8))}"/>`;
  for (let i = 0; i < w / (46 * unit); i += 1) {
    const r = unit * rng.range(12, 30);
    bank += `<ellipse cx="${rng.range(0, w)}" cy="${horizon - h * 0.012 - r * 0.5}" rx="${r * 1.2}" ry="${r}" fill="${css(mix(scale(light.near, 0.9), light.foliage, rng.range(0.2, 0.7)))}"/>`;
  }
  await c.draw(bank, { blur: 1.2 * unit });
  for (let i = 0; i < 7 + 22 * light.dark; i += 1) {
    c.glow(
      w * rng.next(),
      horizon - h * rng.range(0.004, 0.03),
      unit * rng.range(14, 38),
      rng.pick(NEON),
      0.55 * light.dark,
    );
  }
  for (let i = 0; i < 36 && light.dark > 0.3; i += 1) {
    c.disc(((i + 0.5) / 36) * w, horizon - 4 * unit, 3.4 * unit, rgb('#ffd9a0'), 1.3, 0, 0.9);
  }
  paintWater(c, rng.fork('water'), {
    top: horizon,
    tint: scale(mix(light.sky[0][1], light.near, 0.5), 0.9),
    depth: 0.4,
    ripple: rng.range(1.2, 1.8),
    sparkle: 0.5,
    stretch: 1.1,
  });
  const rail = css(scale(light.near, 0.5));
  let fence = `<path d="M0 ${h * 0.91}H${w}" stroke="${rail}" stroke-width="${7 * unit}"/><path d="M0 ${h * 0.955}H${w}" stroke="${rail}" stroke-width="${3 * unit}"/><rect y="${h * 0.985}" width="${w}" height="${h * 0.02}" fill="${rail}"/>`;
  for (let x = 0; x < w; x += 62 * unit) {
    fence += `<path d="M${x} ${h * 0.905}V${h}" stroke="${rail}" stroke-width="${4 * unit}"/>`;
  }
  const people = crowd(rng.fork('people'), {
    from: w * rng.range(0.05, 0.3),
    to: w * rng.range(0.65, 0.95),
    foot: h * 1.03,
    height: Math.min(h * 0.24, w * 0.28),
    count: rng.int(2, 5),
    tint: light.near,
    amount: 0.78,
    rim: { color: mix(light.haze, rgb('#ffb46b'), 0.5), side: 1 },
  });
  await c.draw(fence + people);
};

/** A cable-stayed bridge against the evening. */
export const bridge: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const horizon = h * rng.range(0.66, 0.72);
  const sun = { x: w * rng.range(0.3, 0.7), y: horizon - h * rng.range(0.06, 0.2), radius: 44 * unit };
  paintSky(c, light, rng.fork('sky'), { horizon, sun, clouds: rng.range(0.5, 0.9), stars: light.dark > 0.9 });
  paintRidge(c, light, rng.fork('r'), {
    foot: horizon + 1,
    height: h * 0.05,
    relief: h * 0.035,
    hills: 4,
    distance: 0.7,
    mist: 0.6,
    trees: 0.2,
    sunX: sun.x,
  });
  await c.draw(
    skyline(rng.fork('far'), {
      w,
      foot: horizon + 1,
      light,
      unit,
      low: h * 0.02,
      high: h * 0.12,
      count: Math.round(w / (46 * unit)),
      distance: 0.6,
      lit: 0.1 + 0.4 * light.dark,
    }),
  );
  const steel = mix(light.near, light.haze, 0.12);
  const color = css(steel);
  const deck = horizon - h * 0.075;
  const slope = h * rng.range(-0.03, 0.03);
  const deckAt = (x: number): number => deck + slope * (x / w - 0.5);
  let body = '';
  const towers = w > h ? [0.24, 0.76] : [rng.range(0.38, 0.62)];
  const span = w > h ? 0.27 : 0.62;
  for (const t of towers) {
    const x = w * t;
    const top = deck - h * (w > h ? 0.46 : 0.42);
    for (const s of [-1, 1]) {
      for (let i = 1; i <= 16; i += 1) {
        const ex = x + s * w * span * (i / 16);
        body += `<path d="M${x} ${top + h * 0.012 * i}L${ex} ${deckAt(ex)}" stroke="${css(mix(steel, light.sun, 0.22), 0.85)}" stroke-width="${1.5 * unit}"/>`;
      }
    }
    body += `<path d="M${x - 9 * unit} ${top}L${x + 9 * unit} ${top}L${x + 30 * unit} ${horizon + h * 0.01}H${x + 14 * unit}L${x} ${top + h * 0.16}L${x - 14 * unit} ${horizon + h * 0.01}H${x - 30 * unit}Z" fill="${color}"/>`;
  }
  body += `<path d="M0 ${deckAt(0)}L${w} ${deckAt(w)}V${deckAt(w) + 15 * unit}L0 ${deckAt(0) + 15 * unit}Z" fill="${color}"/>`;
  for (let x = w * 0.02; x < w; x += 44 * unit) {
    body += `<path d="M${x} ${deckAt(x)}v${-24 * unit}h${7 * unit}" stroke="${color}" stroke-width="${2 * unit}" fill="none"/>`;
  }
  await c.draw(body);
  for (let x = w * 0.02; x < w && light.dark > 0.2; x += 44 * unit) {
    c.glow(x + 7 * unit, deckAt(x) - 23 * unit, 22 * unit, rgb('#ffd092'), 1.1);
  }
  if (light.dark > 0.4) {
    for (let i = 0; i < 26; i += 1) {
      const x = rng.range(0, w);
      c.glow(
        x,
        deckAt(x) - 3 * unit,
        unit * rng.range(5, 12),
        rng.chance(0.5) ? rgb('#ff5a4a') : rgb('#fff0d0'),
        1.2,
        2.6,
      );
    }
  }
  paintWater(c, rng.fork('water'), {
    top: horizon,
    tint: mix(light.sky[1][1], light.near, 0.4),
    depth: 0.3,
    ripple: rng.range(0.5, 0.9),
    sparkle: 0.6,
  });
};

/** Fireworks over the town and the faces turned up to them. */
export const fireworks: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const horizon = h * 0.7;
  paintSky(c, light, rng.fork('sky'), { horizon, clouds: 0.25, stars: false });
  const bursts = rng.int(3, 5);
  for (let i = 0; i < bursts; i += 1) {
    burst(
      c,
      rng.fork(`b${i}`),
      w * (0.14 + (0.72 * (i + rng.range(0.2, 0.8))) / bursts),
      h * rng.range(0.12, 0.4),
      unit * rng.range(130, 260),
    );
  }
  await c.draw(
    skyline(rng.fork('far'), {
      w,
      foot: horizon + 1,
      light,
      unit,
      low: h * 0.04,
      high: h * 0.18,
      count: Math.round(w / (70 * unit)),
      distance: 0.3,
      lit: 0.5,
    }),
  );
  for (let i = 0; i < 30; i += 1) {
    c.glow(w * rng.next(), horizon - 6 * unit, unit * rng.range(10, 24), rng.pick(WINDOW_LIGHTS), 0.6);
  }
  paintWater(c, rng.fork('water'), {
    top: horizon,
    tint: scale(light.sky[0][1], 0.8),
    depth: 0.3,
    ripple: 0.9,
    sparkle: 0.4,
  });
  const rim = { color: mix(rgb('#ffb96b'), rgb('#ff7a5e'), rng.next()), side: rng.pick([-1, 1] as const) };
  await c.draw(
    crowd(rng.fork('back'), {
      from: -w * 0.02,
      to: w * 1.02,
      foot: h * 1.12,
      height: Math.min(h, w) * 0.27,
      count: Math.round(w / (90 * unit)),
      tint: light.near,
      amount: 0.85,
      rim,
    }),
  );
  await c.draw(
    crowd(rng.fork('front'), {
      from: -w * 0.04,
      to: w * 1.04,
      foot: h * 1.32,
      height: Math.min(h, w) * 0.42,
      count: Math.round(w / (190 * unit)),
      tint: scale(light.near, 0.6),
      amount: 0.95,
      rim: { ...rim, color: scale(rim.color, 0.6) },
    }),
    { blur: 2.4 * unit },
  );
};

function burst(c: Parameters<Scene>[0], rng: Parameters<Scene>[2], x: number, y: number, r: number): void {
  const color = rng.pick(NEON);
  const tip = rng.pick(NEON);
  const rays = rng.int(46, 76);
  const { unit } = c;
  c.glow(x, y, r * 1.7, color, 0.22);
  c.glow(x, y, r * 0.35, [1, 0.95, 0.85], 0.8);
  for (let i = 0; i < rays; i += 1) {
    const a = (i / rays) * Math.PI * 2 + rng.range(-0.05, 0.05);
    const length = r * rng.range(0.72, 1.04);
    const z = Math.sqrt(rng.range(0.25, 1));
    for (let n = 3; n <= 34; n += 1) {
      const t = n / 34;
      const px = x + Math.cos(a) * length * z * t;
      const py = y + Math.sin(a) * length * z * t + r * 0.24 * t * t;
      c.disc(px, py, unit * (1.2 + 1.7 * t), mix(color, tip, t * t), 0.12 + 0.85 * t * t, 0, 0.9);
    }
  }
}
