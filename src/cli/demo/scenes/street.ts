import { WINDOW_LIGHTS } from '../paint/buildings.js';
import { css, mix, rgb, scale, type Rgb } from '../paint/color.js';
import { defocus } from '../paint/finish.js';
import { CLOTHES, TROUSERS, crowd, person } from '../paint/people.js';
import { twigs } from '../paint/plants.js';
import { paintWetGround } from '../paint/water.js';
import type { Canvas } from '../paint/canvas.js';
import type { Scene } from './scene.js';
import { LAMPS, bokeh } from '../paint/bokeh.js';

/** A lane of red lanterns after rain, people walking away into the light. */
export const lanterns: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const vx = w * rng.range(0.4, 0.6);
  const vy = h * rng.range(0.5, 0.56);
  c.rows(0, h, (y) => mix(light.sky[0][1], light.sky[2][1], Math.min(1, y / vy)));
  let walls = '';
  const brick = mix(rgb('#5c4034'), light.near, 0.5);
  for (const side of [-1, 1]) {
    const edge = side < 0 ? 0 : w;
    walls += `<path d="M${edge} ${-h * 0.05}L${vx + side * w * 0.06} ${vy - h * 0.1}V${vy + h * 0.05}L${edge} ${h * 0.95}Z" fill="${css(brick)}"/>`;
    for (let i = 0; i < 7; i += 1) {
      const t0 = 1 - Math.pow(0.62, i);
      const t1 = 1 - Math.pow(0.62, i + 0.62);
      const px = (t: number): number => edge + (vx + side * w * 0.06 - edge) * t;
      const py = (t: number, k: number): number =>
        k < 0 ? -h * 0.05 + (vy - h * 0.1 + h * 0.05) * t : h * 0.95 + (vy + h * 0.05 - h * 0.95) * t;
      const band = (t: number, k: number): number => py(t, -1) + (py(t, 1) - py(t, -1)) * k;
      const glow = css(scale(rng.pick(WINDOW_LIGHTS), rng.range(0.55, 0.98)));
      walls += `<path d="M${px(t0)} ${band(t0, 0.5)}L${px(t1)} ${band(t1, 0.5)}V${band(t1, 0.94)}L${px(t0)} ${band(t0, 0.94)}Z" fill="${glow}"/>`;
      walls += `<path d="M${px(t0)} ${band(t0, 0.16)}L${px(t1)} ${band(t1, 0.16)}V${band(t1, 0.3)}L${px(t0)} ${band(t0, 0.3)}Z" fill="${rng.chance(0.5) ? glow : css(scale(brick, 0.6))}" opacity=".85"/>`;
      walls += `<path d="M${px(t0)} ${band(t0, 0.4)}L${px(t1)} ${band(t1, 0.4)}V${band(t1, 0.46)}L${px(t0)} ${band(t0, 0.46)}Z" fill="${css(scale(rng.pick([rgb('#a8322a'), rgb('#b3802f'), rgb('#2f5a52')]), 0.8))}"/>`;
      walls += `<path d="M${px((t0 + t1) / 2)} ${band((t0 + t1) / 2, 0.5)}V${band((t0 + t1) / 2, 0.94)}" stroke="${css(scale(brick, 0.5))}" stroke-width="${6 * unit * (1 - t0)}"/>`;
    }
  }
  await c.draw(walls);
  c.glow(vx, vy, h * 0.42, rgb('#ffb56a'), 0.75, 0.9);
  await c.draw(
    crowd(rng.fork('far'), {
      from: vx - w * 0.1,
      to: vx + w * 0.1,
      foot: vy + h * 0.085,
      height: h * 0.1,
      count: 8,
      tint: light.near,
      amount: 0.7,
      rim: { color: rgb('#ffc27a'), side: 1 },
    }),
  );
  defocus(c, 5 * unit);
  paintWetGround(c, rng.fork('ground'), vy + h * 0.1, scale(light.near, 1.1), 0.9);
  const rows = 7;
  let lamps = '';
  const lights: { x: number; y: number; r: number }[] = [];
  for (let i = rows; i >= 0; i -= 1) {
    const t = Math.pow(0.66, i);
    const y = vy - h * 0.06 - t * h * 0.42;
    const spread = w * 0.62 * t;
    const n = 7;
    lamps += `<path d="M${vx - spread} ${y - 30 * unit * t}Q${vx} ${y + 40 * unit * t} ${vx + spread} ${y - 30 * unit * t}" stroke="${css(scale(light.near, 0.7))}" stroke-width="${2.4 * unit * t}" fill="none"/>`;
    for (let k = 0; k < n; k += 1) {
      const u = (k + 0.5) / n - 0.5;
      const r = 36 * unit * t * rng.range(0.9, 1.08);
      const x = vx + spread * 2 * u;
      const ly = y + 22 * unit * t * (1 - 8 * u * u) + r;
      lights.push({ x, y: ly, r });
      lamps += lantern(x, ly, r);
    }
  }
  await c.draw(lamps);
  for (const l of lights) c.glow(l.x, l.y, l.r * 3.4, rgb('#ff6a3c'), 0.3);
  const tall = Math.min(h * 0.34, w * 0.4);
  const rim = { color: rgb('#ffbe7a'), side: vx > w / 2 ? (1 as const) : (-1 as const) };
  let people = '';
  const n = rng.int(2, 4);
  for (let i = 0; i < n; i += 1) {
    const x = vx + (i - (n - 1) / 2) * w * rng.range(0.09, 0.15);
    const foot = h * rng.range(0.86, 0.94);
    people += person(rng.fork(`p${i}`), {
      x,
      foot,
      height: tall * (i === 1 && n > 2 ? 0.62 : rng.range(0.92, 1.05)),
      top: mix(rng.pick(CLOTHES), light.near, 0.45),
      bottom: mix(rng.pick(TROUSERS), light.near, 0.5),
      pose: 'walk',
      hair: rng.pick(['short', 'bun', 'tail'] as const),
      skirt: rng.chance(0.35),
      rim,
    });
    if (rng.chance(0.5)) {
      people += umbrella(
        x + tall * 0.1,
        foot - tall * 0.98,
        tall * 0.42,
        rng.pick(CLOTHES),
        css(scale(light.near, 0.6)),
      );
    }
  }
  await c.draw(people);
};

