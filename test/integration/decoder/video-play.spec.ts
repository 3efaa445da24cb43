import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { VideoResult } from '../../../src/media/decoder/results.js';
import { quadrantColours } from '../../fixtures/bad-media.js';
import { hdrPatches, makeFilm, screen, type Screening } from './support/film.js';
import { boxes, turnedMp4, withUserData } from './support/mp4-boxes.js';
import { refilled, speech } from './support/packets.js';
import { apart, colourAt, fileOf, Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(120_000);

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

/** A small clip that is cheap to make; what matters is said by each test. */
const small = { width: 640, height: 360, rate: 25, seconds: 2 } as const;
const upright = [
  quadrantColours.topLeft,
  quadrantColours.topRight,
  quadrantColours.bottomLeft,
  quadrantColours.bottomRight,
];

interface Played {
  video: VideoResult;
  play: Buffer;
  shown: Screening;
  progress: number[];
}

async function played(clip: Buffer, mime = 'video/mp4'): Promise<Played> {
  const progress: number[] = [];
  const video = await workshop.video(clip, mime, { onProgress: (share) => progress.push(share) });
  const play = await readFile(fileOf(video, 'play'));
  return { video, play, shown: await screen(play), progress };
}

/** What every copy is, whatever its original was. */
function expectPlayable({ video, play, shown }: Played): void {
  expect(shown).toMatchObject({ codec: 'h264', pixelFormat: 'yuv420p' });
  // Baseline (with and without its constraint flag), Main or High.
  expect([66, 578, 77, 100]).toContain(shown.profile);
  expect(Math.max(shown.width, shown.height)).toBeLessThanOrEqual(1280);
  expect(Math.min(shown.width, shown.height)).toBeLessThanOrEqual(720);
  const order = boxes(play).map(({ type }) => type);
  expect(order.indexOf('moov')).toBeGreaterThanOrEqual(0);
  expect(order.indexOf('moov')).toBeLessThan(order.indexOf('mdat'));
  expect(video.renditions.at(-1)).toMatchObject({ name: 'play', mime: 'video/mp4', bytes: play.length });
  for (const trace of ['x264', 'Lavc', 'Lavf', 'udta']) {
    expect({ trace, at: play.indexOf(trace, 0, 'latin1') }).toEqual({ trace, at: -1 });
  }
}

function expectColours(shown: Screening, colours: readonly (readonly number[])[], within = 8): void {
  const frame = shown.frames[Math.floor(shown.frames.length / 4)];
  colours.forEach((colour, spot) => {
    const found = frame?.colours[spot] ?? [];
    expect({ spot, found, close: apart(found, colour) <= within }).toEqual({ spot, found, close: true });
  });
}

const sounds = {
  aac: { encoder: 'aac', rate: 44_100, channels: 2 },
  pcm: { encoder: 'pcm_s16le', rate: 48_000, channels: 1 },
  opus: { encoder: 'libopus', rate: 48_000, channels: 2 },
  vorbis: { encoder: 'libvorbis', rate: 48_000, channels: 2 },
  mp3: { encoder: 'libmp3lame', rate: 44_100, channels: 2 },
  flac: { encoder: 'flac', rate: 48_000, channels: 2 },
} as const;

describe('a copy for playing', () => {
  it.each([
    ['HEVC with AAC in MP4', { container: 'mp4', video: 'libx265', sound: sounds.aac }, 'hevc'],
    ['HEVC with PCM in QuickTime', { container: 'mov', video: 'libx265', sound: sounds.pcm }, 'hevc'],
    ['HEVC of ten bits', { container: 'mov', video: 'libx265', sound: sounds.aac, tenBit: true }, 'hevc'],
    ['VP9 with Opus in WebM', { container: 'webm', video: 'libvpx-vp9', sound: sounds.opus }, 'vp9'],
    ['AV1 with MP3 in MP4', { container: 'mp4', video: 'libsvtav1', sound: sounds.mp3 }, 'av1'],
    ['H.264 of ten bits', { container: 'mp4', video: 'libx264', sound: sounds.aac, tenBit: true }, 'avc'],
    ['H.264 with FLAC in Matroska', { container: 'mkv', video: 'libx264', sound: sounds.flac }, 'avc'],
    ['H.264 with AAC', { container: 'mp4', video: 'libx264', sound: sounds.aac }, 'avc'],
  ] as const)('of %s has its picture, sound and time', async (_name, made, codec) => {
    const clip = await makeFilm({ ...small, ...made, flashAt: 1 });
    const found = await played(clip, `video/${made.container}`);
    const { video, shown } = found;
    expectPlayable(found);
    expect(video).toMatchObject({
      codec,
      width: 640,
      height: 360,
      hasAudio: true,
      facts: { sound: 'whole' },
    });
    expectColours(shown, upright);
    expect(shown.frames).toHaveLength(50);
    const times = shown.frames.map(({ at }) => at);
    times.forEach((at, index) => expect(Math.abs(at - index / 25)).toBeLessThan(0.002));
    expect(Math.abs(video.durationMs - 2000)).toBeLessThanOrEqual(40);
    // Picture and sound of the same moment: the first white frame, the first loud sample.
    expect(shown.flashAt).toBeCloseTo(1, 2);
    expect(Math.abs((shown.beepAt ?? NaN) - 1)).toBeLessThan(0.02);
    expect(shown.sound).toMatchObject({ codec: 'aac' });
    expect(shown.sound?.loudest).toBeGreaterThan(0.45);
    expect(shown.sound?.loudest).toBeLessThan(0.56);
    const again = await workshop.video(found.play);
    expect(Math.abs(again.durationMs - video.durationMs)).toBeLessThanOrEqual(40);
  });

  it('of VP8 with Vorbis: this encoder says nothing of its colours, so they are BT.601', async () => {
    const found = await played(
      await makeFilm({ ...small, container: 'webm', video: 'libvpx', sound: sounds.vorbis, flashAt: 1 }),
      'video/webm',
    );
    expectPlayable(found);
    expect(found.video.codec).toBe('vp8');
    expect(found.shown.frames).toHaveLength(50);
    expect(Math.abs((found.shown.beepAt ?? NaN) - (found.shown.flashAt ?? NaN))).toBeLessThan(0.02);
  });

  it('of an older phone’s speech has sound, though several frames lie in a packet', async () => {
    const sound = { encoder: 'libmp3lame', rate: 16_000, channels: 1 } as const;
    const made = await makeFilm({ ...small, container: 'mp4', video: 'libx264', sound, flashAt: 0 });
    const clip = await refilled(made, 'sound', speech);
    clip.write('samr', clip.indexOf('mp4a', 0, 'latin1'), 'latin1');
    clip.write('free', clip.indexOf('esds', 0, 'latin1'), 'latin1');
    const { video, shown } = await played(clip);
    expect(video).toMatchObject({ hasAudio: true, facts: { sound: 'whole' } });
    expect(shown.sound).toMatchObject({ codec: 'aac', rate: 48_000 });
    expect(Math.abs((shown.sound?.seconds ?? 0) - 2)).toBeLessThan(0.15);
    expect(shown.sound?.loudest).toBeGreaterThan(0);
  });

  it('is scaled within 720p, thinned to 30 frames a second and jumps every two seconds', async () => {
    const found = await played(
      await makeFilm({ container: 'mp4', video: 'libx265', width: 1920, height: 1080, rate: 60, seconds: 3 }),
    );
    expectPlayable(found);
    const { shown, video, progress } = found;
    expect([shown.width, shown.height]).toEqual([1280, 720]);
    expect([video.width, video.height]).toEqual([1920, 1080]);
    expect(video.renditions.at(-1)).toMatchObject({ width: 1280, height: 720 });
    expect(Math.abs(shown.frames.length - 90)).toBeLessThanOrEqual(1);
    expectColours(shown, upright);
    expect(shown.keysAt.map((at) => Math.round(at))).toEqual([0, 2]);
    expect(Math.abs(video.durationMs - 3000)).toBeLessThanOrEqual(17);
    // It says how far it is, never backwards.
    expect(progress.length).toBeGreaterThan(0);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it('is upright in itself: turned by a quarter in the original, not turned in the copy', async () => {
    const clip = await makeFilm({ ...small, container: 'mp4', video: 'libx265' });
    const found = await played(turnedMp4(clip));
    expectPlayable(found);
    expect([found.shown.width, found.shown.height]).toEqual([360, 640]);
    expect(found.video).toMatchObject({ width: 360, height: 640 });
    const { topLeft, topRight, bottomLeft, bottomRight } = quadrantColours;
    // A quarter clockwise brings the lower left corner to the upper left.
    expectColours(found.shown, [bottomLeft, topLeft, bottomRight, topRight]);
    expect(found.play.subarray(0, 4000).includes(turnedMatrix)).toBe(false);
  });

  it('of mirrored frames shows them as they are meant', async () => {
    const clip = await makeFilm({ ...small, container: 'mp4', video: 'libx265' });
    const header = clip.indexOf('tkhd', 0, 'latin1') + 4;
    clip.writeInt32BE(-0x10000, header + 40);
    clip.writeInt32BE(640 * 0x10000, header + 40 + 24);
    const { shown, video } = await played(clip);
    const { topLeft, topRight, bottomLeft, bottomRight } = quadrantColours;
    expectColours(shown, [topRight, topLeft, bottomRight, bottomLeft]);
    expect(apart(await colourAt(fileOf(video, 'poster'), 0.1, 0.1), topRight)).toBeLessThanOrEqual(8);
  });

  it.each(['arib-std-b67', 'smpte2084'] as const)(
    'of %s is neither washed grey nor blown out',
    async (transfer) => {
      const clip = await makeFilm({ ...small, seconds: 1, container: 'mov', video: 'libx265', transfer });
      const found = await played(clip, 'video/quicktime');
      expectPlayable(found);
      const [grey = [], white = [], peak = [], red = []] = found.shown.frames[5]?.colours ?? [];
      // 18 % grey is at 26 cd/m² and paper at 203 (BT.2408): in SDR such grey is about 108, and paper nearly white.
      expect(Object.keys(hdrPatches[transfer])).toEqual(['grey', 'white', 'peak']);
      expect(apart(grey, [108, 108, 108])).toBeLessThanOrEqual(12);
      expect(Math.min(...white)).toBeGreaterThan(200);
      expect(Math.max(...white)).toBeLessThan(235);
      expect(Math.min(...peak)).toBeGreaterThan(245);
      for (const patch of [grey, white, peak]) {
        expect(Math.max(...patch) - Math.min(...patch)).toBeLessThan(6);
      }
      const [r = 0, g = 0, b = 0] = red;
      expect(r).toBeGreaterThan(190);
      expect(Math.max(g, b)).toBeLessThan(60);
      // The poster comes from the same filters.
      const poster = fileOf(found.video, 'poster');
      expect(apart(await colourAt(poster, 0.25, 0.25), grey)).toBeLessThanOrEqual(6);
      expect(apart(await colourAt(poster, 0.75, 0.25), white)).toBeLessThanOrEqual(6);
    },
  );

  it('keeps the times of a variable frame rate', async () => {
    const times = Array.from(
      { length: 40 },
      (_, index) => index * 0.04 + (index >= 10 ? 0.5 : 0) + (index % 3) * 0.005,
    );
    const clip = await makeFilm({ ...small, seconds: 1.6, times, container: 'mp4', video: 'libx265' });
    const { shown } = await played(clip);
    expect(shown.frames).toHaveLength(40);
    shown.frames.forEach(({ at }, index) => expect(Math.abs(at - (times[index] ?? NaN))).toBeLessThan(0.002));
  });

  it('begins with its sound at the right moment where the sound begins later', async () => {
    const clip = await makeFilm({
      ...small,
      container: 'mkv',
      video: 'libx265',
      sound: sounds.opus,
      soundFrom: 0.7,
      flashAt: 1,
    });
    const { shown } = await played(clip, 'video/matroska');
    expect(Math.abs((shown.beepAt ?? NaN) - (shown.flashAt ?? NaN))).toBeLessThan(0.02);
  });

  it('changes nothing but what has to be changed', async () => {
    const still = { ...small, container: 'mkv' } as const;
    const picture = await makeFilm({ ...still, video: 'libx264', sound: sounds.opus });
    const { shown } = await played(picture, 'video/matroska');
    // The picture came through as it was (ultrafast makes Baseline, the transcoder High), the sound did not.
    expect([shown.profile, shown.sound?.codec]).toEqual([578, 'aac']);
    const sound = await makeFilm({ ...still, container: 'mp4', video: 'libx265', sound: sounds.aac });
    const other = await played(sound);
    expect([other.shown.profile, other.shown.sound?.rate]).toEqual([100, 44_100]);
  });

  it('carries nothing of where and by what it was made', async () => {
    const clip = withUserData(await makeFilm({ ...small, container: 'mp4', video: 'libx265' }), 'CANARY7Q9Z');
    expect([clip.includes('CANARY7Q9Z'), clip.includes('x265')]).toEqual([true, true]);
    const found = await played(clip);
    expectPlayable(found);
    for (const trace of ['CANARY7Q9Z', 'x265', '+27.8250', '\xa9xyz']) {
      expect({ trace, at: found.play.indexOf(trace, 0, 'latin1') }).toEqual({ trace, at: -1 });
    }
  });

  it('is refused before any work when the contest allows less', async () => {
    const clip = await makeFilm({ ...small, container: 'mp4', video: 'libx265' });
    await expect(workshop.video(clip, 'video/mp4', { maxDurationMs: 1500 })).rejects.toMatchObject({
      code: 'MEDIA.TOO_LONG',
      retryable: false,
    });
    await workshop.video(clip, 'video/mp4', { maxDurationMs: 2100 });
  });
});

/** A quarter clockwise in a track header. */
const turnedMatrix = Buffer.from([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0]);
