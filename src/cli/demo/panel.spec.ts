import { describe, expect, it } from '@jest/globals';
import { createPanel, judgeMarks, latentQuality, markAt } from './panel.js';
import { createRng } from './prng.js';

describe('markAt', () => {
  it('stays on the grid of the criterion, from its own minimum', () => {
    const criterion = { id: 'c', min: 1, max: 10, step: 2 };
    const marks = new Set(Array.from({ length: 101 }, (_, i) => markAt(criterion, i / 100)));
    expect([...marks]).toEqual([1, 3, 5, 7, 9]);
  });

  it('writes decimal steps without binary dust', () => {
    expect(markAt({ id: 'c', min: 0, max: 1, step: 0.1 }, 0.3)).toBe(0.3);
  });

  it('never leaves the range', () => {
    const criterion = { id: 'c', min: -5, max: 5, step: 1 };
    expect(markAt(criterion, -3)).toBe(-5);
    expect(markAt(criterion, 7)).toBe(5);
  });
});

describe('a panel', () => {
  const criteria = [{ id: 'a', min: 0, max: 100, step: 1 }];
  const panel = createPanel(createRng('panel'), 5);
  const mean = (judge: number, quality: number): number => {
    const rng = createRng(`${judge}`);
    const marks = Array.from({ length: 400 }, () => judgeMarks(rng, panel[judge], quality, criteria)['a']);
    return marks.reduce((a, b) => a + b) / marks.length;
  };

  it('has judges of differing severity', () => {
    const means = panel.map((_, i) => mean(i, 0)).sort((a, b) => a - b);
    expect(means[4] - means[0]).toBeGreaterThan(8);
  });

  it('lets quality show with every judge', () => {
    for (const i of panel.keys()) expect(mean(i, 1.5)).toBeGreaterThan(mean(i, -1.5) + 10);
  });

  it('finds the same quality in the same work', () => {
    expect(latentQuality('s', '归舟')).toBe(latentQuality('s', '归舟'));
    expect(latentQuality('s', '归舟')).not.toBe(latentQuality('s', '窗'));
  });
});
