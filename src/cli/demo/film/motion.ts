import type { Rng } from '../prng.js';
import type { Planes } from './planes.js';

/** What the camera does. */
export type Move = 'push' | 'pull' | 'panLeft' | 'panRight' | 'rise' | 'sink' | 'handheld';

export const MOVES: readonly Move[] = ['push', 'pull', 'panLeft', 'panRight', 'rise', 'sink', 'handheld'];

export interface Motion {
  /** The picture at a time from 0 to 1: one reused buffer of YUV 4:2:0. */
  frame(t: number): Buffer;
}

interface View {
  /** Centre in scene pixels, and scene pixels a frame pixel. */
  x: number;
  y: number;
  step: number;
}

/** Moves a window of the frame's shape over a scene, which must be larger than the frame. */
export function createMotion(rng: Rng, move: Move, scene: Planes, width: number, height: number): Motion {
  const room = { x: (scene.w - width) / 2, y: (scene.h - height) / 2 };
  const widest = Math.min(scene.w / width, scene.h / height) - 0.01;
  const sway = { a: rng.range(0, 6), b: rng.range(0, 6), size: move === 'handheld' ? 0.35 : 0.05 };
  const centre = { x: scene.w / 2, y: scene.h / 2 };
  const view = (t: number): View => {
    const eased = t * t * (3 - 2 * t);
    const to = eased * 2 - 1;
    const step =
      move === 'push' ? widest + (1 - widest) * eased : move === 'pull' ? 1 + (widest - 1) * eased : 1;
    const shift = { panLeft: [-to, 0], panRight: [to, 0], rise: [0, -to], sink: [0, to] }[move as string] ?? [
      0, 0,
    ];
    const free = { x: scene.w / 2 - (width * step) / 2 - 1, y: scene.h / 2 - (height * step) / 2 - 1 };
    const dx =
      shift[0] * 0.88 * room.x + sway.size * room.x * Math.sin(sway.a + t * 9) * (1 + 0.3 * Math.sin(t * 31));
    const dy = shift[1] * 0.88 * room.y + sway.size * room.y * Math.sin(sway.b + t * 7.3);
    return {
      x: centre.x + Math.min(free.x, Math.max(-free.x, dx)),
      y: centre.y + Math.min(free.y, Math.max(-free.y, dy)),
      step,
    };
  };
  const out = Buffer.alloc((width * height * 3) / 2);
  const size = width * height;
  return {
    frame(t) {
      const { x, y, step } = view(t);
      const left = x - (width * step) / 2;
      const top = y - (height * step) / 2;
      sample(scene.y, scene.w, out, 0, width, height, left, top, step);
      const cw = scene.w / 2;
      sample(scene.u, cw, out, size, width / 2, height / 2, left / 2, top / 2, step);
      sample(scene.v, cw, out, size * 1.25, width / 2, height / 2, left / 2, top / 2, step);
      return out;
    },
  };
}

/** Bilinear sampling of a window of one plane, in 8-bit fixed point. */
function sample(
  from: Uint8Array,
  stride: number,
  into: Uint8Array,
  at: number,
  w: number,
  h: number,
  left: number,
  top: number,
  step: number,
): void {
  const columns = new Int32Array(w);
  const weights = new Int32Array(w);
  for (let x = 0; x < w; x += 1) {
    const fx = Math.max(0, left + x * step);
    columns[x] = Math.floor(fx);
    weights[x] = ((fx - columns[x]) * 256) | 0;
  }
  const lastRow = from.length / stride - 2;
  for (let y = 0; y < h; y += 1) {
    const fy = Math.min(lastRow, Math.max(0, top + y * step));
    const row = Math.floor(fy) * stride;
    const v = ((fy - Math.floor(fy)) * 256) | 0;
    for (let x = 0, o = at + y * w; x < w; x += 1, o += 1) {
      const i = row + columns[x];
      const u = weights[x];
      const a = from[i] * (256 - u) + from[i + 1] * u;
      const b = from[i + stride] * (256 - u) + from[i + stride + 1] * u;
      into[o] = (a * (256 - v) + b * v) >> 16;
    }
  }
}
