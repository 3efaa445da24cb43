import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { DecodeError } from '../../../src/media/decoder/errors.js';
import type { VideoResult } from '../../../src/media/decoder/results.js';
import { plainJpeg, truncated } from '../../fixtures/bad-media.js';
import { makeFilm, screen } from './support/film.js';
import { noiseIn, refilled } from './support/packets.js';
import { fileOf, firstDecoderPid, Workshop } from './support/workshop.js';

// Each test starts processes, and the machine may be busy.
jest.setTimeout(180_000);

const base = { width: 320, height: 180, rate: 25, seconds: 4, flashAt: 1 } as const;
const aac = { encoder: 'aac', rate: 48_000, channels: 2 } as const;
const opus = { encoder: 'libopus', rate: 48_000, channels: 2 } as const;

let workshop: Workshop;
let hevc: Buffer;
let avc: Buffer;
let webm: Buffer;
beforeAll(async () => {
  workshop = await Workshop.open();
  hevc = await makeFilm({ ...base, container: 'mp4', video: 'libx265', sound: aac });
  avc = await makeFilm({ ...base, container: 'mp4', video: 'libx264', sound: aac });
  webm = await makeFilm({ ...base, container: 'webm', video: 'libvpx-vp9', sound: opus });
});
afterAll(() => workshop.close());

/** The code of the refusal, or what came out: which must be a whole film. */
async function outcome(clip: Buffer): Promise<string | VideoResult> {
  try {
    const video = await workshop.video(clip);
    expect((await screen(await readFile(fileOf(video, 'play')))).frames.length).toBeGreaterThan(0);
    return video;
  } catch (error) {
    if (error instanceof DecodeError) return error.code;
    throw error;
  }
}

const codeOf = (found: string | VideoResult) => (typeof found === 'string' ? found : 'made');

describe('a video that is cut off', () => {
  it.each([
    ['MP4 with its index in front', async () => readFile(fileOf(await workshop.video(hevc), 'play'))],
    ['MP4 with its index at the end', () => Promise.resolve(hevc)],
    ['WebM', () => Promise.resolve(webm)],
  ] as const)('is made as far as it goes, or refused: %s', async (name, make) => {
    const clip = await make();
    const found: string[] = [];
    // At each tenth it is cut by bad-files/generated.
    for (const tenth of [1, 3, 5, 7, 9]) {
      const result = await outcome(truncated(clip, tenth / 10));
      found.push(codeOf(result));
      // What is left of a WebM says itself how long it is: nothing is made up.
      if (typeof result !== 'string') expect(result.durationMs).toBeLessThan(4100);
    }
    const known = ['made', 'MEDIA.VIDEO_UNREADABLE', 'MEDIA.TRUNCATED', 'MEDIA.UNREADABLE'];
    expect(found.filter((one) => !known.includes(one))).toEqual([]);
    // An MP4 says how long it is: without its end it is not what it claims.
    if (name !== 'WebM') expect(found).toEqual(Array(5).fill('MEDIA.VIDEO_UNREADABLE'));
    else expect(found).toContain('made');
  });
});

describe('damaged sound', () => {
  it('in places is silent there, and never copied', async () => {
    const clip = await refilled(
      avc,
      'sound',
      noiseIn((index) => index >= 100 && index < 120),
    );
    const video = await workshop.video(clip);
    expect(video).toMatchObject({ hasAudio: true, facts: { sound: 'mended' } });
    const shown = await screen(await readFile(fileOf(video, 'play')));
    expect(shown.sound?.seconds).toBeCloseTo(4, 1);
    expect(Math.abs((shown.beepAt ?? NaN) - 1)).toBeLessThan(0.04);
    // Copied pictures stay what they were.
    expect(shown.profile).toBe(578);
  });

  it('nearly everywhere is left out, and the picture is kept', async () => {
    const clip = await refilled(
      hevc,
      'sound',
      noiseIn((index) => index > 20),
    );
    const video = await workshop.video(clip);
    expect(video).toMatchObject({ hasAudio: false, facts: { sound: 'lost' } });
    expect((await screen(await readFile(fileOf(video, 'play')))).sound).toBeNull();
  });

  it('of an unknown kind is left out, and the picture is kept', async () => {
    const clip = Buffer.from(avc);
    for (const name of ['mp4a', 'esds']) clip.write('zzzz', clip.indexOf(name, 0, 'latin1'), 'latin1');
    const video = await workshop.video(clip);
    expect(video).toMatchObject({ hasAudio: false, facts: { sound: 'lost' } });
  });
});

