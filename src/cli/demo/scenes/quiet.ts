import { css, mix, rgb, scale, smooth, type Rgb } from '../paint/color.js';
import { defocus } from '../paint/finish.js';
import { Noise } from '../paint/noise.js';
import { CLOTHES } from '../paint/people.js';
import { tree } from '../paint/plants.js';
import type { Rng } from '../prng.js';
import type { Light } from '../paint/light.js';
import type { Scene } from './scene.js';

/** A lotus pond close to the water, one flower sharp. */
export const lotus: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const deep = mix(rgb('#16352f'), light.near, 0.4);
  c.rows(0, h, (y) => mix(mix(light.sky[2][1], light.foliage, 0.6), deep, smooth(0, 0.7, y / h)));
  c.glow(w * rng.range(0.2, 0.8), 0, h * 0.7, light.sun, 0.4, 1.4);
  let far = '';
  for (let i = 0; i < 46; i += 1) {
    far += leaf(
      rng.fork(`f${i}`),
      w * rng.next(),
      h * rng.range(0.08, 0.5),
      unit * rng.range(60, 130),
      0.34,
      light,
      0.45,
    );
  }
  for (let i = 0; i < 9; i += 1) {
    far += flower(
      w * rng.next(),
      h * rng.range(0.08, 0.42),
      unit * rng.range(24, 44),
      light,
      rng.fork(`ff${i}`),
    );
  }
  await c.draw(far);
  for (let i = 0; i < 40; i += 1) {
    c.disc(
      w * rng.next(),
      h * rng.range(0.02, 0.5),
      unit * rng.range(10, 34),
      mix(light.sun, light.white, 0.4),
      0.12,
      0.8,
      0.1,
    );
  }
  defocus(c, 22 * unit);
  let mid = '';
  for (let i = 0; i < 15; i += 1) {
    const y = 0.46 + 0.5 * (i / 15);
    mid += leaf(
      rng.fork(`m${i}`),
      w * rng.range(-0.05, 1.05),
      h * y,
      unit * rng.range(150, 260) * (0.6 + y * 0.6),
      0.42,
      light,
      0.08,
    );
  }
  await c.draw(mid, { blur: 2.2 * unit });
  const fx = w * rng.range(0.34, 0.66);
  const fy = h * rng.range(0.4, 0.5);
  const size = Math.min(w, h) * rng.range(0.19, 0.25);
  const stem = css(mix(light.foliage, rgb('#5f8f4a'), 0.5));
  await c.draw(
    `<path d="M${fx} ${fy}Q${fx + size * 0.25} ${h * 0.75} ${fx + size * 0.1} ${h}" stroke="${stem}" stroke-width="${size * 0.07}" fill="none"/>${flower(
      fx,
      fy,
      size,
      light,
      rng.fork('flower'),
    )}<path d="M${fx + size * 1.5} ${fy + size * 0.2}Q${fx + size * 1.4} ${h * 0.8} ${fx + size * 1.2} ${h}" stroke="${stem}" stroke-width="${size * 0.05}" fill="none"/>${bud(
      fx + size * 1.5,
      fy + size * 0.2,
      size * 0.34,
      light,
    )}`,
  );
  let near = '';
  for (let i = 0; i < 4; i += 1) {
    near += leaf(
      rng.fork(`n${i}`),
      w * (i / 3) + rng.range(-0.08, 0.08) * w,
      h * rng.range(0.98, 1.1),
      unit * rng.range(300, 430),
      0.4,
      light,
      -0.15,
    );
  }
  await c.draw(near, { blur: 13 * unit });
};

