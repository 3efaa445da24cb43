import { stat } from 'node:fs/promises';
import type { DecodeJob, VideoReport } from './messages.js';
import { isSideways } from './orientation.js';
import { Output } from './output.js';
import { writeLarge, writeSmall } from './pictures.js';
import { serveJobs, type ReportProbed } from './serve.js';
import { openVideo } from './video-open.js';
import { writePlay } from './video-play.js';
import { choosePoster } from './video-poster.js';

async function decode(job: DecodeJob, probed: ReportProbed): Promise<VideoReport> {
  const video = await openVideo(job.input);
  const durationMs = Math.ceil(video.duration * 1000);
  probed(durationMs);
  const picture = await choosePoster(video);
  const sideways = isSideways(video.turn);
  const width = sideways ? video.frameHeight : video.frameWidth;
  const height = sideways ? video.frameWidth : video.frameHeight;
  const output = new Output(job);
  try {
    const poster = await writeLarge(picture, 'poster', output);
    const { renditions, placeholder, fingerprint } = await writeSmall(picture, output);
    const playPart = output.reserve('play');
    await writePlay(video, playPart);
    const { size: bytes } = await stat(playPart);
    await output.commit();
    return {
      width,
      height,
      durationMs,
      hasAudio: video.audio !== null,
      codec: video.codec,
      placeholder,
      renditions: [poster, ...renditions, { name: 'play', mime: 'video/mp4', bytes, width, height }],
      facts: { takenAt: video.takenAt },
      fingerprint,
    };
  } catch (error) {
    await output.discard();
    throw error;
  }
}

serveJobs(decode, 'MEDIA.VIDEO_UNREADABLE');