function lantern(x: number, y: number, r: number): string {
  return (
    `<path d="M${x} ${y - r * 1.5}v${r * 0.7}" stroke="#2a1512" stroke-width="${r * 0.06}"/>` +
    `<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * 0.84}" fill="#d8281c"/><ellipse cx="${x}" cy="${y + r * 0.1}" rx="${r * 0.72}" ry="${r * 0.7}" fill="#ff5a2e"/><ellipse cx="${x}" cy="${y + r * 0.16}" rx="${r * 0.36}" ry="${r * 0.52}" fill="#ffc06a"/>` +
    `<path d="M${x - r * 0.42} ${y - r * 0.76}h${r * 0.84}M${x - r * 0.42} ${y + r * 0.76}h${r * 0.84}" stroke="#e8b04a" stroke-width="${r * 0.13}"/>` +
    `<path d="M${x - r * 0.1} ${y + r * 0.84}v${r * 0.7}M${x} ${y + r * 0.84}v${r * 0.8}M${x + r * 0.1} ${y + r * 0.84}v${r * 0.68}" stroke="#e0452e" stroke-width="${r * 0.07}"/>`
  );
}

function umbrella(x: number, y: number, r: number, color: Rgb, handle: string): string {
  return (
    `<path d="M${x} ${y}v${r * 1.25}" stroke="${handle}" stroke-width="${r * 0.045}"/>` +
    `<path d="M${x - r} ${y + r * 0.3}Q${x - r * 0.8} ${y - r * 0.5} ${x} ${y - r * 0.56}Q${x + r * 0.8} ${y - r * 0.5} ${x + r} ${y + r * 0.3}Q${x + r * 0.75} ${y + r * 0.14} ${x + r * 0.5} ${y + r * 0.28}Q${x + r * 0.25} ${y + r * 0.12} ${x} ${y + r * 0.28}Q${x - r * 0.25} ${y + r * 0.12} ${x - r * 0.5} ${y + r * 0.28}Q${x - r * 0.75} ${y + r * 0.14} ${x - r} ${y + r * 0.3}Z" fill="${css(scale(color, 0.82))}"/>` +
    `<path d="M${x} ${y - r * 0.56}Q${x + r * 0.8} ${y - r * 0.5} ${x + r} ${y + r * 0.3}Q${x + r * 0.75} ${y + r * 0.14} ${x + r * 0.5} ${y + r * 0.28}Q${x + r * 0.4} ${y - r * 0.3} ${x} ${y - r * 0.56}Z" fill="#fff" opacity=".16"/>`
  );
}

