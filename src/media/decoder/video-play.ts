import {
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output as MediaOutput,
  StreamTarget,
  type AudioCodec,
  type EncodedPacket,
  type InputAudioTrack,
  type StreamTargetChunk,
} from 'mediabunny';
import { open, type FileHandle } from 'node:fs/promises';
import { blankTimes } from './mp4-times.js';
import { nalLengthSize, withoutConfigurationUserData, withoutUserData } from './user-data.js';
import { descriptionOf, type OpenVideo } from './video-open.js';

/** Sound that browsers play from an MP4; other sound is left out until videos are transcoded. */
const playable: ReadonlySet<AudioCodec> = new Set(['aac', 'mp3', 'opus', 'flac']);

/**
 * Copies the first video and sound track, packet by packet, into a new MP4 that can play while it loads (`moov`
 * in front). Nothing else is taken over: no tags, place, device, track names, dates, other tracks, or user data
 * within the pictures.
 */
export async function writePlay(video: OpenVideo, file: string): Promise<void> {
  const handle = await open(file, 'w', 0o644);
  try {
    await remux(video, handle);
  } finally {
    await handle.close();
  }
}

async function remux(video: OpenVideo, handle: FileHandle): Promise<void> {
  const audio = video.audio && (await soundOf(video.audio));
  const indexes: StreamTargetChunk[] = [];
  const output = new MediaOutput({
    // 'reserve' leaves room for the index in front; building the file in memory would take all of its size.
    format: new Mp4OutputFormat({
      fastStart: 'reserve',
      onMoov: (data, position) => indexes.push({ type: 'write', data: Uint8Array.from(data), position }),
    }),
    target: new StreamTarget(new WritableStream({ write: (chunk) => writeChunk(handle, chunk) }), {
      chunked: true,
    }),
  });
  const picture = new EncodedVideoPacketSource(video.codec);
  output.addVideoTrack(picture, {
    rotation: video.rotation,
    flip: video.mirrored,
    maximumPacketCount: (await video.track.computePacketStats()).packetCount,
  });
  if (audio) output.addAudioTrack(audio.source, { maximumPacketCount: audio.count });
  output.setMetadataTags({});
  await output.start();

  const { config, clean } = await withoutUserDataOf(video);
  const pictures = inOrder(video.packets);
  const sounds = audio ? audio.packets.packets() : none();
  // Interleaved by time, so that a player finds sound beside its picture.
  let nextPicture = await pictures.next();
  let nextSound = await sounds.next();
  while (!nextPicture.done || !nextSound.done) {
    if (!nextPicture.done && (nextSound.done || nextPicture.value.timestamp <= nextSound.value.timestamp)) {
      await picture.add(clean(nextPicture.value), config);
      nextPicture = await pictures.next();
    } else if (!nextSound.done) {
      await audio?.source.add(nextSound.value, audio.config);
      nextSound = await sounds.next();
    }
  }
  await output.finalize();
  // The muxer stamps the hour of its own work, which is about that of the upload: judges must not see it.
  for (const index of indexes) await writeChunk(handle, { ...index, data: blankTimes(index.data) });
}

async function soundOf(track: InputAudioTrack) {
  const codec = await track.getCodec();
  const decoderConfig = await track.getDecoderConfig();
  if (!codec || !decoderConfig || !playable.has(codec)) return null;
  const { packetCount: count } = await track.computePacketStats();
  if (count === 0) return null;
  const packets = new EncodedPacketSink(track);
  return { source: new EncodedAudioPacketSource(codec), packets, count, config: { decoderConfig } };
}

/**
 * The video's packets from its first key frame on. A key frame that is shown before frames ahead of it (some
 * cameras write such) is passed on as an ordinary one: the muxer asks that groups of pictures do not overlap.
 */
async function* inOrder(sink: EncodedPacketSink): AsyncGenerator<EncodedPacket, void> {
  const first = await sink.getFirstKeyPacket();
  if (!first) return;
  let shown = -Infinity;
  for await (const packet of sink.packets(first)) {
    const overlaps = packet.type === 'key' && packet.timestamp < shown;
    shown = Math.max(shown, packet.timestamp);
    yield overlaps ? packet.clone({ type: 'delta' }) : packet;
  }
}

/** The track's configuration and a filter for its packets, both without what encoders and cameras hide in streams. */
async function withoutUserDataOf({ track, codec }: OpenVideo) {
  const decoderConfig = (await track.getDecoderConfig()) ?? undefined;
  const description = decoderConfig && descriptionOf(decoderConfig);
  const keep = { config: { decoderConfig }, clean: (packet: EncodedPacket) => packet };
  if (!decoderConfig || !description || (codec !== 'avc' && codec !== 'hevc')) return keep;
  const lengthSize = nalLengthSize(codec, description);
  if (lengthSize === null) return keep;
  const cleanDescription = codec === 'hevc' ? withoutConfigurationUserData(description) : description;
  return {
    config: { decoderConfig: { ...decoderConfig, description: Uint8Array.from(cleanDescription) } },
    clean: (packet: EncodedPacket) => packet.clone({ data: withoutUserData(packet.data, codec, lengthSize) }),
  };
}

async function* none(): AsyncGenerator<EncodedPacket, void> {}

/** Writes all of a chunk: on a nearly full disk a single write can stop half-way without an error. */
async function writeChunk(handle: FileHandle, { data, position }: StreamTargetChunk): Promise<void> {
  for (let done = 0; done < data.byteLength;) {
    done += (await handle.write(data, done, data.byteLength - done, position + done)).bytesWritten;
  }
}