describe('damaged pictures', () => {
  it('here and there are skipped', async () => {
    const clip = await refilled(
      hevc,
      'pictures',
      noiseIn((index) => index === 40 || index === 41),
    );
    const video = await workshop.video(clip);
    const shown = await screen(await readFile(fileOf(video, 'play')));
    expect(shown.frames.length).toBeGreaterThan(80);
    expect(shown.frames.at(-1)?.at).toBeCloseTo(3.96, 2);
  });

  it('for the most part are refused, though the start and the end decode', async () => {
    const clip = await refilled(
      webm,
      'pictures',
      noiseIn((index, count) => index > 5 && index < count - 26),
    );
    expect(codeOf(await outcome(clip))).toBe('MEDIA.VIDEO_UNREADABLE');
  });

  it('with the wrong configuration are refused', async () => {
    const clip = Buffer.from(hevc);
    const at = clip.indexOf('hvcC', 0, 'latin1') + 4;
    clip.fill(0x5a, at + 23, clip.readUInt32BE(at - 8) + at - 8);
    expect(codeOf(await outcome(clip))).toBe('MEDIA.VIDEO_UNREADABLE');
  });

  it('of which there are none are refused', async () => {
    const clip = Buffer.from(avc);
    for (const table of ['stts', 'stsz', 'stsc', 'stco', 'stss', 'ctts']) {
      const at = clip.indexOf(table, 0, 'latin1');
      if (at >= 0) clip.writeUInt32BE(0, at + (table === 'stsz' ? 12 : 8));
    }
    expect(codeOf(await outcome(clip))).toBe('MEDIA.VIDEO_UNREADABLE');
  });

  it('that change their size half-way are fitted in', async () => {
    const clip = await makeFilm({
      ...base,
      container: 'webm',
      video: 'libvpx-vp9',
      seconds: 2,
      resizeTo: { width: 180, height: 320 },
    });
    const shown = await screen(await readFile(fileOf(await workshop.video(clip, 'video/webm'), 'play')));
    expect([shown.width, shown.height, shown.frames.length]).toEqual([320, 180, 50]);
  });

  it('with a length that cannot be are refused or made in time', async () => {
    const clip = Buffer.from(hevc);
    // One tick a second instead of thousands: 4 s become many hours.
    for (let at = clip.indexOf('mdhd', 0, 'latin1'); at >= 0; at = clip.indexOf('mdhd', at + 1, 'latin1')) {
      clip.writeUInt32BE(1, at + 16);
    }
    await expect(workshop.video(clip, 'video/mp4', { maxDurationMs: 600_000 })).rejects.toMatchObject({
      code: 'MEDIA.TOO_LONG',
    });
    expect(['made', 'MEDIA.VIDEO_UNREADABLE', 'MEDIA.TOO_LARGE_FOR_MEMORY', 'MEDIA.TIMEOUT']).toContain(
      codeOf(await outcome(clip)),
    );
  });
});

/** Processes are looked up in /proc, which only Linux has. */
(process.platform === 'linux' ? describe : describe.skip)('a process that decodes a video', () => {
  let limited: Workshop;
  let long: Buffer;
  beforeAll(async () => {
    long = await makeFilm({
      ...base,
      width: 1280,
      height: 720,
      seconds: 12,
      container: 'mp4',
      video: 'libx265',
    });
  });
  afterAll(() => limited.close());

  /** Waits until the video is being transcoded, so that what happens to the process hits it in the midst of it. */
  async function under(way: Workshop, hit: (pid: number) => void): Promise<unknown> {
    let begun = false;
    const job = way
      .video(long, 'video/mp4', { onProgress: () => (begun = true) })
      .catch((error: unknown) => error);
    await Promise.race([until(() => begun), job]);
    hit(await firstDecoderPid());
    return job;
  }

  it('and is killed, hangs, or takes too much fails its file alone', async () => {
    limited = await Workshop.open({ limits: { videoIdleMs: 10_000 } });
    expect(await under(limited, (pid) => process.kill(pid, 'SIGKILL'))).toMatchObject({
      code: 'MEDIA.DECODER_CRASHED',
      retryable: true,
    });
    expect(await under(limited, (pid) => process.kill(pid, 'SIGSTOP'))).toMatchObject({
      code: 'MEDIA.TIMEOUT',
    });
    expect((await limited.outputs()).filter((name) => name.endsWith('.part'))).toEqual([]);
    await limited.photo(await plainJpeg());
    await limited.close();

    // CPU time counts, not the clock: this one does not end within a second of it.
    limited = await Workshop.open({ limits: { videoCpuCapMs: 1_000 } });
    await expect(limited.video(long)).rejects.toMatchObject({ code: 'MEDIA.TIMEOUT', retryable: true });
    await limited.close();

    limited = await Workshop.open({ limits: { videoMemoryBytes: 150 * 1024 * 1024 } });
    // It is seen to be too large, or is refused memory, and not every codec takes that well.
    const refusal: unknown = await limited.video(long).catch((error: unknown) => error);
    expect(['MEDIA.TOO_LARGE_FOR_MEMORY', 'MEDIA.DECODER_CRASHED']).toContain((refusal as DecodeError).code);
    await limited.photo(await plainJpeg());
  });

  it('gives way to photos, and leaves them their place', async () => {
    await limited.close();
    limited = await Workshop.open({ slots: 1 });
    const order: string[] = [];
    let begun = false;
    const film = limited
      .video(long, 'video/mp4', { onProgress: () => (begun = true) })
      .then(() => order.push('video'));
    await until(() => begun);
    const pid = await firstDecoderPid();
    const threads = await nicenessOfThreads(pid);
    expect(threads.length).toBeGreaterThan(3);
    expect(threads.filter((nice) => nice !== 10)).toEqual([]);
    const photos = [0, 1].map(async () => limited.photo(await plainJpeg()).then(() => order.push('photo')));
    await Promise.all([film, ...photos]);
    expect(order).toEqual(['photo', 'photo', 'video']);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo() && tries < 12_000; tries += 1) await setTimeout(5);
}

/** The nice value of each thread of a process (proc(5), stat, field 19). */
async function nicenessOfThreads(pid: number): Promise<number[]> {
  const { readdirSync, readFileSync } = await import('node:fs');
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const fields =
      readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[16]);
  });
}
