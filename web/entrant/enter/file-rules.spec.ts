import { describe, expect, it } from '@jest/globals';
import type { CategoryLimits } from '../../shared/api-types';
import { countProblem, kindByContent, kindOf, sortFiles } from './file-rules';

const limits: CategoryLimits = {
  maxBytes: 1000,
  maxFiles: 4,
  seriesMin: 3,
  seriesMax: 4,
  maxSeconds: 0,
  perAuthor: 5,
  minEdge: 1600,
};
const photos = { media: 'image', limits } as const;
const file = (name: string, size = 10, type = 'image/jpeg') => ({ name, size, type });

describe('kindOf', () => {
  it('believes the type, and the ending where the phone names none', () => {
    expect(kindOf(file('a.bin', 1, 'image/heic'))).toBe('image');
    expect(kindOf(file('IMG_1.HEIC', 1, ''))).toBe('image');
    expect(kindOf(file('clip.MOV', 1, ''))).toBe('video');
    expect(kindOf(file('letter.pdf', 1, 'application/pdf'))).toBeNull();
  });
});

describe('kindByContent', () => {
  const head = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

  it('tells photos from videos, which may come in one kind of box', () => {
    const photos = ['\xff\xd8\xff\xe1', '\x89PNG\r\n', '\0\0\0\x18ftypheic', 'RIFF1234WEBP', 'II*\0'];
    const videos = ['\0\0\0\x14ftypqt  ', '\0\0\0\x18ftypmp42', '\x1a\x45\xdf\xa3', 'RIFF1234AVI '];
    expect(photos.map((text) => kindByContent(head(text)))).toEqual(photos.map(() => 'image'));
    expect(videos.map((text) => kindByContent(head(text)))).toEqual(videos.map(() => 'video'));
    expect(['', '%PDF-1.7', 'hello'].map((text) => kindByContent(head(text)))).toEqual([null, null, null]);
  });

  it('is believed more than a wrong type', () => {
    expect(kindOf({ ...file('IMG_1', 1, 'application/octet-stream'), content: 'image' })).toBe('image');
    expect(kindOf({ ...file('IMG_1.JPG'), content: 'video' })).toBe('video');
  });
});

describe('sortFiles', () => {
  it('takes what fits and says why the rest does not', () => {
    const { taken, refused } = sortFiles(
      [
        file('a.jpg'),
        file('big.jpg', 1001),
        file('clip.mp4', 10, 'video/mp4'),
        file('none.jpg', 0),
        file('b.jpg'),
      ],
      photos,
      0,
    );
    expect(taken.map((item) => item.name)).toEqual(['a.jpg', 'b.jpg']);
    expect(refused.map((item) => item.refusal.code)).toEqual(['TOO_LARGE', 'WRONG_KIND', 'EMPTY']);
  });

  it('counts what is there already', () => {
    const { taken, refused } = sortFiles([file('a.jpg'), file('b.jpg')], photos, 3);
    expect(taken.map((item) => item.name)).toEqual(['a.jpg']);
    expect(refused).toEqual([{ name: 'b.jpg', refusal: { code: 'TOO_MANY', max: 4 } }]);
  });

  it('refuses a film that is too long, where its length is known', () => {
    const films = { media: 'video', limits: { ...limits, maxSeconds: 60 } } as const;
    const film = (durationMs: number | null) => ({ ...file('a.mp4', 10, 'video/mp4'), durationMs });
    expect(sortFiles([film(null), film(60_400), film(62_000)], films, 0).refused).toEqual([
      { name: 'a.mp4', refusal: { code: 'TOO_LONG', durationMs: 62_000, maxSeconds: 60 } },
    ]);
  });

  it('takes a file of exactly the limit', () => {
    expect(sortFiles([file('a.jpg', 1000)], photos, 0).refused).toEqual([]);
  });
});

describe('countProblem', () => {
  it('allows one, or a whole series', () => {
    expect([1, 3, 4].map((count) => countProblem(count, limits))).toEqual([null, null, null]);
  });

  it('names what is missing in between', () => {
    expect(countProblem(0, limits)).toEqual({ code: 'NONE' });
    expect(countProblem(2, limits)).toEqual({ code: 'SERIES_SHORT', min: 3, missing: 1 });
  });
});
