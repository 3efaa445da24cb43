import {
  EncodedAudioPacketSource,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output as MediaOutput,
  StreamTarget,
  type EncodedPacket,
  type StreamTargetChunk,
} from 'mediabunny';
import { open, type FileHandle } from 'node:fs/promises';
import { blankTimes } from './mp4-times.js';
import { copiedPictures } from './video-copy.js';
import { encodedPictures } from './video-encode.js';
import type { OpenVideo } from './video-open.js';
import { picturesFit, type PlayPictures, type PlaySound, type Size } from './video-plan.js';

/** Hears the share that is done, 0 to 1, as often as it grows. */
export type ReportShare = (share: number) => void;

/**
 * Writes an MP4 that every browser plays, and plays while it loads (`moov` in front). Pictures that can be played
 * already are copied, others encoded; so was the sound, by the caller. Nothing else is taken over: no tags, place,
 * device, track names, dates, other tracks, or user data within the pictures. Answers with its size, upright.
 */
export async function writePlay(
  video: OpenVideo,
  sound: PlaySound | null,
  file: string,
  report: ReportShare,
): Promise<Size> {
  const pictures = picturesFit(video) ? await copiedPictures(video) : encodedPictures(video);
  const handle = await open(file, 'w', 0o644);
  try {
    await mux(video, pictures, sound, handle, report);
  } finally {
    await handle.close();
  }
  return pictures.size;
}

async function mux(
  video: OpenVideo,
  pictures: PlayPictures,
  sound: PlaySound | null,
  handle: FileHandle,
  report: ReportShare,
): Promise<void> {
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
  const pictureSource = new EncodedVideoPacketSource(pictures.unturned ? video.codec : 'avc');
  output.addVideoTrack(pictureSource, {
    ...(pictures.unturned ? { rotation: video.rotation, flip: video.mirrored } : {}),
    maximumPacketCount: (await video.track.computePacketStats()).packetCount,
  });
  const soundSource = new EncodedAudioPacketSource('aac');
  if (sound) {
    const { decoderConfig } = sound.config;
    output.addAudioTrack(soundSource, { maximumPacketCount: sound.mostPackets, decoderConfig });
  }
  output.setMetadataTags({});
  await output.start();

  // Interleaved by time, so that a player finds sound beside its picture.
  const sounds = sound?.packets ?? none();
  let nextPicture = await pictures.packets.next();
  let nextSound = await sounds.next();
  while (!nextPicture.done || !nextSound.done) {
    if (!nextPicture.done && (nextSound.done || nextPicture.value.timestamp <= nextSound.value.timestamp)) {
      await pictureSource.add(nextPicture.value, pictures.config);
      report(Math.min(1, Math.max(0, nextPicture.value.timestamp / video.duration)));
      nextPicture = await pictures.packets.next();
    } else if (!nextSound.done) {
      await soundSource.add(nextSound.value, sound?.config);
      nextSound = await sounds.next();
    }
  }
  await output.finalize();
  // The muxer stamps the hour of its own work, which is about that of the upload: judges must not see it.
  for (const index of indexes) await writeChunk(handle, { ...index, data: blankTimes(index.data) });
}

async function* none(): AsyncGenerator<EncodedPacket, void> {}

/** Writes all of a chunk: on a nearly full disk a single write can stop half-way without an error. */
async function writeChunk(handle: FileHandle, { data, position }: StreamTargetChunk): Promise<void> {
  for (let done = 0; done < data.byteLength;) {
    done += (await handle.write(data, done, data.byteLength - done, position + done)).bytesWritten;
  }
}
