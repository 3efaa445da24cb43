import type { VideoCodec, EncodedPacket } from 'mediabunny';
import { AV_LOG_FATAL, type FFDecoderCodec } from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FFmpegError, Log, Packet, Frame } from 'node-av/lib';
import { DecodeError } from './errors.js';
import { descriptionOf, type OpenVideo } from './video-open.js';

/** The decoders that may run, by name: FFmpeg has hundreds, and a file must not choose among them. */
const decoders: Record<VideoCodec, string | null> = {
  avc: 'h264',
  hevc: 'hevc',
  vp9: 'vp9',
  av1: 'libdav1d',
  vp8: null,
  prores: null,
};

/** 8192 × 4320: every phone's 8K, and nothing that a header claims beyond it. */
const maxPixels = 8192 * 4320;

const microseconds = { num: 1, den: 1_000_000 };

Log.setLevel(AV_LOG_FATAL);

/**
 * The frame shown at `seconds`, or the first one after; null if none decodes from there to the end.
 * FFmpeg gets compressed frames only, never the file: none of its demuxers, protocols or playlists can be reached.
 * The caller frees the frame.
 */
export async function frameAt(video: OpenVideo, seconds: number): Promise<Frame | null> {
  const start = (await video.packets.getKeyPacket(seconds)) ?? (await video.packets.getFirstKeyPacket());
  if (!start) return null;
  using context = await openDecoder(video);
  using packet = new Packet();
  packet.alloc();
  for await (const compressed of video.packets.packets(start)) {
    fill(packet, compressed);
    // A damaged frame is skipped, as players do; what counts is that frames come where they are needed.
    await context.sendPacket(packet);
    packet.unref();
    const frame = await nextFrameFrom(context, seconds);
    if (frame) return frame;
  }
  await context.sendPacket(null);
  return await nextFrameFrom(context, seconds);
}

async function openDecoder({ codec, track }: OpenVideo): Promise<CodecContext> {
  const name = decoders[codec];
  const config = await track.getDecoderConfig();
  const found = name && Codec.findDecoderByName(name as FFDecoderCodec);
  if (!found || !config) throw new DecodeError('MEDIA.UNSUPPORTED_CODEC', `codec ${codec}`);
  const context = new CodecContext();
  context.allocContext3(found);
  context.width = config.codedWidth ?? 0;
  context.height = config.codedHeight ?? 0;
  context.threadCount = 1;
  const description = descriptionOf(config);
  if (description) context.extraData = Buffer.from(description);
  const options = Dictionary.fromObject({ codec_whitelist: name, max_pixels: String(maxPixels) });
  FFmpegError.throwIfError(await context.open2(found, options), 'open decoder');
  return context;
}

function fill(packet: Packet, compressed: EncodedPacket): void {
  packet.data = Buffer.from(compressed.data);
  packet.timeBase = microseconds;
  packet.pts = BigInt(compressed.microsecondTimestamp);
  packet.isKeyframe = compressed.type === 'key';
}

/** Takes what the decoder has ready, and keeps the first frame that is shown at `seconds` or later. */
async function nextFrameFrom(context: CodecContext, seconds: number): Promise<Frame | null> {
  const frame = new Frame();
  frame.alloc();
  while ((await context.receiveFrame(frame)) >= 0) {
    if (Number(frame.bestEffortTimestamp) >= Math.floor(seconds * 1e6)) return frame;
    frame.unref();
  }
  frame.free();
  return null;
}
