import type { AudioCodec, EncodedPacket, VideoCodec } from 'mediabunny';
import {
  AV_LOG_FATAL,
  AV_NOPTS_VALUE,
  AVERROR_EAGAIN,
  AVERROR_ENOMEM,
  AVERROR_EOF,
  type FFDecoderCodec,
} from 'node-av/constants';
import {
  avChannelLayoutDefault,
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  Frame,
  Log,
  Packet,
  Rational,
} from 'node-av/lib';
import { DecodeError } from './errors.js';
import { descriptionOf, type OpenVideo } from './video-open.js';

/** The decoders that may run, by name: FFmpeg has hundreds, and a file must not choose among them. */
const pictureDecoders: Record<VideoCodec, string | null> = {
  avc: 'h264',
  hevc: 'hevc',
  vp9: 'vp9',
  av1: 'libdav1d',
  vp8: 'vp8',
  prores: null,
};

const soundDecoders: Record<AudioCodec, string | null> = {
  aac: 'aac',
  opus: 'opus',
  mp3: 'mp3float',
  vorbis: 'vorbis',
  flac: 'flac',
  'pcm-s16': 'pcm_s16le',
  'pcm-s16be': 'pcm_s16be',
  'pcm-s24': 'pcm_s24le',
  'pcm-s24be': 'pcm_s24be',
  'pcm-s32': 'pcm_s32le',
  'pcm-s32be': 'pcm_s32be',
  'pcm-f32': 'pcm_f32le',
  'pcm-f32be': 'pcm_f32be',
  'pcm-f64': 'pcm_f64le',
  'pcm-f64be': 'pcm_f64be',
  'pcm-u8': 'pcm_u8',
  'pcm-s8': 'pcm_s8',
  ulaw: 'pcm_mulaw',
  alaw: 'pcm_alaw',
  ac3: null,
  eac3: null,
  dts: null,
};

/** Sound that mediabunny finds but has no name for, by its four letters in MP4: the speech codecs of older phones. */
const speechDecoders: Readonly<Record<string, string>> = { samr: 'amrnb', sawb: 'amrwb' };

/** 8192 × 4320: every phone's 8K, and nothing that a header claims beyond it. */
const maxPixels = 8192 * 4320;

/** Times of packets and frames are counted in these. */
export const microseconds = new Rational(1, 1_000_000);

Log.setLevel(AV_LOG_FATAL);

/** @throws {DecodeError} MEDIA.UNSUPPORTED_CODEC */
export async function openPictureDecoder(
  { codec, track }: OpenVideo,
  threads: number,
): Promise<CodecContext> {
  const name = pictureDecoders[codec];
  const config = await track.getDecoderConfig();
  if (!name || !config) throw new DecodeError('MEDIA.UNSUPPORTED_CODEC', `codec ${codec}`);
  return open(name, descriptionOf(config), (context) => {
    context.width = config.codedWidth ?? 0;
    context.height = config.codedHeight ?? 0;
    context.threadCount = threads;
  });
}

/** Null for sound of a codec that is not among those known, or that does not say what it is. */
export async function openSoundDecoder(sound: NonNullable<OpenVideo['sound']>): Promise<CodecContext | null> {
  const codec = await sound.getCodec();
  const name = codec ? soundDecoders[codec] : speechDecoders[String(await sound.getInternalCodecId())];
  if (!name) return null;
  const config = codec && (await sound.getDecoderConfig());
  if (codec && !config) return null;
  const channels = await sound.getNumberOfChannels();
  const sampleRate = await sound.getSampleRate();
  return open(name, config && descriptionOf(config), (context) => {
    context.sampleRate = sampleRate;
    context.channelLayout = avChannelLayoutDefault(channels);
    context.threadCount = 1;
  });
}

async function open(
  name: string,
  description: Uint8Array | null,
  prepare: (context: CodecContext) => void,
): Promise<CodecContext> {
  const found = Codec.findDecoderByName(name as FFDecoderCodec);
  if (!found) throw new DecodeError('MEDIA.UNSUPPORTED_CODEC', `no decoder ${name}`);
  const context = new CodecContext();
  context.allocContext3(found);
  context.pktTimebase = microseconds;
  if (description) context.extraData = Buffer.from(description);
  prepare(context);
  const options = Dictionary.fromObject({ codec_whitelist: name, max_pixels: String(maxPixels) });
  FFmpegError.throwIfError(await context.open2(found, options), `open decoder ${name}`);
  return context;
}

/** How many packets a decoder was given, and how often it said that it could not use one. */
export interface Tally {
  packets: number;
  errors: number;
}

/**
 * Frames in the order in which they are shown, with their time and length in µs. FFmpeg gets compressed packets
 * only, never the file: none of its demuxers, protocols or playlists can be reached. A damaged packet is skipped,
 * as players do. Each frame is the caller's until it asks for the next one: clone what must last longer.
 */
export async function* framesOf(
  context: CodecContext,
  packets: AsyncIterable<EncodedPacket>,
  tally: Tally = { packets: 0, errors: 0 },
): AsyncGenerator<Frame, void> {
  using packet = new Packet();
  using frame = new Frame();
  packet.alloc();
  frame.alloc();
  for await (const compressed of packets) {
    fill(packet, compressed);
    tally.packets += 1;
    const result = await context.sendPacket(packet);
    if (result < 0) note(result, tally);
    packet.unref();
    yield* framesReady(context, frame, tally);
  }
  await context.sendPacket(null);
  yield* framesReady(context, frame, tally);
}

/** Errors in a row after which a decoder is taken to have no more frames; its threads can hold a few bad ones. */
const errorsInRow = 64;

/** A decoder that finds several frames in a packet tells the time of the first. */
async function* framesReady(context: CodecContext, frame: Frame, tally: Tally): AsyncGenerator<Frame, void> {
  let next = 0n;
  for (let inRow = 0; inRow < errorsInRow;) {
    const result = await context.receiveFrame(frame);
    if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return;
    if (result < 0) {
      inRow += 1;
      note(result, tally);
      continue;
    }
    inRow = 0;
    frame.timeBase = microseconds;
    const time = frame.bestEffortTimestamp;
    frame.pts = time === AV_NOPTS_VALUE ? next : time;
    next = frame.pts + lengthOf(frame);
    yield frame;
    frame.unref();
  }
}

/** In µs. */
function lengthOf({ nbSamples, sampleRate, duration }: Frame): bigint {
  return sampleRate > 0 ? BigInt(Math.round((nbSamples * 1e6) / sampleRate)) : duration;
}

/** @throws when memory ran out: that says nothing of the packet */
function note(error: number, tally: Tally): void {
  if (error === AVERROR_ENOMEM) FFmpegError.throwIfError(error, 'decode');
  tally.errors += 1;
}

function fill(packet: Packet, compressed: EncodedPacket): void {
  packet.data = Buffer.from(compressed.data);
  packet.timeBase = microseconds;
  packet.pts = BigInt(compressed.microsecondTimestamp);
  packet.duration = BigInt(Math.max(0, compressed.microsecondDuration));
  packet.isKeyframe = compressed.type === 'key';
}
