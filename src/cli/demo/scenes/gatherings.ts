import { css, mix, rgb, scale, type Rgb } from '../paint/color.js';
import { defocus } from '../paint/finish.js';
import { Noise } from '../paint/noise.js';
import { crowd, person } from '../paint/people.js';
import { paintSky } from '../paint/sky.js';
import { tree } from '../paint/plants.js';
import { paintWetGround } from '../paint/water.js';
import type { Scene } from './scene.js';
import { bokeh } from '../paint/bokeh.js';

/** Square dancing at nightfall, under lamps and trees. */
export const dancing: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const horizon = h * 0.56;
  paintSky(c, light, rng.fork('sky'), {
    horizon,
    clouds: 0.5,
    sun: { x: w * rng.range(0.2, 0.8), y: horizon * 0.9, radius: 20 * unit },
  });
  let back = '';
  for (let i = 0; i < (w > h ? 7 : 4); i += 1) {
    back += tree(rng.fork(`t${i}`), {
      x: w * ((i + rng.range(0.2, 0.8)) / (w > h ? 7 : 4)),
      foot: horizon + h * 0.04,
      height: h * rng.range(0.2, 0.34),
      spread: 0.9,
      shade: mix(light.near, light.haze, 0.15),
      lit: mix(light.foliage, rgb('#ffb46b'), 0.28),
      trunk: light.near,
      leaves: 14,
    });
  }
  await c.draw(back);
  bokeh(c, rng.fork('b'), 60, horizon - h * 0.16, horizon + h * 0.03, 24, 0.55);
  defocus(c, 9 * unit);
  const ground = mix(mix(rgb('#8d8478'), light.haze, 0.35), light.near, light.dark * 0.55);
  paintWetGround(c, rng.fork('ground'), horizon + h * 0.035, scale(ground, 0.75), 0.42);
  const lampY = horizon - h * 0.24;
  const lampX = [0.14, 0.5, 0.86].map((t) => t * w);
  await c.draw(
    lampX
      .map(
        (x) =>
          `<path d="M${x} ${lampY}V${horizon + h * 0.08}" stroke="${css(scale(light.near, 0.8))}" stroke-width="${6 * unit}"/>`,
      )
      .join(''),
  );
  for (const x of lampX) {
    c.glow(x, lampY, h * 0.24, rgb('#ffd9a0'), 0.3);
    c.disc(x, lampY, 15 * unit, rgb('#fff0d0'), 1.4, 0, 0.4);
    c.glow(x, horizon + h * 0.14, h * 0.16, rgb('#ffcf8f'), 0.25, 2.4);
  }
  const silk = rng.pick(['#d8452f', '#e0a12e', '#c23a6b', '#2f8f83'].map(rgb));
  for (let row = 0; row < 3; row += 1) {
    const tall = Math.min(h, w) * (0.17 + 0.1 * row);
    const foot = horizon + h * (0.12 + 0.13 * row);
    const n = Math.max(3, Math.round((w / tall) * (1.05 - 0.1 * row)));
    let people = '';
    for (let i = 0; i < n; i += 1) {
      const x = ((i + 0.5 + (row % 2) * 0.5) / n) * w + rng.range(-0.06, 0.06) * tall;
      people += `<ellipse cx="${x}" cy="${foot + tall * 0.01}" rx="${tall * 0.2}" ry="${tall * 0.03}" fill="#000" opacity=".3"/>`;
      people += person(rng.fork(`d${row}${i}`), {
        x,
        foot,
        height: tall * rng.range(0.95, 1.05),
        top: mix(silk, light.near, 0.18),
        bottom: mix(rgb('#23222b'), light.near, 0.5),
        pose: 'dance',
        hair: 'bun',
        rim: { color: rgb('#ffdca8'), side: i % 2 ? 1 : -1 },
      });
      people +=
        fan(x + tall * 0.36, foot - tall * 0.94, tall * 0.2, silk) +
        fan(x - tall * 0.27, foot - tall * 1.08, tall * 0.18, silk);
    }
    await c.draw(people, { blur: row === 0 ? 1.4 * unit : row === 2 ? 1 * unit : 0 });
  }
};