/** The street's lights through a rainy window. */
export const rainyWindow: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  c.rows(0, h, (y) => mix(light.sky[0][1], mix(light.sky[3][1], light.near, 0.4), y / h));
  const horizon = h * rng.range(0.5, 0.62);
  bokeh(c, rng.fork('far'), 70, horizon - h * 0.22, horizon + h * 0.04, 34, 0.5);
  bokeh(c, rng.fork('mid'), 26, horizon - h * 0.36, horizon + h * 0.08, 84, 0.42);
  for (let i = 0; i < 10; i += 1) {
    c.glow(
      w * rng.next(),
      horizon + h * rng.range(0.06, 0.35),
      unit * rng.range(70, 160),
      rng.pick(LAMPS),
      0.32,
      0.5,
    );
  }
  const far = c.data.slice();
  const drops = rng.fork('drops');
  for (let i = 0; i < 950; i += 1) {
    drop(c, far, drops.range(0, w), drops.range(0, h), unit * (1.6 + 13 * drops.next() ** 4), 1.1);
  }
  for (let i = 0; i < 16; i += 1) {
    let x = drops.range(0, w);
    const end = drops.range(0.3, 1.05) * h;
    let y = end - h * drops.range(0.15, 0.5);
    const r = unit * drops.range(5, 10);
    while (y < end) {
      drop(c, far, x, y, r * drops.range(0.3, 0.6), 1.5);
      x += drops.range(-1.6, 1.6) * unit;
      y += r * drops.range(0.9, 2);
    }
    drop(c, far, x, end, r * 1.5, 1.25);
  }
  if (rng.chance(0.6)) {
    const left = rng.chance(0.5);
    await c.draw(
      twigs(rng.fork('plant'), {
        x: left ? w * 0.02 : w * 0.98,
        y: h * 1.02,
        reach: Math.min(w, h) * 0.46,
        angle: left ? -1.1 : -2,
        count: 9,
        color: scale(light.near, 0.7),
        tip: mix(light.near, light.foliage, 0.8),
      }),
      { blur: 2 * unit },
    );
  }
};

/** A drop is a tiny lens: it shows the street upside down, bright below and dark above. */
function drop(c: Canvas, far: Float32Array, cx: number, cy: number, r: number, tall: number): void {
  const { w, h, data } = c;
  for (let y = Math.max(0, Math.floor(cy - r * tall)); y < Math.min(h, cy + r * tall); y += 1) {
    const v = (y - cy) / (r * tall);
    for (let x = Math.max(0, Math.floor(cx - r)); x < Math.min(w, cx + r); x += 1) {
      const u = (x - cx) / r;
      const d = u * u + v * v;
      if (d >= 1) continue;
      const sx = Math.min(w - 1, Math.max(0, Math.round(cx - u * w * 0.16)));
      const sy = Math.min(h - 1, Math.max(0, Math.round(h * 0.5 - v * h * 0.34)));
      const i = (y * w + x) * 3;
      const j = (sy * w + sx) * 3;
      const edge = Math.min(1, (1 - d) * 3.5);
      const shade = 0.5 + 0.62 * (0.5 + v * 0.5) + (u + v < -0.75 ? 0.5 : 0);
      for (let n = 0; n < 3; n += 1) {
        data[i + n] += (far[j + n] * shade * 1.15 + 0.02 - data[i + n]) * edge * 0.92;
      }
    }
  }
}
