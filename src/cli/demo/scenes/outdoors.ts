import { CLOTHES, person } from '../paint/people.js';
import { css, mix, rgb, scale, type Rgb } from '../paint/color.js';
import { defocus } from '../paint/finish.js';
import { house } from '../paint/buildings.js';
import { paintField, paintRidge } from '../paint/land.js';
import { paintSky } from '../paint/sky.js';
import { reeds, tree, twigs } from '../paint/plants.js';
import type { Scene } from './scene.js';

/** Children and kites over a summer meadow. */
export const kites: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const horizon = h * rng.range(0.68, 0.76);
  const sunX = w * rng.range(0.2, 0.8);
  paintSky(c, light, rng.fork('sky'), {
    horizon,
    sun: { x: sunX, y: horizon * rng.range(0.45, 0.8), radius: 34 * unit },
    clouds: rng.range(0.6, 0.95),
  });
  paintRidge(c, light, rng.fork('r0'), {
    foot: horizon + h * 0.02,
    height: h * 0.05,
    relief: h * 0.03,
    hills: 4,
    distance: 0.6,
    mist: 0.5,
    trees: 0.5,
    sunX,
  });
  const grass = scale(mix(light.foliage, light.sun, 0.22), 1 - light.dark * 0.5);
  paintField(c, rng.fork('grass'), {
    top: horizon + h * 0.01,
    colors: [mix(grass, light.haze, 0.4), scale(grass, 0.85)],
    vanishX: w / 2,
    rough: 0.8,
  });
  const side = sunX > w / 2 ? 1 : -1;
  let body = tree(rng.fork('tree'), {
    x: w * (side > 0 ? 0.12 : 0.88),
    foot: horizon + h * 0.03,
    height: h * 0.26,
    spread: 1.1,
    shade: scale(light.near, 0.9),
    lit: mix(light.foliage, light.sun, 0.3),
    trunk: light.near,
    side,
    leaves: 18,
  });
  const count = rng.int(3, 5);
  for (let i = 0; i < count; i += 1) {
    const x = w * (0.14 + (0.72 * (i + rng.range(0.1, 0.7))) / count);
    const child = rng.chance(0.65);
    const tall = h * (child ? rng.range(0.075, 0.1) : rng.range(0.13, 0.15));
    const foot = h * rng.range(0.84, 0.93);
    const kx = x + side * -1 * w * rng.range(0.02, 0.2);
    const ky = h * rng.range(0.1, 0.42);
    body += `<path d="M${x + tall * 0.27} ${foot - tall * 1.1}Q${(x + kx) / 2} ${(foot + ky) / 2 + h * 0.05} ${kx} ${ky}" stroke="#fff" stroke-opacity=".45" stroke-width="${1.1 * unit}" fill="none"/>`;
    body += kite(kx, ky, unit * rng.range(26, 44), rng.pick(CLOTHES), rng.pick(CLOTHES), rng.range(-24, 24));
    body += person(rng.fork(`k${i}`), {
      x,
      foot,
      height: tall,
      top: mix(rng.pick(CLOTHES), light.near, 0.2),
      bottom: mix(light.near, rgb('#41506a'), 0.4),
      pose: 'reach',
      hair: rng.pick(['short', 'tail', 'bun'] as const),
      skirt: rng.chance(0.4),
      rim: { color: mix(light.sun, light.white, 0.3), side },
    });
  }
  await c.draw(body);
  await c.draw(
    reeds(rng.fork('blades'), {
      from: -20,
      to: w + 20,
      foot: h + 4,
      height: h * 0.1,
      count: 480,
      color: scale(grass, 0.5),
      tip: mix(grass, light.sun, 0.3),
    }),
    { blur: 3 * unit },
  );
};

function kite(x: number, y: number, s: number, a: Rgb, b: Rgb, turn: number): string {
  return (
    `<g transform="translate(${x} ${y}) rotate(${turn})">` +
    `<path d="M0 ${s * 1.2}q${s * 0.5} ${s * 0.8} 0 ${s * 1.6}q${-s * 0.5} ${s * 0.8} ${s * 0.1} ${s * 1.5}" stroke="${css(b)}" stroke-width="${s * 0.09}" fill="none"/>` +
    `<path d="M0 ${-s}L${s * 0.8} 0L0 ${s * 1.2}Z" fill="${css(a)}"/><path d="M0 ${-s}L${-s * 0.8} 0L0 ${s * 1.2}Z" fill="${css(scale(a, 0.78))}"/>` +
    `<path d="M${-s * 0.8} 0L0 ${-s * 0.3}L${s * 0.8} 0L0 ${s * 0.3}Z" fill="${css(b)}"/></g>`
  );
}

