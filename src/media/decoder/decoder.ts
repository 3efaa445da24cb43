import { rm } from 'node:fs/promises';
import { DecoderChild, type OnProgress } from './child.js';
import { DecodeError } from './errors.js';
import { childEntry, type ChildName } from './launch.js';
import { defaultLimits, videoCpuLimitMs, type DecoderLimits } from './limits.js';
import {
  jobSchema,
  photoRenditionNames,
  photoReportSchema,
  videoRenditionNames,
  videoReportSchema,
  wholeSizeNames,
  wholeSizeReportSchema,
  type DecodeJob,
} from './messages.js';
import { partName, renditionFile, type RenditionName } from './names.js';
import type { PhotoResult, VideoResult, WholeSizeResult } from './results.js';
import { Slots } from './slots.js';

export { DecodeError, decodeErrorCodes, isDecodeErrorCode, type DecodeErrorCode } from './errors.js';
export type { CameraFacts, PhotoResult, VideoResult } from './results.js';

export interface DecoderOptions {
  /** How many photos are decoded at a time; one a core. Beside them there is one video at a time, on all cores. */
  slots: number;
  limits?: Partial<DecoderLimits>;
  /** Hears of children that start, fail or are retired. */
  log?: (message: string) => void;
}

/**
 * A file to decode. `outDir` must exist. `stem` begins the renditions' names (`<stem>-thumb.webp`) and belongs
 * to this job alone while it runs. An aborted `signal` stops the job and rejects with its reason.
 */
export type JobRequest = DecodeJob & { signal?: AbortSignal };
/** `onProgress` hears the share of the job that is done, 0 to 1, a few times a second. */
export type VideoRequest = JobRequest & { onProgress?: OnProgress };

/** Photos take a second and somebody waits for them; beside one a video gets about a tenth of a core's time. */
const videoNiceness = 10;

/** A photo child lives for photosPerChild photos of at most a second or so; this ends one that nobody watches. */
const photoCpuSeconds = 30 * 60;

/**
 * Decodes strangers' files in processes of their own: long-lived ones for photos (HEIF
 * containers have their own), one for each video. They have
 * an empty environment and bounded memory and time; whatever a file does to one, only its own job fails.
 */
export class Decoder {
  private readonly limits: DecoderLimits;
  private readonly log: (message: string) => void;
  private readonly photoSlots: Slots;
  private readonly videoSlots = new Slots(1);
  private readonly children = new Set<DecoderChild>();
  private readonly idle: Record<PictureChild, DecoderChild[]> = { 'photo-child': [], 'heic-child': [] };
  private closed = false;

  constructor(options: DecoderOptions) {
    this.limits = { ...defaultLimits, ...options.limits };
    this.log = options.log ?? (() => undefined);
    this.photoSlots = new Slots(options.slots);
  }

  /**
   * Decodes a photo once and writes `preview`, `thumb` and `small`.
   * @throws {DecodeError}
   */
  async photo({ signal, ...job }: JobRequest): Promise<PhotoResult> {
    return this.decode(job, this.photoSlots, photoRenditionNames, signal, async () => {
      const photo = checked(photoReportSchema.safeParse(await this.picture(job, signal)).data);
      return {
        ...photo,
        renditions: photo.renditions.map((one) => ({ ...one, file: renditionFile(job, one.name) })),
      };
    });
  }

  /**
   * Writes a photo's picture of whole size, `full`.
   * @throws {DecodeError}
   */
  async wholeSize({ signal, ...job }: JobRequest): Promise<WholeSizeResult> {
    return this.decode(job, this.photoSlots, wholeSizeNames, signal, async () => {
      const report = await this.picture({ ...job, whole: true }, signal);
      const whole = checked(wholeSizeReportSchema.safeParse(report).data);
      return { ...whole, file: renditionFile(job, whole.name) };
    });
  }

