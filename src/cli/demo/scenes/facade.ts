import { WINDOW_LIGHTS } from '../paint/buildings.js';
import { css, mix, rgb, scale, type Rgb } from '../paint/color.js';
import type { Scene } from './scene.js';

/** One wall of a housing block at dusk: each window another evening. */
export const facade: Scene = async (c, light, rng) => {
  const { w, h, unit } = c;
  const wall = mix(
    mix(rng.pick(['#c9b39a', '#a8b0b3', '#c78f70', '#d8d2c4', '#8fa3a8'].map(rgb)), light.white, 0.25),
    light.near,
    light.dark * 0.5,
  );
  c.rows(0, h, (y) => mix(wall, light.sky[1][1], 0.28 * (1 - y / h)));
  const cols = w > h ? 7 : 5;
  const cw = w / cols;
  const ch = cw * rng.range(0.62, 0.72);
  const lit = 0.24 + 0.4 * light.dark;
  let body = '';
  for (let row = -1; row * ch < h; row += 1) {
    body += `<rect x="0" y="${(row + 1) * ch - 7 * unit}" width="${w}" height="${8 * unit}" fill="${css(scale(wall, 0.8))}"/><rect x="0" y="${(row + 1) * ch + unit}" width="${w}" height="${7 * unit}" fill="#000" opacity=".2"/>`;
    for (let col = 0; col < cols; col += 1) {
      body += flat(
        rng.fork(`${row}/${col}`),
        col * cw,
        row * ch + ch * 0.08,
        cw,
        ch,
        wall,
        light,
        rng.chance(lit),
      );
    }
  }
  await c.draw(body);
  for (let row = -1; row * ch < h; row += 1) {
    for (let col = 0; col < cols; col += 1) {
      if (rng.chance(0.12)) {
        c.glow((col + 0.5) * cw, (row + 0.55) * ch, cw * 0.6, rgb('#ffb45e'), 0.1 + 0.2 * light.dark);
      }
    }
  }
  const sweep = rng.range(-0.5, 0.5);
  c.shade((x, y) => 0.86 + 0.28 * Math.max(0, Math.min(1, 1.1 - y / h + sweep * (x / w - 0.5))));
};

function flat(
  rng: Parameters<Scene>[2],
  x: number,
  y: number,
  cw: number,
  ch: number,
  wall: Rgb,
  light: Parameters<Scene>[1],
  on: boolean,
): string {
  const wx = x + cw * 0.1;
  const ww = cw * 0.52;
  const wh = ch * 0.58;
  const lamp = rng.pick(WINDOW_LIGHTS);
  const glass = on
    ? scale(lamp, rng.range(0.85, 1))
    : mix(mix(rgb('#2c3840'), light.sky[1][1], 0.3), light.near, 0.35);
  const frame = css(scale(wall, 0.62));
  let out = `<rect x="${wx}" y="${y}" width="${ww}" height="${wh}" fill="${css(glass)}"/>`;
  if (!on) {
    out += `<path d="M${wx} ${y + wh}L${wx + ww * 0.5} ${y}H${wx + ww * 0.75}L${wx + ww * 0.25} ${y + wh}Z" fill="${css(light.sky[2][1], 0.16)}"/>`;
  }
  const curtain = rng.range(0.08, 0.34);
  const cloth = css(
    mix(rng.pick(['#d9c7a8', '#a86b5a', '#7f93a3', '#c9b8c4', '#8fa37f'].map(rgb)), glass, on ? 0.35 : 0.55),
    0.9,
  );
  if (rng.chance(0.75)) {
    out += `<rect x="${wx}" y="${y}" width="${ww * curtain}" height="${wh}" fill="${cloth}"/><rect x="${wx + ww * (1 - curtain)}" y="${y}" width="${ww * curtain}" height="${wh}" fill="${cloth}"/>`;
  }
  if (on && rng.chance(0.4)) {
    const px = wx + ww * rng.range(0.4, 0.6);
    out += `<circle cx="${px}" cy="${y + wh * 0.5}" r="${wh * 0.11}" fill="#2a1d18"/><path d="M${px - wh * 0.24} ${y + wh}Q${px - wh * 0.22} ${y + wh * 0.62} ${px} ${y + wh * 0.6}Q${px + wh * 0.22} ${y + wh * 0.62} ${px + wh * 0.24} ${y + wh}Z" fill="#2a1d18"/>`;
  }
  out += `<path d="M${wx} ${y}h${ww}v${wh}h${-ww}zM${wx + ww / 3} ${y}v${wh}M${wx + (2 * ww) / 3} ${y}v${wh}" fill="none" stroke="${frame}" stroke-width="${cw * 0.012}"/>`;
  const ax = x + cw * 0.7;
  if (rng.chance(0.7)) {
    out += `<rect x="${ax}" y="${y + wh * 0.5}" width="${cw * 0.21}" height="${ch * 0.24}" rx="${cw * 0.01}" fill="${css(mix(rgb('#dcdcd6'), wall, 0.4))}"/><circle cx="${ax + cw * 0.075}" cy="${y + wh * 0.5 + ch * 0.12}" r="${ch * 0.09}" fill="none" stroke="${frame}" stroke-width="${cw * 0.01}"/><rect x="${ax}" y="${y + wh * 0.5 + ch * 0.25}" width="${cw * 0.21}" height="${ch * 0.05}" fill="#000" opacity=".2"/>`;
  }
  if (rng.chance(0.45)) {
    const ly = y + wh * 1.08;
    out += `<path d="M${wx - cw * 0.03} ${ly}h${ww * 1.15}" stroke="${frame}" stroke-width="${cw * 0.008}"/>`;
    for (let i = 0; i < 5; i += 1) {
      if (rng.chance(0.3)) continue;
      const cx = wx + ww * (0.05 + 0.2 * i);
      const tint = css(
        mix(
          rng.pick(['#c8463c', '#f1ece0', '#3d5a80', '#d9a441', '#89a7b8', '#c98b9a'].map(rgb)),
          light.near,
          0.12 + 0.3 * light.dark,
        ),
      );
      out += `<path d="M${cx} ${ly}h${cw * 0.075}l${cw * 0.012} ${ch * rng.range(0.16, 0.28)}h${-cw * 0.095}z" fill="${tint}"/>`;
    }
  }
  if (rng.chance(0.3)) {
    for (let i = 0; i < 9; i += 1) {
      out += `<circle cx="${wx + ww * rng.next()}" cy="${y + wh * rng.range(0.92, 1.04)}" r="${cw * rng.range(0.012, 0.024)}" fill="${css(mix(light.foliage, rgb(rng.pick(['#d85a6a', '#5f8f4a', '#7fb05a'])), 0.6))}"/>`;
    }
  }
  return out;
}
