import type { Rng } from '../prng.js';

export const SAMPLE_RATE = 44_100;

/** Steps of the pentatonic scale (宫商角徵羽), in semitones. */
const SCALE = [0, 2, 4, 7, 9, 12, 14];

/** A few plucked notes of the pentatonic scale: mono samples in -1..1. */
export function melody(rng: Rng, seconds: number): Float32Array {
  const sound = new Float32Array(Math.ceil(seconds * SAMPLE_RATE));
  const root = rng.pick([220, 246.9, 261.6, 293.7]);
  const beat = rng.pick([0.25, 0.3, 0.375]);
  for (let start = 0; start < seconds - 0.1; start += beat) {
    if (rng.chance(0.25)) continue;
    const frequency = root * 2 ** (rng.pick(SCALE) / 12);
    const from = Math.floor(start * SAMPLE_RATE);
    for (let i = from; i < sound.length; i += 1) {
      const t = (i - from) / SAMPLE_RATE;
      const envelope = Math.exp(-t * 4.5) * Math.min(1, t * 200);
      if (envelope < 0.004 && t > 0.1) break;
      const wave =
        Math.sin(6.2832 * frequency * t) + 0.35 * Math.sin(12.5664 * frequency * t) * Math.exp(-t * 6);
      sound[i] += 0.16 * envelope * wave;
    }
  }
  const fade = Math.min(sound.length, SAMPLE_RATE * 0.3);
  for (let i = 0; i < fade; i += 1) sound[sound.length - 1 - i] *= i / fade;
  return sound;
}
