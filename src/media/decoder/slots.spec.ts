import { describe, expect, it } from '@jest/globals';
import { Slots } from './slots.js';

/** A task that ends when told to. */
function task(started: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const run = () => {
    started.push(name);
    return promise;
  };
  return { run, end: () => resolve(name) };
}

describe('slots', () => {
  it('run so many tasks at a time and the others in their order', async () => {
    const slots = new Slots(2);
    const started: string[] = [];
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => task(started, name));
    const all = [a, b, c, d].map((one) => slots.use(() => one.run()));
    await Promise.resolve();
    expect(started).toEqual(['a', 'b']);
    b.end();
    await all[1];
    expect(started).toEqual(['a', 'b', 'c']);
    for (const one of [a, c, d]) one.end();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are given back by a task that fails', async () => {
    const slots = new Slots(1);
    await expect(slots.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.use(() => Promise.resolve('next'))).toBe('next');
  });

  it('let a waiting task leave when it is aborted', async () => {
    const slots = new Slots(1);
    const started: string[] = [];
    const first = task(started, 'first');
    const running = slots.use(first.run);
    const abort = new AbortController();
    const left = slots.use(task(started, 'left').run, abort.signal);
    const next = slots.use(() => Promise.resolve('next'));
    abort.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    first.end();
    expect(await Promise.all([running, next])).toEqual(['first', 'next']);
    expect(started).toEqual(['first']);
  });

  it('are at least one', () => {
    for (const size of [0, -1, 1.5, NaN]) expect(() => new Slots(size)).toThrow(RangeError);
  });
});
