import { describe, expect, it } from '@jest/globals';
import { bar, inParallel, Progress, speaker } from './progress.js';

describe('bar', () => {
  it('shows how much is done', () => {
    expect(bar(5, 10)).toBe(`${'━'.repeat(14)}${'╌'.repeat(14)} 5/10  50%`);
    expect(bar(0, 0)).toContain('100%');
  });
});

describe('Progress', () => {
  it('writes one line a quarter where there is no terminal', () => {
    const lines: string[] = [];
    const phase = new Progress({ write: (text) => lines.push(text) }).phase('x', 8);
    for (let i = 0; i < 8; i += 1) phase.tick();
    phase.end('ok');
    expect(lines.slice(0, 3)).toEqual(['x  2/8 25%\n', 'x  4/8 50%\n', 'x  6/8 75%\n']);
    expect(lines[3]).toMatch(/^x {2}8\/8 {2}ok {2}\d+\.\d s\n$/);
  });
});

describe('speaker', () => {
  it('adds English where the machine does not speak Chinese', () => {
    expect(speaker(true)('初审', 'screening')).toBe('初审');
    expect(speaker(false)('初审', 'screening')).toBe('初审 · screening');
  });
});

describe('inParallel', () => {
  it('does every item, so many at once', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inParallel([1, 2, 3, 4, 5], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      done.push(item);
      running -= 1;
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('starts nothing more after a failure', async () => {
    const started: number[] = [];
    const work = inParallel([1, 2, 3, 4], 1, (item) => {
      started.push(item);
      return item === 2 ? Promise.reject(new Error('two')) : Promise.resolve();
    });
    await expect(work).rejects.toThrow('two');
    expect(started).toEqual([1, 2]);
  });
});
