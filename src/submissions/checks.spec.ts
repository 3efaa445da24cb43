import { describe, expect, it } from '@jest/globals';
import { checkPhoto, checkVideo } from './checks.js';

const ready = {
  kind: 'image',
  status: 'ready',
  mime: 'image/jpeg',
  width: 4000,
  height: 3000,
  facts: { hasExif: true },
} as const;

const codes = (media: Parameters<typeof checkPhoto>[0]) => checkPhoto(media, 1600).map(({ code }) => code);

describe('checks on a photo', () => {
  it('say nothing of a photo as a camera makes it', () => {
    expect(codes(ready)).toEqual([]);
  });

  it('name a small photo by its longer edge', () => {
    expect(checkPhoto({ ...ready, width: 1200, height: 1599 }, 1600)).toEqual([
      { code: 'TOO_SMALL', params: { edge: 1599, minEdge: 1600 } },
    ]);
    expect(codes({ ...ready, width: 1200, height: 1600 })).toEqual([]);
  });

  it('tell a copy compressed by WeChat from one that merely lacks EXIF', () => {
    expect(codes({ ...ready, width: 1280, height: 1706, facts: { hasExif: false } })).toEqual([
      'WECHAT_COMPRESSED',
    ]);
    expect(codes({ ...ready, facts: { hasExif: false } })).toEqual(['NO_EXIF']);
    expect(codes({ ...ready, facts: null })).toEqual(['NO_EXIF']);
  });

  it('wait until the file is ready, and leave videos alone', () => {
    expect(codes({ ...ready, status: 'pending', width: null, height: null, facts: null })).toEqual([]);
    expect(codes({ ...ready, kind: 'video', facts: null })).toEqual([]);
  });
});

describe('checks on a video', () => {
  const film = { kind: 'video', status: 'ready' } as const;

  it('tell what became of its sound', () => {
    const found = (sound?: 'none' | 'whole' | 'mended' | 'lost') =>
      checkVideo({ ...film, facts: { sound } }).map(({ code }) => code);
    expect(found('lost')).toEqual(['SOUND_LOST']);
    expect(found('mended')).toEqual(['SOUND_MENDED']);
    expect([found('whole'), found('none'), found()]).toEqual([[], [], []]);
  });

  it('wait until the file is ready', () => {
    expect(checkVideo({ ...film, status: 'pending', facts: { sound: 'lost' } })).toEqual([]);
  });
});
