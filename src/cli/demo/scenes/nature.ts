import { CLOTHES, person } from '../paint/people.js';
import { css, mix, rgb, scale, type Rgb } from '../paint/color.js';
import { house, pagoda } from '../paint/buildings.js';
import { paintField, paintMist, paintRidge } from '../paint/land.js';
import { paintSky } from '../paint/sky.js';
import { reeds, tree } from '../paint/plants.js';
import { paintWater } from '../paint/water.js';
import type { Scene } from './scene.js';

/** The river at first or last light: hills, their mirror, one boat. */
export const river: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const horizon = h * rng.range(0.5, 0.6);
  const sunX = w * rng.range(0.25, 0.75);
  const sun = { x: sunX, y: horizon - h * rng.range(0.1, 0.24), radius: 30 * unit };
  paintSky(c, light, rng.fork('sky'), { horizon, sun, clouds: rng.range(0.3, 0.7), stars: light.dark > 0.9 });
  const layers = rng.int(3, 4);
  for (let i = 0; i < layers; i += 1) {
    const t = i / (layers - 1);
    paintRidge(c, light, rng.fork(`ridge${i}`), {
      foot: horizon + 1,
      height: h * (0.12 - 0.08 * t),
      relief: h * (0.1 - 0.07 * t),
      hills: 3 + 2 * t,
      distance: 0.76 - 0.58 * t,
      mist: 0.6,
      trees: 0.03 + 0.12 * t,
      sunX,
    });
  }
  paintMist(c, light.haze, rng.fork('mist'), horizon - h * 0.02, h * 0.05, 0.5);
  paintWater(c, rng.fork('water'), {
    top: horizon,
    tint: mix(light.sky[1][1], light.near, 0.45),
    depth: 0.3,
    ripple: rng.range(0.5, 1.1),
    sparkle: 0.35,
  });
  const boatX = w * (sunX > w / 2 ? rng.range(0.22, 0.42) : rng.range(0.58, 0.78));
  const boatY = horizon + (h - horizon) * rng.range(0.3, 0.45);
  await c.draw(boat(boatX, boatY, 150 * unit, light.near, light.sun, rng.fork('boat')));
  const side = boatX > w / 2 ? 0 : w;
  await c.draw(
    reeds(rng.fork('reeds'), {
      from: side - w * 0.2,
      to: side + w * 0.2,
      foot: h + 10 * unit,
      height: h * 0.3,
      count: 110,
      color: scale(light.near, 0.7),
      tip: mix(light.near, light.sun, 0.4),
    }),
    { blur: 1.6 * unit },
  );
};

function boat(
  x: number,
  y: number,
  s: number,
  near: Rgb,
  sun: Rgb,
  rng: Parameters<typeof person>[0],
): string {
  const dark = css(scale(near, 0.6));
  const hull = (flip: number, alpha: number): string =>
    `<g transform="translate(${x} ${y}) scale(1 ${flip})" opacity="${alpha}">` +
    `<path d="M${-s} ${-s * 0.1}Q${-s * 0.6} ${s * 0.09} 0 ${s * 0.09}Q${s * 0.6} ${s * 0.09} ${s} ${-s * 0.12}Q${s * 0.4} ${-s * 0.02} 0 ${-s * 0.02}Q${-s * 0.5} ${-s * 0.02} ${-s} ${-s * 0.1}Z" fill="${dark}"/>` +
    `<path d="M${-s * 0.34} 0Q${-s * 0.34} ${-s * 0.26} ${-s * 0.02} ${-s * 0.26}Q${s * 0.26} ${-s * 0.26} ${s * 0.26} 0Z" fill="${dark}"/>` +
    `<path d="M${s * 0.58} ${-s * 0.95}L${s * 0.86} ${s * 0.3}" stroke="${dark}" stroke-width="${s * 0.014}"/></g>`;
  const fisher = person(rng, {
    x: x + s * 0.58,
    foot: y - s * 0.02,
    height: s * 0.62,
    top: near,
    bottom: near,
    hair: 'straw',
    pose: 'stand',
    rim: { color: sun, side: 1 },
  });
  return `${hull(1, 1) + fisher}<g opacity=".45">${hull(-0.7, 0.8)}</g>`;
}

