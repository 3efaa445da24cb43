import type { AudioCodec, EncodedPacket } from 'mediabunny';
import type { OpenVideo } from './video-open.js';

export interface Size {
  width: number;
  height: number;
}

/** Pictures on their way into the copy for playing. */
export interface PlayPictures {
  packets: AsyncGenerator<EncodedPacket, void>;
  config: EncodedVideoChunkMetadata;
  /** Upright. */
  size: Size;
  /** The frames lie as the original's do, and whoever shows them has to turn them. */
  unturned: boolean;
}

/** Sound on its way into the copy. `mostPackets` is a bound: room for their index is set aside in front. */
export interface PlaySound {
  packets: AsyncGenerator<EncodedPacket, void>;
  config: EncodedAudioChunkMetadata;
  mostPackets: number;
}

/** The sides of a video for playing: 720p, lying or upright. */
const longestSide = 1280;
const longestShorterSide = 720;

/** Pixels on each side after scaling into 1280 × 720 or 720 × 1280, never enlarged; even, as 4:2:0 needs. */
export function playSize(width: number, height: number): Size {
  const scale = Math.min(
    1,
    longestSide / Math.max(width, height),
    longestShorterSide / Math.min(width, height),
  );
  const even = (side: number) => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(width), height: even(height) };
}

/**
 * H.264 in the profiles that every browser plays and that are always 8-bit 4:2:0 (ITU-T H.264, annex A):
 * Baseline (66), Main (77), High (100).
 */
const playableAvc = /^avc1\.(42|4d|64)/i;

type PictureFacts = Pick<
  OpenVideo,
  'codec' | 'parameters' | 'frameWidth' | 'frameHeight' | 'storedWidth' | 'storedHeight'
>;

/** Whether the pictures can be played as they are, so that copying them loses nothing and costs nothing. */
export function picturesFit(video: PictureFacts): boolean {
  const { frameWidth, frameHeight, storedWidth, storedHeight } = video;
  return (
    video.codec === 'avc' &&
    playableAvc.test(video.parameters ?? '') &&
    storedWidth === frameWidth &&
    storedHeight === frameHeight &&
    Math.max(frameWidth, frameHeight) <= longestSide &&
    Math.min(frameWidth, frameHeight) <= longestShorterSide
  );
}

/** AAC-LC, and both kinds of HE-AAC: what browsers play of AAC (ISO/IEC 14496-3, audio object types). */
const playableAac = /^mp4a\.40\.(2|5|29)$/;

/** Whether sound can be played as it is. */
export function soundFits(codec: AudioCodec | null, parameters: string | null): boolean {
  return codec === 'aac' && playableAac.test(parameters ?? '');
}
