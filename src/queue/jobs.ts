import type { Role } from '../config/env.js';

/** Every job there is, with what it carries: ids only, the truth is in the rows. */
export interface Jobs {
  /** Decode one photo of ordinary size and make its renditions. */
  'media.process': { mediaId: string; version: number };
  /** The same for a video or a very large photo, which takes long. */
  'media.process-large': { mediaId: string; version: number };
  /** Make the picture of a photo's whole size, which somebody zooms in on. */
  'media.full': { mediaId: string; version: number };
  /** Send one e-mail. */
  'mail.send': { mailId: string; version: number };
}

export type JobName = keyof Jobs;
export const jobNames: readonly JobName[] = [
  'media.process',
  'media.process-large',
  'media.full',
  'mail.send',
];

/**
 * What a process of a role does. Files of strangers are opened where nothing leads out (a worker needs no network but
 * that of its data); e-mails go out from where people come in.
 */
export function jobsOf(role: Role): readonly JobName[] {
  switch (role) {
    case 'all':
      return jobNames;
    case 'api':
      return ['mail.send'];
    case 'worker':
      return ['media.process', 'media.process-large', 'media.full'];
  }
}

/**
 * How many of each job a process does at a time, on so many cores. Each job has a queue of its own, so that long
 * ones never stand in front of short ones. Two ordinary ones a core: while one decodes, the rows and files of the
 * other are read or written; how many decode at a time is the decoder's to say.
 */
export function concurrencyOf(name: JobName, cores: number): number {
  switch (name) {
    case 'media.process':
      return 2 * cores;
    // A video takes every core by itself, and gives way to photos.
    case 'media.process-large':
      return 1;
    // A judge looks at the preview meanwhile.
    case 'media.full':
      return cores;
    // Mail servers want few connections.
    case 'mail.send':
      return 2;
  }
}

export type JobHandler<N extends JobName> = (payload: Jobs[N], signal: AbortSignal) => Promise<void>;

/** Which function does which job; filled by the rooms at start, checked before the first job is taken. */
export class JobRegistry {
  private readonly handlers = new Map<JobName, JobHandler<JobName>>();

  register<N extends JobName>(name: N, handler: JobHandler<N>): void {
    if (this.handlers.has(name)) throw new Error(`Two handlers for the job ${name}`);
    this.handlers.set(name, handler as JobHandler<JobName>);
  }

  /** Throws where one of these jobs has no handler. */
  assertComplete(names: readonly JobName[]): void {
    const missing = names.filter((name) => !this.handlers.has(name));
    if (missing.length > 0) throw new Error(`No handler for the job ${missing.join(', ')}`);
  }

  handler<N extends JobName>(name: N): JobHandler<N> {
    const handler = this.handlers.get(name);
    if (!handler) throw new Error(`No handler for the job ${name}`);
    return handler;
  }
}
