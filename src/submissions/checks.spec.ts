import { describe, expect, it } from '@jest/globals';
import type { Media } from '../media/media.entity.js';
import { checkMedia, checkPhoto, checkVideo } from './checks.js';

const ready = {
  kind: 'image',
  status: 'ready',
  mime: 'image/jpeg',
  width: 4000,
  height: 3000,
  bytes: 300_000,
  originalName: '照片.jpg',
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

  it('pass on what the file says of a model, of photos and videos alike', () => {
    const rule = {
      timeZone: 'Asia/Shanghai',
      closesAt: new Date('2019-09-16T00:00:00+08:00'),
      capturedFrom: null,
      capturedUntil: null,
    };
    const of = (kind: Media['kind'], ai: 'generated' | 'edited' | 'possible' | null) =>
      checkMedia(
        {
          ...ready,
          kind,
          facts: { hasExif: true, provenance: { c2pa: true, ai, mark: 'AIGC', generator: '某某AI' } },
        } as Media,
        1600,
        rule,
      );
    expect(of('image', 'generated')).toEqual([
      { code: 'AI_GENERATED', params: { mark: 'AIGC', generator: '某某AI' } },
    ]);
    expect(of('video', 'edited').map(({ code }) => code)).toEqual(['AI_EDITED']);
    expect(of('image', 'possible').map(({ code }) => code)).toEqual(['AI_POSSIBLE']);
    expect(of('image', null)).toEqual([]);
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