function leaf(rng: Rng, x: number, y: number, r: number, flat: number, light: Light, far: number): string {
  const green = mix(
    mix(rgb('#3f7d4e'), light.foliage, 0.45),
    far > 0 ? light.haze : light.near,
    Math.abs(far),
  );
  const lit = mix(green, light.sun, 0.3);
  const tilt = rng.range(-16, 16);
  let veins = '';
  for (let i = 0; i < 14; i += 1) {
    const a = (i / 14) * Math.PI * 2 + rng.range(-0.1, 0.1);
    veins += `<path d="M0 0Q${Math.cos(a + 0.14) * r * 0.5} ${Math.sin(a + 0.14) * r * 0.5 * flat} ${Math.cos(a) * r * 0.95} ${Math.sin(a) * r * 0.95 * flat}" stroke="${css(lit, 0.5)}" stroke-width="${r * 0.014}" fill="none"/>`;
  }
  let edge = '';
  for (let i = 0; i <= 28; i += 1) {
    const a = (i / 28) * Math.PI * 2;
    const k = r * (1 + 0.05 * Math.sin(a * 5 + tilt) + 0.03 * Math.sin(a * 9));
    edge += `${i ? 'L' : 'M'}${(Math.cos(a) * k).toFixed(1)} ${(Math.sin(a) * k * flat).toFixed(1)}`;
  }
  return (
    `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${tilt.toFixed(1)})"><path d="${edge}Z" transform="translate(0 ${r * 0.06})" fill="#000" opacity=".28"/>` +
    `<path d="${edge}Z" fill="${css(scale(green, rng.range(0.75, 1.05)))}"/><path d="${edge}Z" transform="translate(${-r * 0.06} ${-r * 0.05}) scale(.8)" fill="${css(lit, 0.28)}"/>${veins}<ellipse rx="${r * 0.1}" ry="${r * 0.1 * flat}" fill="${css(lit, 0.8)}"/></g>`
  );
}

function petal(length: number, width: number, angle: number, from: Rgb, to: Rgb, id: string): string {
  return (
    `<linearGradient id="${id}" x1="0" y1="1" x2="0" y2="0"><stop offset="0" stop-color="${css(from)}"/><stop offset=".55" stop-color="${css(mix(from, to, 0.35))}"/><stop offset="1" stop-color="${css(to)}"/></linearGradient>` +
    `<path transform="rotate(${angle.toFixed(1)})" d="M0 0C${-width * 1.1} ${-length * 0.3} ${-width} ${-length * 0.75} 0 ${-length}C${width} ${-length * 0.75} ${width * 1.1} ${-length * 0.3} 0 0Z" fill="url(#${id})"/>` +
    `<path transform="rotate(${angle.toFixed(1)})" d="M0 ${-length * 0.1}V${-length * 0.9}M${-width * 0.3} ${-length * 0.2}Q${-width * 0.45} ${-length * 0.55} ${-width * 0.1} ${-length * 0.88}M${width * 0.3} ${-length * 0.2}Q${width * 0.45} ${-length * 0.55} ${width * 0.1} ${-length * 0.88}" stroke="${css(to, 0.35)}" stroke-width="${width * 0.03}" fill="none"/>`
  );
}

function flower(x: number, y: number, s: number, light: Light, rng: Rng): string {
  const key = Math.round(x * 7 + y * 13);
  const pale = mix(rgb('#fff2ee'), light.sun, 0.14);
  const pink = mix(rgb(rng.pick(['#e0567f', '#d9487a', '#e87f9e'])), light.near, light.dark * 0.3);
  let out = `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})">`;
  const ring = (angles: readonly number[], length: number, width: number, dark: number): void => {
    for (const [i, a] of angles.entries()) {
      out += petal(
        s * length,
        s * width,
        a + rng.range(-4, 4),
        scale(pale, dark),
        scale(pink, dark),
        `p${key}${length}${i}`.replace('.', '_'),
      );
    }
  };
  ring([-104, 104, -82, 82], 1.02, 0.27, 0.84);
  ring([-60, 60, -36, 36, 0], 1.12, 0.31, 0.92);
  out += `<ellipse cy="${-s * 0.3}" rx="${s * 0.2}" ry="${s * 0.14}" fill="#d9b23e"/>`;
  ring([-48, 48, -22, 22], 0.82, 0.3, 1);
  ring([-86, 86, 0], 0.62, 0.28, 1.04);
  return `${out}</g>`;
}

function bud(x: number, y: number, s: number, light: Light): string {
  const pink = mix(rgb('#dd4f7c'), light.near, light.dark * 0.3);
  return `<g transform="translate(${x} ${y})">${petal(s * 2, s * 0.62, -7, scale(pink, 0.8), pink, `bd${Math.round(x)}`)}${petal(s * 1.9, s * 0.5, 8, mix(pink, [1, 0.9, 0.88], 0.5), pink, `be${Math.round(x)}`)}</g>`;
}

