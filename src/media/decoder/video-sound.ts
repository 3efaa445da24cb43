import { EncodedPacket, EncodedPacketSink, type InputAudioTrack } from 'mediabunny';
import { FilterAPI } from 'node-av/api';
import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLTP,
} from 'node-av/constants';
import { Codec, CodecContext, FFmpegError, Frame, Packet, Rational } from 'node-av/lib';
import type { SoundFate } from './messages.js';
import { soundRate, SoundLine } from './sound-line.js';
import { framesOf, openSoundDecoder } from './video-decode.js';
import type { OpenVideo } from './video-open.js';
import { soundFits, type PlaySound } from './video-plan.js';

/**
 * The sound for the copy. AAC of which every packet decodes is copied; other sound is encoded as AAC, with silence
 * where packets are broken; sound of an unknown codec, or of which less than half decodes, is left out. Broken
 * sound is never copied: browsers stop the whole video there.
 */
export async function soundOf(video: OpenVideo): Promise<{ sound: PlaySound | null; fate: SoundFate }> {
  const { sound: track } = video;
  if (!track) return { sound: null, fate: 'none' };
  const { packets, errors, frames } = await listen(track);
  if (packets === 0) return { sound: null, fate: 'none' };
  if (frames === 0 || errors > packets / 2) return { sound: null, fate: 'lost' };
  if (errors > 0) return { sound: await encodedSound(track, video.duration), fate: 'mended' };
  const fits = soundFits(await track.getCodec(), await track.getCodecParameterString());
  const sound = fits ? await copiedSound(track, packets) : await encodedSound(track, video.duration);
  return { sound, fate: 'whole' };
}

/** Decodes all of it once: ten minutes of AAC take about two seconds. */
async function listen(track: InputAudioTrack) {
  const tally = { packets: 0, errors: 0, frames: 0 };
  using decoder = await openSoundDecoder(track);
  if (!decoder) return { ...tally, packets: (await track.computePacketStats(1)).packetCount };
  for await (const frame of framesOf(decoder, new EncodedPacketSink(track).packets(), tally)) {
    tally.frames += frame.nbSamples > 0 ? 1 : 0;
  }
  return tally;
}

async function copiedSound(track: InputAudioTrack, mostPackets: number): Promise<PlaySound> {
  const decoderConfig = (await track.getDecoderConfig()) ?? undefined;
  return { packets: new EncodedPacketSink(track).packets(), config: { decoderConfig }, mostPackets };
}

/** AAC packets hold this many samples. */
const blockSamples = 1024;

/** `duration`, in seconds, is where the sound ends at the latest. */
async function encodedSound(track: InputAudioTrack, duration: number): Promise<PlaySound> {
  const encoder = await openEncoder();
  const samples = Math.ceil(duration * soundRate);
  return {
    packets: encode(track, encoder, samples),
    config: {
      decoderConfig: {
        codec: 'mp4a.40.2',
        sampleRate: soundRate,
        numberOfChannels: 2,
        description: Uint8Array.from(encoder.extraData ?? []),
      },
    },
    // One goes ahead for the encoder to start on, and one may follow.
    mostPackets: Math.ceil(samples / blockSamples) + 2,
  };
}

async function* encode(
  track: InputAudioTrack,
  encoder: CodecContext,
  samples: number,
): AsyncGenerator<EncodedPacket, void> {
  using context = encoder;
  const line = new SoundLine(blockSamples, samples);
  let blocks = 0;
  const encodeBlock = async (block: Float32Array) => {
    using frame = frameOf(block, blocks * blockSamples);
    blocks += 1;
    FFmpegError.throwIfError(await context.sendFrame(frame), 'encode sound');
  };
  for await (const { piece, at } of pieces(track)) {
    for (const block of line.put(piece, at)) {
      await encodeBlock(block);
      yield* packetsReady(context);
    }
  }
  const rest = line.rest();
  if (rest) await encodeBlock(rest);
  await context.sendFrame(null);
  yield* packetsReady(context);
}

/** The decoded sound in stereo at `soundRate`, and where its first sample belongs. */
async function* pieces(track: InputAudioTrack): AsyncGenerator<{ piece: Float32Array; at: number }, void> {
  using decoder = await openSoundDecoder(track);
  if (!decoder) return;
  // A single channel goes to both sides as it is; FFmpeg's own mixing would make it quieter.
  const mixing = decoder.channelLayout.nbChannels === 1 ? ['pan=stereo|c0=c0|c1=c0'] : [];
  const chain = [...mixing, `aresample=${soundRate}`, 'aformat=sample_fmts=flt:channel_layouts=stereo'];
  using filter = FilterAPI.create(chain.join(','));
  for await (const frame of framesOf(decoder, new EncodedPacketSink(track).packets())) {
    await filter.process(frame);
    yield* piecesReady(filter);
  }
  await filter.flush();
  yield* piecesReady(filter);
}

async function* piecesReady(filter: FilterAPI): AsyncGenerator<{ piece: Float32Array; at: number }, void> {
  for (let out = await filter.receive(); out; out = await filter.receive()) {
    using frame = out;
    const bytes = frame.toBuffer();
    const piece = new Float32Array(bytes.buffer, bytes.byteOffset, frame.nbSamples * 2);
    yield { piece, at: Number(frame.pts) };
  }
}

async function openEncoder(): Promise<CodecContext> {
  const found = Codec.findEncoderByName('aac' as never);
  if (!found) throw new Error('this build of FFmpeg has no AAC encoder');
  const context = new CodecContext();
  context.allocContext3(found);
  context.sampleRate = soundRate;
  context.sampleFormat = AV_SAMPLE_FMT_FLTP;
  context.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  context.timeBase = new Rational(1, soundRate);
  context.bitRate = 128_000n;
  // Bit-exact: the encoder leaves its name out of the stream.
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_BITEXACT);
  FFmpegError.throwIfError(await context.open2(found, null), 'open the AAC encoder');
  return context;
}

/** Left and right, which alternate in a block, lie one behind the other in a frame. */
function frameOf(block: Float32Array, at: number): Frame {
  const samples = block.length / 2;
  const planes = new Float32Array(block.length);
  for (let index = 0; index < samples; index += 1) {
    planes[index] = block[2 * index] ?? 0;
    planes[samples + index] = block[2 * index + 1] ?? 0;
  }
  return Frame.fromAudioBuffer(Buffer.from(planes.buffer), {
    nbSamples: samples,
    format: AV_SAMPLE_FMT_FLTP,
    sampleRate: soundRate,
    channelLayout: AV_CHANNEL_LAYOUT_STEREO,
    timeBase: { num: 1, den: soundRate },
    pts: BigInt(at),
  });
}

async function* packetsReady(encoder: CodecContext): AsyncGenerator<EncodedPacket, void> {
  using packet = new Packet();
  packet.alloc();
  while ((await encoder.receivePacket(packet)) >= 0) {
    const data = Uint8Array.from(packet.data ?? []);
    yield new EncodedPacket(data, 'key', Number(packet.pts) / soundRate, Number(packet.duration) / soundRate);
    packet.unref();
  }
}
