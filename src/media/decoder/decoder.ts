import { rm } from 'node:fs/promises';
import { DecoderChild } from './child.js';
import { DecodeError } from './errors.js';
import { childEntry } from './launch.js';
import { defaultLimits, videoTimeoutMs, type DecoderLimits } from './limits.js';
import {
  jobSchema,
  photoRenditionNames,
  photoReportSchema,
  videoRenditionNames,
  videoReportSchema,
  type DecodeJob,
} from './messages.js';
import { partName, renditionFile, type RenditionName } from './names.js';
import type { PhotoResult, VideoResult } from './results.js';
import { Slots } from './slots.js';

export { DecodeError, decodeErrorCodes, isDecodeErrorCode, type DecodeErrorCode } from './errors.js';
export type { CameraFacts, Fingerprint, PhotoResult, VideoResult } from './results.js';

export interface DecoderOptions {
  /** How many files are decoded at a time, photos and videos together; one a core. */
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

/** A photo child lives for photosPerChild photos of at most a second or so; this ends one that nobody watches. */
const photoCpuSeconds = 30 * 60;

/**
 * Decodes strangers' files in processes of their own: long-lived ones for photos, one for each video. They have
 * an empty environment and bounded memory and time; whatever a file does to one, only its own job fails.
 */
export class Decoder {
  private readonly limits: DecoderLimits;
  private readonly log: (message: string) => void;
  private readonly slots: Slots;
  private readonly children = new Set<DecoderChild>();
  private readonly idlePhotoChildren: DecoderChild[] = [];
  private closed = false;

  constructor(options: DecoderOptions) {
    this.limits = { ...defaultLimits, ...options.limits };
    this.log = options.log ?? (() => undefined);
    this.slots = new Slots(options.slots);
  }

  /**
   * Decodes a photo once and writes `preview`, `thumb` and `small`.
   * @throws {DecodeError}
   */
  async photo({ signal, ...job }: JobRequest): Promise<PhotoResult> {
    return this.decode(job, photoRenditionNames, signal, async () => {
      const child = this.idlePhotoChildren.pop() ?? this.start('photo-child');
      try {
        const report = await child.run(job, { timeoutMs: this.limits.photoTimeoutMs }, signal);
        const photo = checked(photoReportSchema.safeParse(report).data);
        return {
          ...photo,
          renditions: photo.renditions.map((one) => ({ ...one, file: renditionFile(job, one.name) })),
        };
      } finally {
        await this.keepOrRetire(child);
      }
    });
  }

  /**
   * Decodes a video near its start and its end and writes `poster`, `thumb`, `small` and `play`.
   * @throws {DecodeError}
   */
  async video({ signal, ...job }: JobRequest): Promise<VideoResult> {
    return this.decode(job, videoRenditionNames, signal, async () => {
      const child = this.start('video-child');
      try {
        const afterProbe = (durationMs: number) => videoTimeoutMs(durationMs, this.limits);
        const report = await child.run(job, { timeoutMs: this.limits.videoTimeoutMs, afterProbe }, signal);
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
    names: readonly RenditionName[],
    signal: AbortSignal | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> {
    jobSchema.parse(job);
    return this.slots.use(async () => {
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

  private start(entry: 'photo-child' | 'video-child'): DecoderChild {
    const photo = entry === 'photo-child';
    const child = new DecoderChild(childEntry(entry), {
      memoryBytes: photo ? this.limits.photoMemoryBytes : this.limits.videoMemoryBytes,
      cpuSeconds: photo ? photoCpuSeconds : Math.ceil(this.limits.videoTimeoutCapMs / 1000),
    });
    this.children.add(child);
    void child.exited.then(() => {
      this.children.delete(child);
      const index = this.idlePhotoChildren.indexOf(child);
      if (index >= 0) this.idlePhotoChildren.splice(index, 1);
    });
    return child;
  }

  private async keepOrRetire(child: DecoderChild): Promise<void> {
    const { photosPerChild, idleMemoryBytes } = this.limits;
    if (child.alive && child.jobs < photosPerChild && child.rssBytes <= idleMemoryBytes) {
      this.idlePhotoChildren.push(child);
      return;
    }
    this.log(`photo decoder ends after ${child.jobs} photos at ${Math.round(child.rssBytes / 1e6)} MB`);
    child.stop(null);
    await child.exited;
  }
}

const closedError = () => new DecodeError('MEDIA.DECODER_CLOSED', 'the decoder was closed');

/** A report that does not have the agreed shape is the answer of a broken child. */
function checked<T>(report: T | undefined): T {
  if (report === undefined) {
    throw new DecodeError('MEDIA.DECODER_CRASHED', 'the decoder sent a malformed report');
  }
  return report;
}
