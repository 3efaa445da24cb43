import { beforeEach, describe, expect, it } from '@jest/globals';
import { PictureCache } from './picture-cache';

let asked: string[];
let aborted: string[];
let answer: Map<string, { resolve(picture: string): void; reject(error: Error): void }>;
let cache: PictureCache<string>;
const arrive = async (...urls: string[]) => {
  for (const url of urls) answer.get(url)?.resolve(`picture of ${url}`);
  await new Promise((resolve) => setImmediate(resolve));
};

beforeEach(() => {
  asked = [];
  aborted = [];
  answer = new Map();
  cache = new PictureCache<string>((url) => {
    asked.push(url);
    return {
      done: new Promise((resolve, reject) => answer.set(url, { resolve, reject })),
      abort: () => aborted.push(url),
    };
  }, 3);
});

describe('decoded pictures', () => {
  it('loads each once and has it ready', async () => {
    cache.want(['a', 'b']);
    cache.want(['a', 'b']);
    expect(asked.sort()).toEqual(['a', 'b']);
    expect(cache.ready('a')).toBeNull();
    await arrive('a');
    expect(cache.ready('a')).toBe('picture of a');
  });

  it('stops what nobody waits for any more', async () => {
    cache.want(['a', 'b']);
    await arrive('a');
    cache.want(['c']);
    expect(aborted).toEqual(['b']);
    expect(cache.ready('a')).toBe('picture of a');
  });

  it('lets the least recently used go', async () => {
    for (const url of ['a', 'b', 'c']) {
      cache.want([url]);
      await arrive(url);
    }
    void cache.get('a');
    cache.want(['d']);
    await arrive('d');
    expect(['a', 'b', 'c', 'd'].map((url) => cache.ready(url) !== null)).toEqual([true, false, true, true]);
  });

  it('keeps all that are wanted at once, even beyond its size', async () => {
    cache.want(['a', 'b', 'c', 'd']);
    await arrive('a', 'b', 'c', 'd');
    expect(cache.ready('d')).not.toBeNull();
  });

  it('tries a failed one again', async () => {
    const first = cache.get('a');
    answer.get('a')?.reject(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    void cache.get('a');
    expect(asked).toEqual(['a', 'a']);
  });
});