/** The reading room: sun through a window on the wall, a table, a plant, someone's tea. */
export const readingRoom: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const paint = mix(
    rng.pick(['#c9bfa8', '#a9b5a4', '#c2a58d', '#b3b8bd', '#c8ad9b'].map(rgb)),
    light.near,
    0.34 + 0.2 * light.dark,
  );
  const floor = h * 0.78;
  const noise = new Noise(rng.fork('plaster'));
  c.rows(0, h, () => paint);
  c.shade(
    (x, y) =>
      0.9 +
      0.2 * (noise.fbm((x / unit) * 0.006, (y / unit) * 0.006, 4) - 0.5) +
      0.05 * (noise.sample((x / unit) * 0.4, (y / unit) * 0.4) - 0.5),
  );
  const lean = rng.range(0.18, 0.34) * rng.pick([-1, 1]);
  const wx = w * rng.range(0.26, 0.4);
  const wy = h * rng.range(0.1, 0.16);
  const pw = Math.min(w * 0.16, h * 0.2);
  const ph = pw * 1.25;
  const sunlight = css(mix(light.sun, rgb('#ffd9a0'), 0.4), 1);
  let patch = '';
  for (let r = 0; r < 3; r += 1) {
    for (let k = 0; k < 2; k += 1) {
      patch += `<rect x="${wx + k * pw * 1.12}" y="${wy + r * ph * 1.1 * 0.62}" width="${pw}" height="${ph * 0.62}" fill="${sunlight}"/>`;
    }
  }
  await c.draw(
    `<g transform="translate(0 ${-lean * wx}) skewY(${((lean * 180) / Math.PI) * 0.9})">${patch}</g>`,
    { blur: 4 * unit, blend: 'add', opacity: 0.42 },
  );
  const leafShade = tree(rng.fork('shade'), {
    x: wx + pw * 1.6,
    foot: wy + ph * 2.6,
    height: ph * 2.6,
    spread: 0.9,
    shade: [0.3, 0.28, 0.26],
    lit: [0.3, 0.28, 0.26],
    trunk: [0.3, 0.28, 0.26],
    leaves: 8,
  });
  await c.draw(leafShade, { blur: 9 * unit, blend: 'multiply', opacity: 0.55 });
  const wood = mix(rgb('#7a4f32'), light.near, 0.25);
  let body = `<rect x="0" y="${floor}" width="${w}" height="${h - floor}" fill="${css(scale(wood, 0.55))}"/><rect x="0" y="${floor - 16 * unit}" width="${w}" height="${16 * unit}" fill="${css(mix(paint, light.near, 0.3))}"/>`;
  const ty = h * 0.7;
  body += `<ellipse cx="${w * 0.52}" cy="${h * 0.97}" rx="${w * 0.4}" ry="${h * 0.03}" fill="#000" opacity=".35"/><path d="M${w * 0.16} ${ty}H${w * 0.88}L${w * 0.92} ${ty + h * 0.035}H${w * 0.12}Z" fill="${css(mix(wood, light.sun, 0.28))}"/><rect x="${w * 0.12}" y="${ty + h * 0.035}" width="${w * 0.8}" height="${h * 0.03}" fill="${css(scale(wood, 0.8))}"/>`;
  for (const lx of [0.15, 0.86]) {
    body += `<rect x="${w * lx}" y="${ty + h * 0.06}" width="${w * 0.028}" height="${h * 0.26}" fill="${css(scale(wood, 0.62))}"/>`;
  }
  body +=
    books(rng.fork('books'), w * 0.2, ty + h * 0.012, Math.min(w, h), light) +
    pot(rng.fork('pot'), w * 0.76, ty + h * 0.018, Math.min(w, h) * 0.3, light) +
    cup(w * rng.range(0.48, 0.58), ty + h * 0.02, Math.min(w, h) * 0.06, light);
  await c.draw(body);
  c.shade((x, y) => 1.06 - 0.3 * Math.hypot(x / w - 0.45, y / h - 0.4));
};

