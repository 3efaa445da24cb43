import { describe, expect, it } from '@jest/globals';
import { fingerprintOf, hammingDistance } from './fingerprint.js';

/** A smooth scene that differs in every direction, as shares of its width and height. */
const scene = (x: number, y: number): number =>
  128 + 60 * Math.sin(5 * x + 2 * y) + 40 * Math.cos(9 * y - 4 * x * x) + 25 * Math.sin(17 * x * y + 1);

function grey(width: number, height: number, at: (x: number, y: number) => number) {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data[y * width + x] = Math.max(0, Math.min(255, at((x + 0.5) / width, (y + 0.5) / height)));
    }
  }
  return { data, width, height, channels: 1 as const };
}

const picture = grey(160, 120, scene);
const original = fingerprintOf(picture).full;

describe('a fingerprint', () => {
  it('is the same at any size, in grey and in RGB', () => {
    expect(hammingDistance(original, fingerprintOf(grey(97, 73, scene)).full)).toBeLessThanOrEqual(3);
    const data = Uint8Array.from(picture.data).reduce<number[]>(
      (all, value) => (all.push(value, value, value), all),
      [],
    );
    expect(fingerprintOf({ ...picture, data: Uint8Array.from(data), channels: 3 }).full).toBe(original);
  });

  it('hardly changes with light, contrast and noise', () => {
    const changed = [
      grey(160, 120, (x, y) => scene(x, y) * 0.8 + 40),
      grey(160, 120, (x, y) => scene(x, y) - 30),
      grey(160, 120, (x, y) => scene(x, y) + 20 * Math.sin(9999 * x + 7777 * y)),
    ];
    for (const one of changed) {
      expect(hammingDistance(original, fingerprintOf(one).full)).toBeLessThanOrEqual(6);
    }
  });

  it('differs clearly from that of another picture and of the mirror image', () => {
    const others = [
      grey(160, 120, (x, y) => scene(1 - x, y)),
      grey(160, 120, (x, y) => scene(y, x)),
      grey(160, 120, (x, y) => 128 + 90 * Math.sin(23 * x) * Math.cos(11 * y * x)),
    ];
    for (const one of others) expect(hammingDistance(original, fingerprintOf(one).full)).toBeGreaterThan(10);
  });

  it('of the centre finds a copy whose margins were cut off', () => {
    const cut = (margin: number) =>
      fingerprintOf(
        grey(150, 100, (x, y) => scene(margin + x * (1 - 2 * margin), margin + y * (1 - 2 * margin))),
      ).full;
    const { centre90, centre80 } = fingerprintOf(picture);
    expect(hammingDistance(centre90, cut(0.05))).toBeLessThanOrEqual(3);
    expect(hammingDistance(centre80, cut(0.1))).toBeLessThanOrEqual(3);
  });

  it('exists for pictures of one pixel, one row and one colour', () => {
    for (const [width, height] of [
      [1, 1],
      [300, 1],
      [1, 300],
      [80, 80],
    ] as const) {
      expect(fingerprintOf(grey(width, height, () => 77))).toEqual({
        full: '0',
        centre90: '0',
        centre80: '0',
      });
    }
  });

  it('fits in 64 bits', () => {
    for (const hash of Object.values(fingerprintOf(picture))) {
      expect(BigInt(hash)).toBe(BigInt.asUintN(64, BigInt(hash)));
    }
  });
});

describe('hammingDistance', () => {
  it('counts differing bits of unsigned and of signed 64-bit numbers', () => {
    expect(hammingDistance('0', '0')).toBe(0);
    expect(hammingDistance('0', '18446744073709551615')).toBe(64);
    expect(hammingDistance('9223372036854775808', '1')).toBe(2);
    // PostgreSQL's bigint is signed: -1 there is the same 64 ones.
    expect(hammingDistance('-1', '18446744073709551615')).toBe(0);
  });
});
