import { createHash } from 'node:crypto';

/** Standard normal deviates that anybody can draw again from the same words. */
export function normals(seed: string): () => number {
  const next = uniform(seed);
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    // Marsaglia’s polar method.
    for (;;) {
      const x = 2 * next() - 1;
      const y = 2 * next() - 1;
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
}

/** xoshiro128** (D. Blackman and S. Vigna, 2018), its state the first 128 bits of SHA-256. */
function uniform(seed: string): () => number {
  const bytes = createHash('sha256').update(seed).digest();
  const state = [0, 4, 8, 12].map((at) => bytes.readUInt32LE(at));
  const turned = (value: number, by: number) => (value << by) | (value >>> (32 - by));
  return () => {
    const answer = Math.imul(turned(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = turned(state[3], 11);
    return answer / 2 ** 32;
  };
}