function books(rng: Rng, x: number, foot: number, s: number, light: Light): string {
  let out = `<ellipse cx="${x + s * 0.13}" cy="${foot}" rx="${s * 0.2}" ry="${s * 0.012}" fill="#000" opacity=".3"/>`;
  let y = foot;
  for (let i = 0; i < rng.int(4, 7); i += 1) {
    const bh = s * rng.range(0.018, 0.034);
    const bw = s * rng.range(0.2, 0.27);
    const bx = x + s * rng.range(-0.015, 0.03);
    const color = mix(rng.pick(CLOTHES), light.near, 0.25);
    y -= bh;
    out += `<rect x="${bx}" y="${y}" width="${bw}" height="${bh}" rx="${bh * 0.12}" fill="${css(color)}"/><rect x="${bx + bw * 0.9}" y="${y + bh * 0.14}" width="${bw * 0.1}" height="${bh * 0.7}" fill="#efe6d2"/><rect x="${bx + bw * 0.1}" y="${y}" width="${bw * 0.03}" height="${bh}" fill="#fff" opacity=".35"/><rect x="${bx}" y="${y + bh * 0.8}" width="${bw}" height="${bh * 0.2}" fill="#000" opacity=".2"/>`;
  }
  return out;
}

function pot(rng: Rng, x: number, foot: number, s: number, light: Light): string {
  const clay = mix(rgb(rng.pick(['#b5643f', '#d8d0c0', '#3f5a66'])), light.near, 0.2);
  let out = '';
  for (let i = 0; i < 34; i += 1) {
    const a = rng.range(-2.7, -0.45);
    const r = s * rng.range(0.5, 1.5);
    const ex = x + Math.cos(a) * r * 0.62;
    const ey = foot - s * 0.55 + Math.sin(a) * r;
    const green = css(mix(scale(light.foliage, rng.range(0.5, 0.9)), light.sun, rng.range(0, 0.4)));
    out += `<path d="M${x} ${foot - s * 0.5}Q${(x + ex) / 2} ${ey} ${ex} ${ey}" stroke="${green}" stroke-width="${s * 0.012}" fill="none"/><path transform="translate(${ex} ${ey}) rotate(${((a * 180) / Math.PI + rng.range(-30, 30)).toFixed(0)})" d="M${-s * 0.14} 0Q0 ${-s * 0.11} ${s * 0.2} 0Q0 ${s * 0.11} ${-s * 0.14} 0Z" fill="${green}"/>`;
  }
  return `<ellipse cx="${x + s * 0.1}" cy="${foot}" rx="${s * 0.42}" ry="${s * 0.04}" fill="#000" opacity=".35"/>${out}<path d="M${x - s * 0.3} ${foot - s * 0.56}H${x + s * 0.3}L${x + s * 0.22} ${foot}H${x - s * 0.22}Z" fill="${css(clay)}"/><path d="M${x - s * 0.33} ${foot - s * 0.6}H${x + s * 0.33}V${foot - s * 0.5}H${x - s * 0.33}Z" fill="${css(mix(clay, light.sun, 0.25))}"/><path d="M${x + s * 0.08} ${foot - s * 0.5}H${x + s * 0.29}L${x + s * 0.22} ${foot}H${x + s * 0.06}Z" fill="#000" opacity=".2"/>`;
}

function cup(x: number, foot: number, s: number, light: Light): string {
  const china = css(mix(rgb('#f0ebe0'), light.near, 0.18));
  return `<ellipse cx="${x + s * 0.3}" cy="${foot}" rx="${s * 1.1}" ry="${s * 0.14}" fill="#000" opacity=".3"/><path d="M${x + s * 0.6} ${foot - s * 1.1}q${s * 0.75} ${s * 0.1} 0 ${s * 0.7}" stroke="${china}" stroke-width="${s * 0.16}" fill="none"/><path d="M${x - s * 0.7} ${foot - s * 1.4}H${x + s * 0.7}Q${x + s * 0.66} ${foot} ${x + s * 0.3} ${foot}H${x - s * 0.3}Q${x - s * 0.66} ${foot} ${x - s * 0.7} ${foot - s * 1.4}Z" fill="${china}"/><ellipse cx="${x}" cy="${foot - s * 1.4}" rx="${s * 0.7}" ry="${s * 0.16}" fill="#8a5a2e"/><path d="M${x - s * 0.6} ${foot - s * 0.9}q${s * 0.6} ${s * 0.25} ${s * 1.2} 0" stroke="#3d6a9a" stroke-width="${s * 0.09}" fill="none"/>`;
}
