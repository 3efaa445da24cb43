import { describe, expect, it } from '@jest/globals';
import type { Media } from '../../shared/api-types';
import type { Certainty, LookAlike } from '../../shared/api-types-desk';
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
    takenOn: null,
    coordinates: null,
    checks: [],
    links: {},
    ...part,
  };
}

function keys(list: Media[]) {
  return findingsOf({ id: 'w', media: list, checks: [], lookAlikes: [] }).map(({ key }) => key);
}

function alike(certainty: Certainty, number: string, place = 1, otherPlace = 1): LookAlike {
  const other = {
    id: number === 'own' ? 'w' : number,
    number,
    title: '',
    status: 'submitted' as const,
    author: '',
    submittedAt: null,
    mediaId: '',
    place: otherPlace,
    files: 1,
    width: null,
    height: null,
    placeholder: null,
    links: {},
  };
  return { pair: `${number}${place}${otherPlace}`, certainty, mediaId: 'm', place, other };
}

describe('findingsOf', () => {
  it('names the works with the same link of Douyin, and says what the sender left out', () => {
    const check = (code: string, params = {}) => ({ code, params });
    const checks = [
      check('DOUYIN_LINK_MISSING'),
      check('AUTHOR_NOT_ASKED'),
      check('DOUYIN_SEEN', { numbers: 'B0002' }),
    ];
    expect(findingsOf({ id: 'w', media: [], checks, lookAlikes: [] })).toEqual([
      { key: 'douyinSeen', params: { numbers: 'B0002' }, tone: 'amber' },
      { key: 'douyinMissing', params: {}, tone: 'amber' },
      { key: 'authorNotAsked', params: {}, tone: 'amber' },
    ]);
  });

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
      id: 'w',
      lookAlikes: [],
    });
    expect(found).toEqual([{ key: 'tooSmall', params: { edge: 1280 }, tone: 'amber' }]);
  });

  it('names every duplicate once, at its surest, and files of a series by their places', () => {
    const lookAlikes = [
      alike('same_file', 'A1042'),
      alike('same_picture', 'A1042', 2),
      alike('same_picture', 'A1050'),
      alike('similar', 'A1051'),
      alike('similar', 'A1060', 3),
      alike('similar', 'own', 1, 3),
    ];
    expect(findingsOf({ id: 'w', media: [media()], checks: [], lookAlikes })).toEqual([
      { key: 'sameFile', params: { numbers: 'A1042' }, tone: 'amber' },
      { key: 'samePicture', params: { numbers: 'A1050' }, tone: 'amber' },
      { key: 'similar', params: { numbers: 'A1051、A1060' }, tone: 'amber' },
      { key: 'alikeWithin', params: { places: '1、3' }, tone: 'amber' },
    ]);
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
    expect(findingsOf({ id: 'w', media: [running], checks: [], lookAlikes: [] })).toEqual([
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
    const found = findingsOf({ id: 'w', media: list, checks: [], lookAlikes: [] });
    expect(found.map(({ key }) => key)).toEqual(['aiGenerated', 'aiEdited', 'capturedEarly']);
    expect(found.at(-1)).toMatchObject({ key: 'capturedEarly', params: { taken: '2019.05.31' } });
  });

  it('shows a check it does not know rather than hiding it', () => {
    expect(
      findingsOf({ id: 'w', media: [media()], checks: [{ code: 'AI_MADE', params: {} }], lookAlikes: [] }),
    ).toEqual([{ key: 'other', params: { code: 'AI_MADE' }, tone: 'amber' }]);
  });
});
