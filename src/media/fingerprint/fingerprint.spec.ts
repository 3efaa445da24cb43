import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fingerprintOf, type Fingerprint } from './fingerprint.js';
import { bitsOf, distance, hexOf, mirrored } from './hash.js';
import { likeness, samePictureFrom, similarFrom } from './likeness.js';
import { packTexture, unpackTexture } from './texture.js';
import { views } from './views.js';

type Scene = (x: number, y: number) => number;

/** A scene of waves in all directions and sizes, as shares of its width and height; each seed another. */
function waves(seed: number): Scene {
  const parts = Array.from({ length: 24 }, (_, index) => {
    const turn = (seed + 1) * 12.9898 + index * 78.233;
    const chance = (n: number) => Math.abs(Math.sin(turn * (n + 1)) * 43758.5453) % 1;
    const pitch = 3 + 40 * chance(0);
    const angle = 2 * Math.PI * chance(1);
    const [dx, dy, phase] = [pitch * Math.cos(angle), pitch * Math.sin(angle), 6.3 * chance(2)];
    return { dx, dy, phase, height: 60 / Math.sqrt(pitch) };
  });
  return (x, y) =>
    parts.reduce((sum, { dx, dy, phase, height }) => sum + height * Math.sin(dx * x + dy * y + phase), 128);
}

function grey(at: Scene, width = 160, height = 120) {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data[y * width + x] = Math.max(0, Math.min(255, at((x + 0.5) / width, (y + 0.5) / height)));
    }
  }
  return { data, width, height, channels: 1 as const };
}

const print = (at: Scene, width?: number, height?: number): Fingerprint =>
  fingerprintOf(grey(at, width, height));
const scene = waves(7);
const original = print(scene);

describe('a fingerprint', () => {
  it('is the same in grey and in RGB', () => {
    const picture = grey(scene);
    const data = Uint8Array.from(Array.from(picture.data).flatMap((value) => [value, value, value]));
    expect(fingerprintOf({ ...picture, data, channels: 3 })).toEqual(original);
  });

  it('has a hash of every view, and one more where a border was left out', () => {
    expect(original[0].hashes).toHaveLength(views.length);
    expect(original[0].border).toEqual([0, 0, 0, 0]);
    const [framed] = print((x, y) => (x < 0.1 || x > 0.9 ? 255 : scene((x - 0.1) / 0.8, y)));
    expect(framed.hashes).toHaveLength(views.length + 1);
    expect(framed.border[0]).toBeCloseTo(1 / 8, 1);
    expect(framed.border[1]).toBe(0);
  });

  it('does not exist for one colour, one pixel, fog, or noise below a shade', () => {
    for (const [width, height] of [
      [1, 1],
      [300, 1],
      [1, 300],
      [80, 80],
    ] as const) {
      expect(print(() => 77, width, height)).toEqual([]);
    }
    expect(print((x, y) => 128 + (scene(x, y) - 128) / 100)).toEqual([]);
  });

  it('exists for a night with a lit window, whose dark is no border to be lost', () => {
    const night: Scene = (x, y) => (y > 0.6 ? scene(x, y) / 2 : 6);
    const cut: Scene = (x, y) => night(0.05 + 0.95 * x, y);
    expect(likeness(print(night), print(cut))).toBeGreaterThan(samePictureFrom);
  });
});

describe('likeness', () => {
  const changes: Record<string, Scene> = {
    'made smaller': scene,
    darker: (x, y) => scene(x, y) * 0.7,
    'of less contrast': (x, y) => 70 + scene(x, y) * 0.5,
    'with a vignette': (x, y) => scene(x, y) * (1 - 0.8 * ((x - 0.5) ** 2 + (y - 0.5) ** 2)),
    'cut on all sides': (x, y) => scene(0.06 + 0.88 * x, 0.06 + 0.88 * y),
    'cut at the left': (x, y) => scene(0.09 + 0.91 * x, y),
    'cut at a corner': (x, y) => scene(0.92 * x, 0.08 + 0.92 * y),
    'in a white frame': (x, y) => framed(x, y, 0.07, 255),
    'in a black frame': (x, y) => framed(x, y, 0.04, 0),
    'with a mark in a corner': (x, y) => (x > 0.7 && y > 0.9 ? 240 : scene(x, y)),
    'turned a little': (x, y) => scene(x + 0.02 * (y - 0.5), y - 0.02 * (x - 0.5)),
    'in a mirror': (x, y) => scene(1 - x, y),
    'in a mirror and cut': (x, y) => scene(0.95 - 0.9 * x, 0.05 + 0.9 * y),
  };
  function framed(x: number, y: number, width: number, shade: number): number {
    const within = Math.min(x, y, 1 - x, 1 - y) >= width;
    return within ? scene((x - width) / (1 - 2 * width), (y - width) / (1 - 2 * width)) : shade;
  }

  it.each(Object.entries(changes))('finds a copy %s', (_, changed) => {
    const copy = print(changed, 130, 100);
    expect(likeness(original, copy)).toBeGreaterThan(similarFrom);
    expect(likeness(copy, original)).toBeGreaterThan(similarFrom);
  });

  it('keeps different pictures apart', () => {
    const prints = Array.from({ length: 40 }, (_, seed) => print(waves(seed), 64, 48));
    prints.forEach((one, at) => {
      for (const other of prints.slice(at + 1)) expect(likeness(one, other) ?? 0).toBeLessThan(similarFrom);
    });
  });

  it('is nothing with a picture that shows nothing', () => {
    expect(likeness(original, [])).toBeNull();
    expect(likeness([], [])).toBeNull();
  });

  it('of a video counts its best frame', () => {
    const film = [waves(1), waves(2), waves(3)].flatMap((at) => print(at));
    expect(likeness(film, print(waves(2)))).toBeGreaterThan(0.95);
  });
});

const hashes = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => bits.toString(16).padStart(16, '0'));

describe('a hash', () => {
  it('survives being taken apart', () => {
    fc.assert(fc.property(hashes, (hash) => expect(hexOf(bitsOf(hash))).toBe(hash)));
  });

  it('is as far from another as bits differ', () => {
    const slow = (a: string, b: string) =>
      (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '').length;
    fc.assert(fc.property(hashes, hashes, (a, b) => expect(distance(bitsOf(a), bitsOf(b))).toBe(slow(a, b))));
  });

  it('mirrored is that of the mirror image', () => {
    const [mirror] = print((x, y) => scene(1 - x, y));
    expect(distance(mirrored(bitsOf(original[0].hashes[0])), bitsOf(mirror.hashes[0]))).toBeLessThanOrEqual(
      1,
    );
  });
});

describe('a texture', () => {
  it('comes out of its packing as it went in', () => {
    const steps = fc.uint8Array({ min: 0, max: 3, minLength: 1024, maxLength: 1024 });
    fc.assert(
      fc.property(steps, (given) => {
        const unpacked = unpackTexture(packTexture({ strength: 0, steps: given }));
        expect(Array.from(unpacked, (value) => Math.round((value + 1) * 1.5))).toEqual(Array.from(given));
      }),
      { numRuns: 5 },
    );
  });
});
