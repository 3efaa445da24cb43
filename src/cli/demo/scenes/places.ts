import { css, mix, rgb, scale, type Rgb } from '../paint/color.js';
import { Noise } from '../paint/noise.js';
import { CLOTHES } from '../paint/people.js';
import { paintSky } from '../paint/sky.js';
import { tree } from '../paint/plants.js';
import { paintWater } from '../paint/water.js';
import type { Rng } from '../prng.js';
import type { Light } from '../paint/light.js';
import type { Scene } from './scene.js';

/** White walls, dark tiles, a pond: a courtyard of the old kind. */
export const courtyard: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const water = h * rng.range(0.66, 0.74);
  paintSky(c, light, rng.fork('sky'), {
    horizon: water,
    sun: { x: w * rng.range(0.1, 0.9), y: h * 0.16, radius: 26 * unit },
    clouds: rng.range(0.2, 0.6),
    stars: light.dark > 0.9,
  });
  const wall = mix(light.white, light.near, light.dark * 0.6);
  const tile = mix(rgb('#3a3d42'), light.near, 0.3 + 0.3 * light.dark);
  const lamp = rgb('#ffc67d');
  let body = '';
  const gables = w > h ? 4 : 3;
  for (let i = 0; i < gables; i += 1) {
    const gw = (w / gables) * rng.range(0.92, 1.22);
    const x = (w / gables) * i - gw * 0.08;
    const top = h * rng.range(0.26, 0.4);
    body += gable(
      x,
      top,
      gw,
      water - top,
      scale(wall, rng.range(0.9, 1)),
      tile,
      light,
      rng.fork(`g${i}`),
      light.dark > 0.35 ? lamp : undefined,
    );
  }
  const low = water - h * 0.13;
  body += `<rect x="0" y="${low}" width="${w}" height="${h * 0.14}" fill="${css(scale(wall, 0.96))}"/><rect x="0" y="${low - 20 * unit}" width="${w}" height="${26 * unit}" fill="${css(tile)}"/>`;
  for (let x = 0; x < w; x += 17 * unit) {
    body += `<circle cx="${x}" cy="${low + 6 * unit}" r="${7 * unit}" fill="${css(scale(tile, 0.8))}"/>`;
  }
  const mx = w * rng.range(0.3, 0.7);
  body += `<circle cx="${mx}" cy="${water - h * 0.05}" r="${h * 0.072}" fill="${css(light.dark > 0.35 ? lamp : mix(light.foliage, light.sun, 0.35))}"/><circle cx="${mx}" cy="${water - h * 0.05}" r="${h * 0.075}" fill="none" stroke="${css(tile)}" stroke-width="${9 * unit}"/>`;
  body += `<rect x="0" y="${water - 12 * unit}" width="${w}" height="${14 * unit}" fill="${css(mix(tile, wall, 0.35))}"/>`;
  await c.draw(body);
  const noise = new Noise(rng.fork('stain'));
  c.shade(
    (x, y) =>
      1 -
      0.16 * Math.max(0, noise.fbm((x / unit) * 0.012, (y / unit) * 0.004, 4) - 0.42) -
      0.03 * noise.sample((x / unit) * 0.5, (y / unit) * 0.5),
    h * 0.25,
    water,
  );
  const side = rng.pick([-1, 1] as const);
  const shadow = tree(rng.fork('tree'), {
    x: w * (0.5 + side * 0.22),
    foot: water,
    height: h * 0.62,
    spread: 1,
    shade: light.near,
    lit: light.near,
    trunk: light.near,
    leaves: 22,
  });
  await c.draw(`<g transform="translate(${side * -0.12 * w} ${h * 0.03})" opacity=".5">${shadow}</g>`, {
    blur: 7 * unit,
    opacity: light.dark > 0.5 ? 0.25 : 0.6,
  });
  const bloom = rng.chance(0.45) ? rgb('#e58aa4') : mix(light.foliage, light.sun, 0.4);
  await c.draw(
    tree(rng.fork('tree'), {
      x: w * (0.5 + side * 0.3),
      foot: water,
      height: h * 0.6,
      spread: 1,
      shade: mix(light.near, bloom, 0.35),
      lit: bloom,
      trunk: scale(light.near, 0.9),
      side,
      leaves: 24,
    }),
  );
  paintWater(c, rng.fork('water'), {
    top: water,
    tint: mix(rgb('#27443f'), light.near, 0.4),
    depth: 0.34,
    ripple: 0.4,
    sparkle: 0.15,
  });
};