/** Range behind range in the morning mist, with a pagoda or birds. */
export const hills: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const sunX = w * rng.range(0.2, 0.8);
  const horizon = h * 0.75;
  const sun = { x: sunX, y: h * rng.range(0.16, 0.34), radius: 42 * unit };
  paintSky(c, light, rng.fork('sky'), {
    horizon,
    sun,
    clouds: rng.range(0.15, 0.5),
    stars: light.dark > 0.9,
  });
  const count = rng.int(5, 6);
  const steep = rng.pick([0, 0.5, 0.85]);
  for (let i = 0; i < count; i += 1) {
    const t = i / (count - 1);
    const foot = h * (0.62 + 0.44 * t);
    paintRidge(c, light, rng.fork(`r${i}`), {
      foot: foot + h * 0.03,
      height: h * (0.13 + 0.02 * t),
      relief: h * (0.16 - 0.03 * t),
      hills: 2.2 + 1.4 * (1 - t) + steep * 2,
      distance: Math.pow(1 - t, 0.75) * 0.93,
      mist: 0.95 - 0.35 * t,
      trees: 0.02 + 0.14 * t,
      sunX,
      steep: steep * (1 - 0.6 * t),
    });
    if (i < count - 1) paintMist(c, light.haze, rng.fork(`m${i}`), foot, h * 0.08, 0.62);
    if (i === count - 3) {
      const tone = mix(light.near, light.haze, 0.42);
      await c.draw(
        pagoda(
          w * rng.range(0.25, 0.75),
          foot - h * 0.1,
          h * 0.2,
          tone,
          scale(tone, 0.8),
          light.dark > 0.5 ? rgb('#ffcf87') : undefined,
        ),
      );
      paintMist(c, light.haze, rng.fork('pm'), foot - h * 0.075, h * 0.045, 0.75);
    }
  }
  let flock = '';
  const fx = w * rng.range(0.3, 0.6);
  for (let i = 0; i < 9; i += 1) {
    const x = fx + rng.range(-0.12, 0.16) * w;
    const y = h * rng.range(0.22, 0.36);
    const s = unit * rng.range(6, 12);
    flock += `<path d="M${x - s} ${y - s * 0.4}Q${x - s * 0.4} ${y - s * 0.5} ${x} ${y}Q${x + s * 0.4} ${y - s * 0.5} ${x + s} ${y - s * 0.35}" stroke="${css(light.near, 0.8)}" stroke-width="${s * 0.18}" fill="none"/>`;
  }
  await c.draw(flock);
};

/** Rice fields in rows under the hills, a village, someone at work. */
export const paddy: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const horizon = h * rng.range(0.4, 0.5);
  const sunX = w * rng.range(0.15, 0.85);
  const lamps = light.dark > 0.4;
  paintSky(c, light, rng.fork('sky'), {
    horizon,
    sun: { x: sunX, y: horizon * rng.range(0.35, 0.7), radius: 34 * unit },
    clouds: rng.range(0.4, 0.8),
  });
  for (let i = 0; i < 3; i += 1) {
    paintRidge(c, light, rng.fork(`r${i}`), {
      foot: horizon + h * 0.03,
      height: h * (0.13 - 0.045 * i),
      relief: h * (0.07 - 0.02 * i),
      hills: 3 + i,
      distance: 0.78 - 0.26 * i,
      mist: 0.6,
      trees: 0.06 + 0.1 * i,
      sunX,
    });
  }
  const ripe = rng.chance(0.5) ? rgb('#d6a832') : rgb('#72ad3c');
  const crop = mix(ripe, light.sun, 0.18);
  const dim = 1 - light.dark * 0.65;
  paintField(c, rng.fork('field'), {
    top: horizon + h * 0.025,
    colors: [scale(mix(crop, light.haze, 0.45), dim), scale(mix(crop, light.foliage, 0.35), dim * 0.9)],
    rows: 58,
    vanishX: w * rng.range(0.35, 0.65),
    rough: 0.6,
  });
  let body = '';
  let x = w * rng.range(0.02, 0.1);
  while (x < w * 0.95) {
    const hw = w * rng.range(0.055, 0.095);
    const foot = horizon + h * rng.range(0.03, 0.045);
    if (rng.chance(0.62)) {
      body += house(rng.fork(x), { x, foot, w: hw, light, distance: 0.22, lamps: lamps && rng.chance(0.7) });
    } else {
      body += tree(rng.fork(x), {
        x: x + hw / 2,
        foot,
        height: hw * rng.range(0.9, 1.4),
        shade: mix(light.near, light.foliage, 0.5),
        lit: mix(light.foliage, light.sun, 0.35),
        trunk: light.near,
        side: sunX > w / 2 ? 1 : -1,
        leaves: 14,
      });
    }
    x += hw * rng.range(1.15, 1.7);
  }
  await c.draw(body);
  const workers = rng.int(1, 3);
  let people = '';
  for (let i = 0; i < workers; i += 1) {
    people += person(rng.fork(`w${i}`), {
      x: w * rng.range(0.2, 0.8),
      foot: h * rng.range(0.68, 0.78),
      height: h * rng.range(0.15, 0.19),
      top: mix(rng.pick(CLOTHES), light.near, 0.35),
      bottom: light.near,
      hair: 'straw',
      pose: 'walk',
      rim: { color: mix(light.sun, light.white, 0.2), side: sunX > w / 2 ? 1 : -1 },
    });
  }
  await c.draw(people);
  await c.draw(
    reeds(rng.fork('ears'), {
      from: -20,
      to: w + 20,
      foot: h + 4,
      height: h * 0.16,
      count: 420,
      color: scale(mix(crop, light.near, 0.4), dim),
      tip: scale(mix(crop, light.sun, 0.4), dim),
    }),
    { blur: 2.6 * unit },
  );
};