/** An old camphor tree, its shade, and the people who sit in it. */
export const oldTree: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const horizon = h * 0.66;
  const side = rng.pick([-1, 1] as const);
  const sun = { x: w * (0.5 + side * 0.36), y: h * 0.26, radius: 46 * unit };
  paintSky(c, light, rng.fork('sky'), { horizon, sun, clouds: 0.3 });
  paintRidge(c, light, rng.fork('far'), {
    foot: horizon + h * 0.02,
    height: h * 0.1,
    relief: h * 0.04,
    hills: 4,
    distance: 0.62,
    mist: 0.7,
    trees: 0.5,
    sunX: sun.x,
  });
  let village = '';
  for (let i = 0; i < 4; i += 1) {
    village += house(rng.fork(`h${i}`), {
      x: w * (0.02 + 0.26 * i + rng.range(0, 0.05)),
      foot: horizon + h * 0.025,
      w: w * rng.range(0.14, 0.2),
      light,
      distance: 0.34,
      lamps: light.dark > 0.4,
    });
  }
  await c.draw(village);
  const ground = mix(mix(rgb('#a08d6c'), light.foliage, 0.35), light.sun, 0.2);
  paintField(c, rng.fork('ground'), {
    top: horizon + h * 0.02,
    colors: [mix(ground, light.haze, 0.4), scale(ground, 0.62)],
    vanishX: w / 2,
    rough: 0.55,
  });
  defocus(c, 7 * unit);
  const foot = h * 0.86;
  c.wash(
    scale(light.near, 0.7),
    (x, y) => {
      const d = Math.hypot((x - w * (0.5 - side * 0.1)) / (w * 0.5), (y - foot - h * 0.02) / (h * 0.09));
      return d < 1 ? 0.62 * (1 - d * d) : 0;
    },
    foot - h * 0.1,
    foot + h * 0.14,
  );
  const rim = { color: mix(light.sun, light.white, 0.2), side };
  await c.draw(
    tree(rng.fork('tree'), {
      x: w * 0.5,
      foot,
      height: h * 0.88,
      spread: (1.15 * Math.min(w, h * 1.2)) / h,
      shade: scale(mix(light.near, light.foliage, 0.3), 0.75),
      lit: mix(light.foliage, light.sun, 0.5),
      trunk: scale(light.near, 0.72),
      side,
      leaves: 70,
    }),
  );
  let people = `<path d="M${w * 0.26} ${foot - h * 0.045}h${w * 0.2}v${h * 0.014}h${-w * 0.2}zM${w * 0.28} ${foot - h * 0.04}v${h * 0.05}M${w * 0.44} ${foot - h * 0.04}v${h * 0.05}" fill="${css(scale(light.near, 0.8))}" stroke="${css(scale(light.near, 0.8))}" stroke-width="${6 * unit}"/>`;
  const tall = Math.min(h * 0.21, w * 0.24);
  for (let i = 0; i < 3; i += 1) {
    people += person(rng.fork(`s${i}`), {
      x: w * (0.29 + 0.065 * i),
      foot: foot + h * 0.005,
      height: tall,
      top: mix(rng.pick(CLOTHES), light.near, 0.25),
      bottom: light.near,
      pose: 'sit',
      hair: rng.pick(['grey', 'bun', 'straw'] as const),
      rim,
    });
  }
  people += person(rng.fork('a'), {
    x: w * 0.66,
    foot: foot + h * 0.04,
    height: tall * 1.05,
    top: mix(rng.pick(CLOTHES), light.near, 0.2),
    bottom: light.near,
    pose: 'walk',
    hair: 'bun',
    rim,
  });
  people += person(rng.fork('b'), {
    x: w * 0.72,
    foot: foot + h * 0.045,
    height: tall * 0.66,
    top: mix(rng.pick(CLOTHES), light.near, 0.1),
    bottom: light.near,
    pose: 'walk',
    hair: 'tail',
    skirt: true,
    rim,
  });
  await c.draw(people);
  const beam = scale(light.sun, 0.22 * light.sunPower);
  for (let i = 0; i < 7; i += 1) {
    const angle = Math.atan2(foot - sun.y, w * 0.5 - sun.x) + rng.range(-0.42, 0.42);
    const reach = rng.range(0.012, 0.03);
    const strength = rng.range(0.3, 1);
    c.wash(
      [beam[0] * 4, beam[1] * 4, beam[2] * 4],
      (x, y) => {
        const dx = x - sun.x;
        const dy = y - sun.y;
        const off = Math.abs(Math.atan2(dy, dx) - angle);
        if (off > reach) return 0;
        const d = Math.hypot(dx, dy) / h;
        return d > 0.9 ? 0 : 0.13 * strength * (1 - off / reach) * (1 - d / 0.9);
      },
      sun.y,
      foot,
    );
  }
  await c.draw(
    twigs(rng.fork('twigs'), {
      x: side > 0 ? 0 : w,
      y: 0,
      reach: w * 0.24,
      angle: side > 0 ? 0.5 : 2.6,
      count: 5,
      color: scale(light.near, 0.8),
      tip: light.foliage,
    }),
    { blur: 9 * unit },
  );
};