function gable(
  x: number,
  top: number,
  w: number,
  h: number,
  wall: Rgb,
  tile: Rgb,
  light: Light,
  rng: Rng,
  lamp?: Rgb,
): string {
  const step = h * 0.13;
  const roof = css(tile);
  let out = `<path d="M${x} ${top + h}V${top + step * 1.7}H${x + w * 0.2}V${top + step * 0.8}H${x + w * 0.36}V${top}H${x + w * 0.64}V${top + step * 0.8}H${x + w * 0.8}V${top + step * 1.7}H${x + w}V${top + h}Z" fill="${css(wall)}"/>`;
  out += `<rect x="${x + w * 0.86}" y="${top + step * 1.7}" width="${w * 0.14}" height="${h}" fill="${css(light.near, 0.16)}"/>`;
  for (const [a, b, y] of [
    [-0.03, 0.23, 1.7],
    [0.17, 0.39, 0.8],
    [0.33, 0.67, 0],
    [0.61, 0.83, 0.8],
    [0.77, 1.03, 1.7],
  ] as const) {
    const ry = top + step * y;
    out += `<path d="M${x + w * a} ${ry + step * 0.12}L${x + w * a - w * 0.015} ${ry - step * 0.26}Q${x + (w * (a + b)) / 2} ${ry - step * 0.12} ${x + w * b + w * 0.015} ${ry - step * 0.26}L${x + w * b} ${ry + step * 0.12}Z" fill="${roof}"/><rect x="${x + w * a}" y="${ry + step * 0.12}" width="${w * (b - a)}" height="${step * 0.12}" fill="${css(light.near, 0.25)}"/>`;
  }
  for (let i = 0; i < rng.int(1, 2); i += 1) {
    const wx = x + w * rng.range(0.3, 0.6);
    const wy = top + h * (0.3 + 0.24 * i);
    out += `<rect x="${wx}" y="${wy}" width="${w * 0.1}" height="${w * 0.12}" fill="${css(lamp ?? scale(tile, 0.8))}"/><path d="M${wx - w * 0.02} ${wy - w * 0.012}h${w * 0.14}" stroke="${roof}" stroke-width="${w * 0.024}"/>`;
  }
  return out;
}

