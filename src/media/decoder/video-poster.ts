import { DecodeError } from './errors.js';
import { within } from './pictures.js';
import type { Pixels } from './sharp-setup.js';
import { frameAt } from './video-frames.js';
import type { OpenVideo } from './video-open.js';
import { pictureOf } from './video-picture.js';

/** Where to look for a poster, as shares of the length: past a fade-in, on through the clip, and then anywhere. */
const looks = [0.1, 0.3, 0.5, 0.7, 0, 0.9];

/** The end counts as decoded when a frame of the last second does; of the last quarter in a clip below four. */
const nearEnd = 1;

/**
 * Makes sure that frames decode near the start and near the end, and picks one that shows something.
 * A container can be whole while its pictures are missing, cut off or noise: only decoding tells.
 * @throws {DecodeError} MEDIA.VIDEO_UNREADABLE
 */
export async function choosePoster(video: OpenVideo): Promise<Pixels> {
  const { firstFrameAt, lastFrameAt } = video;
  const length = lastFrameAt - firstFrameAt;
  await mustDecode(video, firstFrameAt, 'start');
  await mustDecode(video, lastFrameAt - Math.min(nearEnd, length / 4), 'end');

  let best: Pixels | null = null;
  let bestDetail = -1;
  for (const share of looks) {
    using frame = await frameAt(video, firstFrameAt + share * length);
    const picture = frame && (await pictureOf(frame, video));
    const detail = picture ? await detailOf(picture) : -1;
    if (detail > bestDetail) [best, bestDetail] = [picture, detail];
    if (detail >= enoughDetail) break;
  }
  if (!best) throw new DecodeError('MEDIA.VIDEO_UNREADABLE', 'no frame decodes for a poster');
  return best;
}

async function mustDecode(video: OpenVideo, seconds: number, where: 'start' | 'end'): Promise<void> {
  using frame = await frameAt(video, seconds);
  if (!frame) throw new DecodeError('MEDIA.VIDEO_UNREADABLE', `no frame decodes near the ${where}`);
}

/** Below this standard deviation of brightness (of 255) a frame is black, white, or a fade between them. */
const enoughDetail = 12;

/** How much a picture shows: the standard deviation of its brightness, taken at thumbnail size. */
async function detailOf(picture: Pixels): Promise<number> {
  const { data, channels } = await within(picture, 64);
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < data.length; at += channels) {
    const light = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
    count += 1;
    sum += light;
    squares += light * light;
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
