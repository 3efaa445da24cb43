import { describe, expect, it } from '@jest/globals';
import type { Media } from '../../shared/api-types';
import { findingsOf, isReady } from './checks';

function media(part: Partial<Media> = {}): Media {
  return {
    id: 'm',
    kind: 'image',
    name: 'a.jpg',
    bytes: 1,
    sha256: '',
    status: 'ready',
    progress: null,
    error: null,
    width: 4000,
    height: 3000,
    durationMs: null,
    placeholder: null,
    checks: [],
    links: {},
    ...part,
  };
}

function keys(list: Media[], duplicates: string[] = []) {
  return findingsOf({ media: list, checks: [], duplicates }).map(({ key }) => key);
}

describe('findingsOf', () => {
  it('says nothing about a sound work', () => {
    expect(keys([media()])).toEqual([]);
  });

  it('names the longer edge of the smallest photo of a series', () => {
    const small = { code: 'TOO_SMALL', params: {} };
    const found = findingsOf({
      media: [
        media(),
        media({ width: 960, height: 1280, checks: [small] }),
        media({ width: 1500, height: 900, checks: [small] }),
      ],
      checks: [],
      duplicates: [],
    });
    expect(found).toEqual([{ key: 'tooSmall', params: { edge: 1280 }, tone: 'amber' }]);
  });

  it('names every duplicate once', () => {
    const check = { code: 'DUPLICATE', params: { number: 'A1042' } };
    const [found] = findingsOf({
      media: [media({ checks: [check] })],
      checks: [],
      duplicates: ['A1042', 'A1050'],
    });
    expect(found).toEqual({ key: 'duplicate', params: { numbers: 'A1042、A1050' }, tone: 'amber' });
  });

  it('puts files that failed or still run first', () => {
    const list = [
      media({ status: 'pending' }),
      media({ status: 'failed', checks: [{ code: 'NO_EXIF', params: {} }] }),
    ];
    expect(keys(list)).toEqual(['processingFailed', 'processing', 'noExif']);
    expect(isReady({ media: list })).toBe(false);
  });

  it('tells how far a video is, and what became of its sound', () => {
    const running = media({ kind: 'video', status: 'pending', progress: 37 });
    expect(findingsOf({ media: [running], checks: [], duplicates: [] })).toEqual([
      { key: 'processingAt', params: { percent: 37 }, tone: 'quiet' },
    ]);
    expect(keys([media({ kind: 'video', checks: [{ code: 'SOUND_LOST', params: {} }] })])).toEqual([
      'soundLost',
    ]);
    expect(keys([media({ kind: 'video', checks: [{ code: 'SOUND_MENDED', params: {} }] })])).toEqual([
      'soundMended',
    ]);
  });

  it('tells of labels and capture times once, made before changed, with the day', () => {
    const early = { code: 'CAPTURED_EARLY', params: { taken: '2019-05-31', limit: '2019-06-01' } };
    const ai = (code: string) => ({ code, params: { mark: 'C2PA', generator: 'x' } });
    const list = [
      media({ checks: [early, ai('AI_EDITED')] }),
      media({ checks: [early, ai('AI_GENERATED')] }),
    ];
    const found = findingsOf({ media: list, checks: [], duplicates: [] });
    expect(found.map(({ key }) => key)).toEqual(['aiGenerated', 'aiEdited', 'capturedEarly']);
    expect(found.at(-1)).toMatchObject({ key: 'capturedEarly', params: { taken: '2019.05.31' } });
  });

  it('shows a check it does not know rather than hiding it', () => {
    expect(
      findingsOf({ media: [media()], checks: [{ code: 'AI_MADE', params: {} }], duplicates: [] }),
    ).toEqual([{ key: 'other', params: { code: 'AI_MADE' }, tone: 'amber' }]);
  });
});