/** The market from the air: umbrellas, stalls and long shadows. */
export const market: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const ground = mix(mix(rgb('#b7a68a'), light.white, 0.3), light.near, 0.12 + light.dark * 0.45);
  const noise = new Noise(rng.fork('ground'));
  c.rows(0, h, () => ground);
  c.shade(
    (x, y) =>
      0.86 +
      0.34 * noise.fbm((x / unit) * 0.008, (y / unit) * 0.008, 5) -
      0.05 * noise.sample((x / unit) * 0.5, (y / unit) * 0.5),
  );
  const sun = rng.range(0.5, 1.1);
  const sx = Math.cos(sun) * 60 * unit;
  const sy = Math.sin(sun) * 60 * unit;
  const step = 140 * unit;
  let shadows = '';
  let tops = '';
  const lane = rng.range(0.35, 0.65) * w;
  const turn = rng.range(-12, 12);
  const palette = rng
    .shuffle(['#c8402f', '#e8b23c', '#2f6f8f', '#ece4d2', '#3f8a6a', '#d97a4a', '#7a4f8a'].map(rgb))
    .slice(0, 4);
  for (let gy = -3; gy * step < h + step * 4; gy += 1) {
    for (let gx = -3; gx * step < w + step * 4; gx += 1) {
      const x = gx * step + rng.range(-14, 14) * unit;
      const y = gy * step + rng.range(-14, 14) * unit;
      if (Math.abs(x - lane) < step * 0.8 || gy % 5 === 2) {
        if (!rng.chance(0.72)) continue;
        const px = x + rng.range(-40, 40) * unit;
        const py = y + rng.range(-40, 40) * unit;
        shadows += `<ellipse cx="${px + sx * 0.45}" cy="${py + sy * 0.45}" rx="${26 * unit}" ry="${7 * unit}" transform="rotate(${(sun * 180) / Math.PI} ${px + sx * 0.45} ${py + sy * 0.45})"/>`;
        tops += walker(px, py, 11 * unit, rng.pick(CLOTHES), rng.range(0, 360));
        continue;
      }
      if (rng.chance(0.12)) {
        tops += crates(rng.fork(`${gx},${gy}`), x, y, step * 0.34);
        continue;
      }
      const r = step * rng.range(0.4, 0.5);
      shadows += `<circle cx="${x + sx}" cy="${y + sy}" r="${r}"/>`;
      tops += parasol(x, y, r, mix(rng.pick(palette), light.white, 0.08), rng.range(0, 45), light);
    }
  }
  const frame = (body: string): string => `<g transform="rotate(${turn} ${w / 2} ${h / 2})">${body}</g>`;
  await c.draw(frame(`<g fill="${css(scale(light.near, 0.6))}">${shadows}</g>`), {
    blur: 3 * unit,
    opacity: 0.62 - light.dark * 0.2,
  });
  await c.draw(frame(tops));
  c.shade((x, y) => 1.1 - 0.22 * (x / w) * Math.cos(sun) - 0.18 * (y / h));
};

function parasol(x: number, y: number, r: number, color: Rgb, turn: number, light: Light): string {
  let out = '';
  for (let i = 0; i < 8; i += 1) {
    const a = ((i * 45 + turn) * Math.PI) / 180;
    const b = ((i * 45 + 45 + turn) * Math.PI) / 180;
    const facing = 0.86 + 0.2 * Math.cos((a + b) / 2 + Math.PI * 0.78);
    const tint = i % 2 === 0 ? color : mix(color, [1, 0.97, 0.9], 0.16);
    out += `<path d="M${x} ${y}L${x + Math.cos(a) * r} ${y + Math.sin(a) * r}Q${x + Math.cos((a + b) / 2) * r * 0.97} ${y + Math.sin((a + b) / 2) * r * 0.97} ${x + Math.cos(b) * r} ${y + Math.sin(b) * r}Z" fill="${css(scale(mix(tint, light.sun, 0.08), facing))}"/>`;
  }
  return `${out}<circle cx="${x}" cy="${y}" r="${r * 0.06}" fill="#fff" opacity=".8"/>`;
}

function walker(x: number, y: number, r: number, color: Rgb, turn: number): string {
  return `<g transform="translate(${x} ${y}) rotate(${turn})"><ellipse rx="${r * 1.5}" ry="${r * 0.75}" fill="${css(scale(color, 0.92))}"/><circle r="${r * 0.68}" fill="#241b17"/><ellipse cx="${-r * 0.15}" cy="${-r * 0.2}" rx="${r * 0.25}" ry="${r * 0.18}" fill="#fff" opacity=".18"/></g>`;
}

function crates(rng: Rng, x: number, y: number, s: number): string {
  let out = '';
  for (let i = 0; i < 4; i += 1) {
    const cx = x + (i % 2 ? s * 0.1 : -s);
    const cy = y + (i > 1 ? s * 0.1 : -s);
    out += `<rect x="${cx}" y="${cy}" width="${s * 0.9}" height="${s * 0.9}" fill="#8a6a45"/>`;
    const fruit = rng.pick(['#d8432f', '#e89b2e', '#7fae3f', '#c7cf5a', '#7a3f66']);
    for (let k = 0; k < 16; k += 1) {
      out += `<circle cx="${cx + s * (0.14 + 0.2 * (k % 4))}" cy="${cy + s * (0.14 + 0.2 * Math.floor(k / 4))}" r="${s * 0.1}" fill="${fruit}" opacity="${rng.range(0.75, 1).toFixed(2)}"/>`;
    }
  }
  return out;
}
