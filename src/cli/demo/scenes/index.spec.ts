import { describe, expect, it } from '@jest/globals';
import { Canvas } from '../paint/canvas.js';
import { LIGHTS } from '../paint/light.js';
import { createRng } from '../prng.js';
import { SCENES, SCENE_NAMES } from './index.js';

describe('scenes', () => {
  // Odd sizes of both shapes: rows that fall between pixels must be painted like all others.
  const cases = SCENE_NAMES.map((name, i) =>
    i % 2 ? ([name, 131, 97] as const) : ([name, 89, 157] as const),
  );

  it.each(cases)('%s covers %i × %i pixels with finite colours', async (name, w, h) => {
    const canvas = new Canvas(w, h);
    canvas.data.fill(Number.NaN);
    const { paint, lights } = SCENES[name];
    await paint(canvas, LIGHTS[lights[0]], createRng('spec'));
    expect(canvas.data.findIndex((value) => !Number.isFinite(value))).toBe(-1);
  });

  it('paint the same picture for the same seed and another for another', async () => {
    const paint = async (seed: string): Promise<number> => {
      const canvas = new Canvas(80, 60);
      await SCENES.river.paint(canvas, LIGHTS.golden, createRng(seed));
      return canvas.data.reduce((sum, value) => sum + value, 0);
    };
    expect(await paint('a')).toBe(await paint('a'));
    expect(await paint('a')).not.toBe(await paint('b'));
  });
});
