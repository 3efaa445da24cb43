import { EncodedPacket } from 'mediabunny';
import { availableParallelism } from 'node:os';
import {
  AV_PICTURE_TYPE_I,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
} from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FFmpegError, Packet, Rational, type Frame } from 'node-av/lib';
import { DecodeError } from './errors.js';
import { isSideways } from './orientation.js';
import { withoutAnnexBUserData } from './user-data.js';
import { framesOf, microseconds, openPictureDecoder, type Tally } from './video-decode.js';
import type { OpenVideo } from './video-open.js';
import { Pace } from './video-pace.js';
import { FrameConverter, turning } from './video-picture.js';
import { playSize, type PlayPictures, type Size } from './video-plan.js';

const threads = availableParallelism();

/** A place to jump to at least this often, in µs. */
const keyEvery = 2_000_000;

/** The video's pictures as H.264 for every browser: upright, at most 720p, 30 a second and 3 Mbit/s, 8-bit BT.709. */
export function encodedPictures(video: OpenVideo): PlayPictures {
  const { frameWidth, frameHeight } = video;
  const sideways = isSideways(video.turn);
  const size = sideways ? playSize(frameHeight, frameWidth) : playSize(frameWidth, frameHeight);
  const colorSpace = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false } as const;
  return {
    packets: endingAt(video.picturesEnd, encode(video, size)),
    // The muxer reads profile and level from the first packet; this names the codec.
    config: {
      decoderConfig: {
        codec: 'avc1.64001f',
        codedWidth: size.width,
        codedHeight: size.height,
        colorSpace,
      },
    },
    size,
    unturned: false,
  };
}

/**
 * A frame or two are in memory at a time, and those that the codecs look ahead.
 * @throws {DecodeError} MEDIA.VIDEO_UNREADABLE when less than half of the pictures decode
 */
async function* encode(video: OpenVideo, size: Size): AsyncGenerator<EncodedPacket, void> {
  const first = await video.packets.getFirstKeyPacket();
  if (!first) throw new DecodeError('MEDIA.VIDEO_UNREADABLE', 'no key frame');
  const stored = isSideways(video.turn) ? { width: size.height, height: size.width } : size;
  using decoder = await openPictureDecoder(video, threads);
  using encoder = await openEncoder(size);
  using converter = new FrameConverter(video, stored, 'yuv420p', threads, turning(video.turn));
  const tally: Tally = { packets: 0, errors: 0 };
  const pace = new Pace((await video.track.computePacketStats()).averagePacketRate);
  let decoded = 0;
  let nextKey = -Infinity;
  for await (const frame of framesOf(decoder, video.packets.packets(first), tally)) {
    decoded += 1;
    const time = shownAt(frame);
    if (time === null || !pace.keeps(time)) continue;
    frame.pts = BigInt(time);
    using converted = await converter.convert(frame);
    const isKey = time >= nextKey;
    if (isKey) nextKey = time + keyEvery;
    converted.pictType = isKey ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    FFmpegError.throwIfError(await encoder.sendFrame(converted), 'encode a frame');
    yield* packetsReady(encoder);
  }
  if (decoded < tally.packets / 2) {
    throw new DecodeError('MEDIA.VIDEO_UNREADABLE', `${decoded} of ${tally.packets} frames decode`);
  }
  await encoder.sendFrame(null);
  yield* packetsReady(encoder);
}

/** Makes the last frame last until `seconds`: the encoder forgets for how long it was shown. */
async function* endingAt(
  seconds: number,
  packets: AsyncGenerator<EncodedPacket, void>,
): AsyncGenerator<EncodedPacket, void> {
  let held: EncodedPacket | null = null;
  let latest = 0;
  for await (const packet of packets) {
    if (held) yield held;
    held = packet;
    latest = Math.max(latest, packet.timestamp);
  }
  if (held) yield held.clone({ duration: Math.max(0, seconds - latest) });
}

/** In µs; null where an edit list begins the video later. A frame that it cuts in two begins with it. */
function shownAt(frame: Frame): number | null {
  const time = Number(frame.pts);
  if (time >= 0) return time;
  return time + Number(frame.duration) > 0 ? 0 : null;
}

async function openEncoder({ width, height }: Size): Promise<CodecContext> {
  const found = Codec.findEncoderByName('libx264' as never);
  if (!found) throw new Error('this build of FFmpeg has no x264');
  const context = new CodecContext();
  context.allocContext3(found);
  context.width = width;
  context.height = height;
  context.pixelFormat = AV_PIX_FMT_YUV420P;
  context.timeBase = microseconds;
  context.framerate = new Rational(30, 1);
  context.gopSize = 60;
  context.rcMaxRate = 3_000_000n;
  context.rcBufferSize = 6_000_000;
  context.colorPrimaries = AVCOL_PRI_BT709;
  context.colorTrc = AVCOL_TRC_BT709;
  context.colorSpace = AVCOL_SPC_BT709;
  context.colorRange = AVCOL_RANGE_MPEG;
  context.threadCount = threads;
  const options = Dictionary.fromObject({ preset: 'veryfast', crf: '23', 'forced-idr': '1' });
  FFmpegError.throwIfError(await context.open2(found, options), 'open x264');
  return context;
}

async function* packetsReady(encoder: CodecContext): AsyncGenerator<EncodedPacket, void> {
  using packet = new Packet();
  packet.alloc();
  while ((await encoder.receivePacket(packet)) >= 0) {
    const data = withoutAnnexBUserData(packet.data ?? Buffer.alloc(0));
    const type = packet.isKeyframe ? 'key' : 'delta';
    yield new EncodedPacket(data, type, Number(packet.pts) / 1e6, Number(packet.duration) / 1e6);
    packet.unref();
  }
}
