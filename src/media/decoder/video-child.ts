import { stat } from 'node:fs/promises';
import { DecodeError } from './errors.js';
import { readFacts } from './facts/index.js';
import type { DecodeJob, VideoReport } from './messages.js';
import { isSideways } from './orientation.js';
import { Output } from './output.js';
import { writeLarge, writeSmall } from './pictures.js';
import { serveJobs, type Reporter } from './serve.js';
import { fingerprintOfVideo } from './video-fingerprint.js';
import { openVideo } from './video-open.js';
import { writePlay } from './video-play.js';
import { choosePoster } from './video-poster.js';
import { soundOf } from './video-sound.js';

/** A day. A file that claims more lies, and such a number would not fit its row. */
const longestMs = 24 * 3600_000;

async function decode(job: DecodeJob, reporter: Reporter): Promise<VideoReport> {
  const video = await openVideo(job.input);
  const durationMs = Math.ceil(video.duration * 1000);
  if (durationMs > (job.maxDurationMs ?? Infinity)) {
    throw new DecodeError('MEDIA.TOO_LONG', `${durationMs} ms of ${job.maxDurationMs} allowed`);
  }
  if (durationMs > longestMs) throw new DecodeError('MEDIA.VIDEO_UNREADABLE', `${durationMs} ms`);
  reporter.probed(durationMs);
  const picture = await choosePoster(video);
  const sideways = isSideways(video.turn);
  const width = sideways ? video.frameHeight : video.frameWidth;
  const height = sideways ? video.frameWidth : video.frameHeight;
  const output = new Output(job);
  try {
    const poster = await writeLarge(picture, 'poster', output);
    const { renditions, placeholder } = await writeSmall(picture, output);
    const fingerprint = await fingerprintOfVideo(video);
    const { sound, fate } = await soundOf(video);
    const playPart = output.reserve('play');
    const playSize = await writePlay(video, sound, playPart, reporter.progress);
    const { size: bytes } = await stat(playPart);
    await output.commit();
    return {
      width,
      height,
      durationMs,
      hasAudio: sound !== null,
      codec: video.codec,
      placeholder,
      renditions: [poster, ...renditions, { name: 'play', mime: 'video/mp4', bytes, ...playSize }],
      facts: { ...readFacts(job.input, job.mime), sound: fate },
      fingerprint,
    };
  } catch (error) {
    await output.discard();
    throw error;
  }
}

serveJobs(decode, 'MEDIA.VIDEO_UNREADABLE');
