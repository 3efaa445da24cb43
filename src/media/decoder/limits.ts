/** What one decoding process may take. Bytes and milliseconds. */
export interface DecoderLimits {
  /** One photo, from the moment a child is given it. */
  photoTimeoutMs: number;
  /** A video's index, in CPU time from the start of its process: a second, whatever the video's length. */
  videoOpenCpuMs: number;
  /** One video, in CPU time: this, and twelve times its length on top once that is known. */
  videoCpuMs: number;
  /** No video uses more than this, whatever length it claims. */
  videoCpuCapMs: number;
  /** A video's process that does nothing for so long hangs. */
  videoIdleMs: number;
  /** One video by the clock, however busy the machine is. */
  videoTimeoutMs: number;
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
  videoOpenCpuMs: 8_000,
  videoCpuMs: 60_000,
  videoCpuCapMs: 150 * 60_000,
  videoIdleMs: 120_000,
  videoTimeoutMs: 6 * 3_600_000,
  photoMemoryBytes: 1536 * MiB,
  videoMemoryBytes: 1024 * MiB,
  photosPerChild: 500,
  heicsPerChild: 25,
  idleMemoryBytes: 400 * MiB,
};

/**
 * CPU time for a video: the base plus twelve times its length, within the cap. Measured: a second of 4K HEVC of
 * 10 bits at 30 frames takes 2.8, so this leaves room for 60 and for slower cores. Not by the clock: a video gives
 * way to photos, and beside many of them it may get a tenth of a core.
 */
export function videoCpuLimitMs(durationMs: number, limits: DecoderLimits): number {
  return Math.min(limits.videoCpuMs + 12 * durationMs, limits.videoCpuCapMs);
}
