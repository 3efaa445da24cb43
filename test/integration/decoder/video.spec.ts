import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { likeness, samePictureFrom } from '../../../src/media/fingerprint/likeness.js';
import { ftypThenNoise, playlist, quadrantAt, truncated } from '../../fixtures/bad-media.js';
import { encodeClip } from './support/film.js';
import { boxes, turnedMp4, withBlankMedia, withoutBox, withUserData } from './support/mp4-boxes.js';
import { apart, colourAt, fileOf, Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(60_000);

const clipWidth = 1280;
const clipHeight = 720;

let workshop: Workshop;
let clip: Buffer;
beforeAll(async () => {
  workshop = await Workshop.open();
  clip = await encodeClip(4, 1);
});
afterAll(() => workshop.close());

describe('a video', () => {
  it('is known again when it was compressed anew', async () => {
    const { fingerprint } = await workshop.video(clip);
    expect(fingerprint).toHaveLength(3);
    const copy = await workshop.video(await encodeClip(4, 1, 42));
    expect(likeness(fingerprint, copy.fingerprint)).toBeGreaterThan(samePictureFrom);
  });

  it('gets a poster that is not black, small pictures and a copy that plays at once', async () => {
    const video = await workshop.video(clip);
    expect(video).toMatchObject({ width: clipWidth, height: clipHeight, hasAudio: false, codec: 'avc' });
    expect(Math.abs(video.durationMs - 4000)).toBeLessThanOrEqual(50);
    expect(video.renditions.map(({ name, mime, width, height }) => [name, mime, width, height])).toEqual([
      ['poster', 'image/jpeg', 1280, 720],
      ['thumb', 'image/webp', 640, 360],
      ['small', 'image/jpeg', 320, 180],
      ['play', 'video/mp4', 1280, 720],
    ]);
    for (const [x, y] of [
      [0.1, 0.1],
      [0.9, 0.1],
      [0.1, 0.9],
      [0.9, 0.9],
    ] as const) {
      expect(
        apart(await colourAt(fileOf(video, 'poster'), x, y), quadrantAt(x, y, 1, 1)),
      ).toBeLessThanOrEqual(8);
    }
    const play = await readFile(fileOf(video, 'play'));
    const order = boxes(play).map(({ type }) => type);
    expect(order.indexOf('moov')).toBeLessThan(order.indexOf('mdat'));
    // What was copied is a whole video in its own right.
    expect(await workshop.video(play)).toMatchObject({
      width: clipWidth,
      height: clipHeight,
      durationMs: video.durationMs,
    });
  });

  it('is turned upright, and so is its copy', async () => {
    const video = await workshop.video(turnedMp4(clip));
    expect([video.width, video.height]).toEqual([clipHeight, clipWidth]);
    // A quarter clockwise brings the lower left corner to the upper left.
    const file = fileOf(video, 'poster');
    expect(apart(await colourAt(file, 0.1, 0.1), quadrantAt(0.1, 0.9, 1, 1))).toBeLessThanOrEqual(8);
    expect(apart(await colourAt(file, 0.9, 0.1), quadrantAt(0.1, 0.1, 1, 1))).toBeLessThanOrEqual(8);
    const again = await workshop.video(await readFile(fileOf(video, 'play')));
    expect([again.width, again.height]).toEqual([clipHeight, clipWidth]);
  });

  it('may be a single frame, which comes out only when the decoder is emptied', async () => {
    const frame = await encodeClip(1 / 12, 0);
    for (let run = 0; run < 3; run += 1) {
      const video = await workshop.video(frame);
      expect(
        apart(await colourAt(fileOf(video, 'poster'), 0.9, 0.1), quadrantAt(0.9, 0.1, 1, 1)),
      ).toBeLessThan(9);
    }
  });

  it('plays without place, text, dates or the encoder’s own words', async () => {
    const marked = withUserData(clip, 'CANARY7Q9Z');
    expect([marked.includes('CANARY7Q9Z'), marked.includes('x264')]).toEqual([true, true]);
    const play = await readFile(fileOf(await workshop.video(marked), 'play'));
    for (const trace of ['CANARY7Q9Z', 'udta', '+27.8250', '\xa9xyz', 'Lavf', 'x264']) {
      expect({ trace, at: play.indexOf(trace, 0, 'latin1') }).toEqual({ trace, at: -1 });
    }
    for (const header of ['mvhd', 'tkhd', 'mdhd']) {
      const at = play.indexOf(header, 0, 'latin1');
      const times = play.subarray(at + 8, at + 16);
      expect({ header, times }).toEqual({ header, times: Buffer.alloc(8) });
    }
  });

  it.each([
    ['has no index', (mp4: Buffer) => withoutBox(mp4, 'moov')],
    ['has an index and no pictures', (mp4: Buffer) => withoutBox(mp4, 'mdat')],
    ['holds only zeros', withBlankMedia],
    ['is noise behind its first box', ftypThenNoise],
    ['is a playlist', playlist],
    ['is empty', () => Buffer.alloc(0)],
  ])('is refused when it %s', async (_name, make) => {
    await expect(workshop.video(make(clip))).rejects.toMatchObject({
      code: 'MEDIA.VIDEO_UNREADABLE',
      retryable: false,
    });
  });

  it('is refused when its second half is missing', async () => {
    // The copy has its index in front, so that what is left still opens and claims its full length.
    const play = await readFile(fileOf(await workshop.video(clip), 'play'));
    await expect(workshop.video(truncated(play, 0.5))).rejects.toMatchObject({
      code: 'MEDIA.VIDEO_UNREADABLE',
    });
  });

  it('leaves no half-written file when it is refused', async () => {
    const before = await workshop.outputs();
    await expect(workshop.video(withoutBox(clip, 'mdat'))).rejects.toThrow();
    expect(await workshop.outputs()).toEqual(before);
  });
});
