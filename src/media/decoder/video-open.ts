import {
  EncodedPacketSink,
  FilePathSource,
  Input,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
  type InputAudioTrack,
  type InputVideoTrack,
  type VideoCodec,
} from 'mediabunny';
import { DecodeError } from './errors.js';
import { checkMatroska } from './matroska-index.js';
import { checkIndex } from './mp4-index.js';
import { turnOfTrack, type Turn } from './orientation.js';

/** A video whose container could be read. Times in seconds, sizes in square pixels. */
export interface OpenVideo {
  track: InputVideoTrack;
  packets: EncodedPacketSink;
  codec: VideoCodec;
  /** Codec with its profile as browsers write it (`avc1.640028`); null where the container does not say. */
  parameters: string | null;
  sound: InputAudioTrack | null;
  /** What the track says of its frames: rotated clockwise, then mirrored left to right; and the same as one turn. */
  rotation: Turn['rotate'];
  mirrored: boolean;
  turn: Turn;
  /** Before turning. Stored frames differ from these where their pixels are not square. */
  frameWidth: number;
  frameHeight: number;
  storedWidth: number;
  storedHeight: number;
  duration: number;
  /** When the first and the last frame are shown. */
  firstFrameAt: number;
  lastFrameAt: number;
  /** When the last frame is no longer shown; sound may go on. */
  picturesEnd: number;
}

/**
 * Opens a video with mediabunny, in JavaScript: the only demuxer that ever sees the file. It knows MP4,
 * QuickTime and Matroska (WebM) here and follows no reference out of them (no playlists, no `dref`, no network).
 */
export async function openVideo(path: string): Promise<OpenVideo> {
  checkIndex(path);
  checkMatroska(path);
  const input = new Input({ source: new FilePathSource(path), formats: [MP4, QTFF, WEBM, MATROSKA] });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new DecodeError('MEDIA.VIDEO_UNREADABLE', 'the file holds no video track');
  const codec = await track.getCodec();
  if (!codec) {
    throw new DecodeError('MEDIA.UNSUPPORTED_CODEC', `codec ${String(await track.getInternalCodecId())}`);
  }
  const packets = new EncodedPacketSink(track);
  const last = await packets.getPacket(Infinity, { metadataOnly: true });
  if (!last) throw new DecodeError('MEDIA.VIDEO_UNREADABLE', 'the video track is empty');
  const sound = await input.getPrimaryAudioTrack();
  const picturesEnd = await track.computeDuration();
  const duration = Math.max(picturesEnd, (await sound?.computeDuration()) ?? 0);
  if (!(duration > 0 && duration < Number.MAX_SAFE_INTEGER / 1000)) {
    throw new DecodeError('MEDIA.VIDEO_UNREADABLE', `a duration of ${duration} s`);
  }
  const rotation = await track.getRotation();
  const mirrored = await track.getFlip();
  return {
    track,
    packets,
    codec,
    parameters: await track.getCodecParameterString(),
    sound,
    rotation,
    mirrored,
    turn: turnOfTrack(rotation, mirrored),
    frameWidth: await track.getSquarePixelWidth(),
    frameHeight: await track.getSquarePixelHeight(),
    storedWidth: await track.getCodedWidth(),
    storedHeight: await track.getCodedHeight(),
    duration,
    firstFrameAt: await track.getFirstTimestamp(),
    lastFrameAt: last.timestamp,
    picturesEnd,
  };
}

/** What the container says for the decoder (avcC, hvcC, …), which WebCodecs lets be a buffer or a view of one. */
export function descriptionOf({ description }: { description?: unknown }): Uint8Array | null {
  if (ArrayBuffer.isView(description)) {
    return new Uint8Array(description.buffer, description.byteOffset, description.byteLength);
  }
  return description instanceof ArrayBuffer ? new Uint8Array(description) : null;
}
