import { fingerprintOf, type Fingerprint } from '../fingerprint/fingerprint.js';
import { within } from './pictures.js';
import { frameAt } from './video-frames.js';
import type { OpenVideo } from './video-open.js';
import { pictureOf } from './video-picture.js';

/**
 * Where a video's pictures are taken for comparison, as shares of its length: a copy that was compressed again
 * has the same ones there. Away from both ends, where many videos show the same title or logo.
 */
const looks = [0.25, 0.5, 0.75];

/** A frame that doesn't decode is left out, as players do. */
export async function fingerprintOfVideo(video: OpenVideo): Promise<Fingerprint> {
  const { firstFrameAt, lastFrameAt } = video;
  const frames: Fingerprint = [];
  for (const share of looks) {
    using frame = await frameAt(video, firstFrameAt + share * (lastFrameAt - firstFrameAt));
    if (frame) frames.push(...fingerprintOf(await within(await pictureOf(frame, video), 320)));
  }
  return frames;
}
