import { describe, expect, it } from '@jest/globals';
import { picturesFit, playSize, soundFits } from './video-plan.js';

describe('the size for playing', () => {
  it.each([
    [1920, 1080, 1280, 720],
    [1080, 1920, 720, 1280],
    [3840, 2160, 1280, 720],
    [1280, 720, 1280, 720],
    [640, 360, 640, 360],
    [1080, 1080, 720, 720],
    [2560, 1080, 1280, 540],
    [1440, 1080, 960, 720],
    [853, 480, 854, 480],
    [4000, 2, 1280, 2],
  ])('of %d × %d is %d × %d', (width, height, playWidth, playHeight) => {
    expect(playSize(width, height)).toEqual({ width: playWidth, height: playHeight });
  });
});

describe('what is copied', () => {
  const phone = {
    codec: 'avc',
    parameters: 'avc1.64001f',
    frameWidth: 720,
    frameHeight: 1280,
    storedWidth: 720,
    storedHeight: 1280,
  } as const;

  it('is H.264 of eight bits within 720p, lying or upright', () => {
    expect(picturesFit(phone)).toBe(true);
    for (const parameters of ['avc1.42E01E', 'avc1.4d401f']) {
      expect(picturesFit({ ...phone, parameters })).toBe(true);
    }
  });

  it.each([
    ['ten bits', { parameters: 'avc1.6e001f' }],
    ['colour at every pixel', { parameters: 'avc1.f4001f' }],
    ['an unknown profile', { parameters: null }],
    ['another codec', { codec: 'hevc', parameters: 'hev1.1.6.L93.B0' }],
    ['a larger picture', { frameWidth: 1080, storedWidth: 1080 }],
    ['pixels that are not square', { frameWidth: 700 }],
  ] as const)('is not %s', (_name, change) => {
    expect(picturesFit({ ...phone, ...change })).toBe(false);
  });

  it('is AAC of the kinds that browsers play', () => {
    expect(soundFits('aac', 'mp4a.40.2')).toBe(true);
    expect(soundFits('aac', 'mp4a.40.5')).toBe(true);
    expect(soundFits('aac', 'mp4a.40.42')).toBe(false);
    expect(soundFits('opus', 'opus')).toBe(false);
    expect(soundFits('aac', null)).toBe(false);
  });
});
