import { describe, expect, it } from '@jest/globals';
import { parseOptions } from './options.js';

describe('parseOptions', () => {
  it('has defaults that fill both categories', () => {
    expect(parseOptions([])).toMatchObject({
      url: null,
      processes: null,
      photos: 64,
      videos: 60,
      keep: false,
    });
  });

  it('reads processes as api+worker', () => {
    expect(parseOptions(['--processes', '1+2'])).toMatchObject({ processes: { api: 1, workers: 2 } });
    expect(() => parseOptions(['--processes', '2'])).toThrow('--processes');
  });

  it('refuses what makes no sense', () => {
    expect(() => parseOptions(['--photos', '0'])).toThrow('--photos');
    expect(() => parseOptions(['--url', 'http://x'])).toThrow('--password');
    expect(() => parseOptions(['--nonsense'])).toThrow();
  });
});
