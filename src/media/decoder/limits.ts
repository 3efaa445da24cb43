/** What one decoding process may take. Bytes and milliseconds. */
export interface DecoderLimits {
  /** One photo, from the moment a child is given it. */
  photoTimeoutMs: number;
  /** A video's index, from the start of its process: tens of milliseconds, whatever the video's length. */
  videoOpenTimeoutMs: number;
  /** One video: this, and twelve times its length on top once that is known. */
  videoTimeoutMs: number;
  /** A video of which nothing more got done for so long hangs. */
  videoStallMs: number;
  /** No video takes longer than this, whatever length it claims. */
  videoTimeoutCapMs: number;
  /** Data segment and resident size at which a photo's process is stopped. */
  photoMemoryBytes: number;
  videoMemoryBytes: number;
  /** A photo child is replaced after so many photos, or once it is so large while idle. */
  photosPerChild: number;
  heicsPerChild: number;
  idleMemoryBytes: number;
}

const MiB = 1024 * 1024;

/**
 * Measured: 24 MP JPEG 160 MB, 108 MP progressive JPEG 450 MB, 24 MP AVIF 580 MB, a 4K HEVC clip under 700 MB.
 * So 1.5 GB lets every camera's photo through and 1 GB every phone's video.
 */
export const defaultLimits: DecoderLimits = {
  photoTimeoutMs: 60_000,
  videoOpenTimeoutMs: 8_000,
  videoTimeoutMs: 60_000,
  videoStallMs: 120_000,
  videoTimeoutCapMs: 150 * 60_000,
  photoMemoryBytes: 1536 * MiB,
  videoMemoryBytes: 1024 * MiB,
  photosPerChild: 500,
  heicsPerChild: 25,
  idleMemoryBytes: 400 * MiB,
};

/**
 * A video's time: the base plus twelve times its length, within the cap. A second of 4K HEVC of 10 bits takes 3 to
 * 5 seconds of a core, and a video gives way to photos: on two cores that are both busy it may get half of one.
 */
export function videoTimeoutMs(durationMs: number, limits: DecoderLimits): number {
  return Math.min(limits.videoTimeoutMs + 12 * durationMs, limits.videoTimeoutCapMs);
}
