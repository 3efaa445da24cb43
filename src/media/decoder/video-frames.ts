import type { Frame } from 'node-av/lib';
import { framesOf, openPictureDecoder } from './video-decode.js';
import type { OpenVideo } from './video-open.js';

/** The frame shown at `seconds`, or the first one after; null if none decodes from there to the end. The caller frees it. */
export async function frameAt(video: OpenVideo, seconds: number): Promise<Frame | null> {
  const start = (await video.packets.getKeyPacket(seconds)) ?? (await video.packets.getFirstKeyPacket());
  if (!start) return null;
  using context = await openPictureDecoder(video, 1);
  for await (const frame of framesOf(context, video.packets.packets(start))) {
    if (Number(frame.pts) >= Math.floor(seconds * 1e6)) return frame.clone();
  }
  return null;
}