function fan(x: number, y: number, r: number, color: Rgb): string {
  return `<g transform="translate(${x} ${y})"><path d="M0 0L${-r * 0.86} ${-r * 0.5}A${r} ${r} 0 0 1 ${r * 0.86} ${-r * 0.5}Z" fill="${css(mix(color, [1, 0.85, 0.7], 0.25))}"/><path d="M0 0L${-r * 0.5} ${-r * 0.86}M0 0V${-r}M0 0L${r * 0.5} ${-r * 0.86}" stroke="${css(scale(color, 0.6))}" stroke-width="${r * 0.04}"/></g>`;
}

/** Volunteers in red, from behind, looking at what they look after. */
export const volunteers: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const horizon = h * 0.52;
  const side = rng.pick([-1, 1] as const);
  paintSky(c, light, rng.fork('sky'), {
    horizon,
    sun: { x: w * (0.5 + 0.3 * side), y: h * 0.2, radius: 60 * unit },
    clouds: 0.4,
  });
  let back = '';
  const n = w > h ? 6 : 4;
  for (let i = 0; i < n; i += 1) {
    back += tree(rng.fork(`t${i}`), {
      x: (w * (i + rng.range(0.1, 0.9))) / n,
      foot: h * 0.62,
      height: h * rng.range(0.4, 0.7),
      spread: 0.9,
      shade: mix(light.near, light.foliage, 0.6),
      lit: mix(light.foliage, light.sun, 0.55),
      trunk: light.near,
      side,
      leaves: 16,
    });
  }
  await c.draw(back);
  const ground = mix(mix(rgb('#b9ae98'), light.haze, 0.3), light.near, 0.2 + 0.4 * light.dark);
  c.rows(h * 0.61, h, (y) => scale(ground, 1.05 - 0.35 * ((y - h * 0.61) / (h * 0.39))));
  for (let i = 0; i < 60; i += 1) {
    c.disc(
      w * rng.next(),
      h * rng.range(0.08, 0.56),
      unit * rng.range(14, 40),
      mix(light.sun, light.foliage, 0.3),
      0.16 * (1 - light.dark * 0.4) + 0.1,
      0.8,
      0.1,
    );
  }
  await c.draw(
    crowd(rng.fork('far'), {
      from: 0,
      to: w,
      foot: h * 0.72,
      height: Math.min(w, h) * 0.2,
      count: n + 2,
      tint: light.haze,
      amount: 0.3,
    }),
  );
  defocus(c, 17 * unit);
  const count = w > h ? rng.int(3, 5) : rng.int(2, 3);
  const tall = Math.min(h * 0.74, (w / count) * 2);
  let people = '';
  for (let i = 0; i < count; i += 1) {
    const r = rng.fork(`v${i}`);
    people += person(r, {
      x: w * ((i + 0.5) / count) + r.range(-0.02, 0.02) * w,
      foot: h * r.range(0.98, 1.06),
      height: tall * r.range(0.94, 1.04),
      top: mix(rgb('#d5281f'), light.near, 0.08 + 0.3 * light.dark),
      bottom: mix(rgb('#2c3344'), light.near, 0.3),
      hair: r.pick(['cap', 'short', 'tail', 'cap', 'bun'] as const),
      emblem: true,
      pose: r.pick(['stand', 'stand', 'walk'] as const),
      rim: { color: mix(light.sun, light.white, 0.25), side },
    });
  }
  await c.draw(people, { blur: 0.9 * unit });
  const noise = new Noise(rng.fork('cloth'));
  c.shade((x, y) => 0.94 + 0.12 * noise.fbm((x / unit) * 0.05, (y / unit) * 0.03, 3), h * 0.2);
};