  /**
   * Decodes a video and writes `poster`, `thumb`, `small` and `play`. Its process gives way to photos' processes.
   * @throws {DecodeError}
   */
  async video({ signal, onProgress, ...job }: VideoRequest): Promise<VideoResult> {
    return this.decode(job, this.videoSlots, videoRenditionNames, signal, async () => {
      const child = this.start('video-child');
      try {
        const { videoOpenCpuMs, videoIdleMs, videoTimeoutMs } = this.limits;
        const afterProbe = (durationMs: number) => videoCpuLimitMs(durationMs, this.limits);
        const cpu = { timeoutMs: videoOpenCpuMs, afterProbe, idleMs: videoIdleMs };
        const time = { timeoutMs: videoTimeoutMs, cpu };
        const report = await child.run(job, time, signal, onProgress);
        const video = checked(videoReportSchema.safeParse(report).data);
        return {
          ...video,
          renditions: video.renditions.map((one) => ({ ...one, file: renditionFile(job, one.name) })),
        };
      } finally {
        child.stop(null);
        await child.exited;
      }
    });
  }

  /** Stops every child; jobs that still run or wait fail with MEDIA.DECODER_CLOSED. */
  async close(): Promise<void> {
    this.closed = true;
    const children = [...this.children];
    for (const child of children) child.stop(closedError());
    await Promise.all(children.map((child) => child.exited));
  }

  private async decode<Result>(
    job: DecodeJob,
    slots: Slots,
    names: readonly RenditionName[],
    signal: AbortSignal | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> {
    jobSchema.parse(job);
    return slots.use(async () => {
      if (this.closed) throw closedError();
      try {
        return await work();
      } catch (error) {
        // A killed child leaves what it was writing; finished files of an earlier run stay as they are.
        await Promise.all(names.map((name) => rm(partName(renditionFile(job, name)), { force: true })));
        this.log(`${job.stem}: ${error instanceof Error ? error.message : String(error)}`);
        throw error;
      }
    }, signal);
  }

  private async picture(job: DecodeJob, signal: AbortSignal | undefined): Promise<unknown> {
    const name = pictureChild(job.mime);
    const child = this.idle[name].pop() ?? this.start(name);
    try {
      return await child.run(job, { timeoutMs: this.limits.photoTimeoutMs }, signal);
    } finally {
      await this.keepOrRetire(child, name);
    }
  }

  private start(name: ChildName): DecoderChild {
    const video = name === 'video-child';
    const child = new DecoderChild(childEntry(name), {
      memoryBytes: video ? this.limits.videoMemoryBytes : this.limits.photoMemoryBytes,
      cpuSeconds: video ? Math.ceil(this.limits.videoCpuCapMs / 1000) + 60 : photoCpuSeconds,
      niceness: video ? videoNiceness : 0,
    });
    this.children.add(child);
    void child.exited.then(() => {
      this.children.delete(child);
      if (video) return;
      const index = this.idle[name].indexOf(child);
      if (index >= 0) this.idle[name].splice(index, 1);
    });
    return child;
  }

  private async keepOrRetire(child: DecoderChild, name: PictureChild): Promise<void> {
    const { photosPerChild, heicsPerChild, idleMemoryBytes } = this.limits;
    const most = name === 'heic-child' ? heicsPerChild : photosPerChild;
    if (child.alive && child.jobs < most && child.rssBytes <= idleMemoryBytes) {
      this.idle[name].push(child);
      return;
    }
    this.log(`${name} ends after ${child.jobs} photos at ${Math.round(child.rssBytes / 1e6)} MB`);
    child.stop(null);
    await child.exited;
  }
}

type PictureChild = Exclude<ChildName, 'video-child'>;

/** Which codec lies in a HEIF container is not in its type: HEIC and AVIF have a child that looks and knows both. */
const pictureChild = (mime: string): PictureChild =>
  ['image/heic', 'image/heif', 'image/avif'].includes(mime) ? 'heic-child' : 'photo-child';

const closedError = () => new DecodeError('MEDIA.DECODER_CLOSED', 'the decoder was closed');

/** A report that does not have the agreed shape is the answer of a broken child. */
function checked<T>(report: T | undefined): T {
  if (report === undefined) {
    throw new DecodeError('MEDIA.DECODER_CRASHED', 'the decoder sent a malformed report');
  }
  return report;
}
