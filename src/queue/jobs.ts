/** Every job there is, with what it carries: ids only, the truth is in the rows. */
export interface Jobs {
  /** Decode one media file and make its renditions. */
  'media.process': { mediaId: string; version: number };
}

export type JobName = keyof Jobs;
export const jobNames: readonly JobName[] = ['media.process'];

export type JobHandler<N extends JobName> = (payload: Jobs[N], signal: AbortSignal) => Promise<void>;

/** Which function does which job; filled by the rooms at start, checked before the first job is taken. */
export class JobRegistry {
  private readonly handlers = new Map<JobName, JobHandler<JobName>>();

  register<N extends JobName>(name: N, handler: JobHandler<N>): void {
    if (this.handlers.has(name)) throw new Error(`Two handlers for the job ${name}`);
    this.handlers.set(name, handler as JobHandler<JobName>);
  }

  /** Throws where a job has no handler. */
  assertComplete(): void {
    const missing = jobNames.filter((name) => !this.handlers.has(name));
    if (missing.length > 0) throw new Error(`No handler for the job ${missing.join(', ')}`);
  }

  handler<N extends JobName>(name: N): JobHandler<N> {
    const handler = this.handlers.get(name);
    if (!handler) throw new Error(`No handler for the job ${name}`);
    return handler;
  }
}
