import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { availableParallelism } from 'node:os';
import type { Worker } from 'bullmq';
import { Runtime } from '../config/runtime.js';
import { openQueueBackend, type QueueBackend } from './backend.js';
import { concurrencyOf, JobRegistry, jobsOf, type JobName, type Jobs } from './jobs.js';

/** Longest that an upload waits for its job to be taken in; the sweeper adds what this gives up on. */
const addWithinMs = 2000;

/** Hands jobs out and, in a worker process, does them. */
@Injectable()
export class QueueService implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('queue');
  private readonly stopping = new AbortController();
  private backend: QueueBackend;
  private workers: Worker[] = [];

  constructor(
    private readonly runtime: Runtime,
    private readonly registry: JobRegistry,
  ) {}

  async onModuleInit(): Promise<void> {
    this.backend = await openQueueBackend(this.runtime);
    for (const queue of Object.values(this.backend.queues)) {
      queue.on('error', (error: Error) => this.logger.warn(error.message));
    }
  }

  /**
   * Adds a job after the commit that made its row pending. Never throws: the row is the outbox, and the
   * sweeper hands out again what could not be added now.
   */
  async add<N extends JobName>(name: N, id: string, payload: Jobs[N]): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not taken in within ${addWithinMs} ms`)), addWithinMs);
    });
    const added = this.backend.queues[name].add(name, payload, {
      jobId: id,
      attempts: 3,
      backoff: { type: 'exponential', delay: 1000 },
      removeOnComplete: true,
      removeOnFail: true,
    });
    try {
      await Promise.race([added, late]);
    } catch (error) {
      this.logger.warn(`${id}: ${(error as Error).message}; the sweeper will add it`);
      added.catch(() => undefined);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whether the queue still has the job, in whatever state. */
  async has(name: JobName, id: string): Promise<boolean> {
    return (await this.backend.queues[name].getJob(id)) !== undefined;
  }

  /** Begins to do the jobs of this process's role; refuses where one has no handler. */
  start(): void {
    const names = jobsOf(this.runtime.env.role);
    this.registry.assertComplete(names);
    this.workers = names.map((name) => this.work(name));
  }

  private work(name: JobName): Worker {
    const handle = this.registry.handler(name);
    const worker = this.backend.worker(
      name,
      ({ data }) => handle(data as Jobs[JobName], this.stopping.signal),
      concurrencyOf(name, availableParallelism()),
    );
    worker.on('error', (error) => this.logger.warn(error.message));
    worker.on('failed', (job, error) => this.logger.warn(`${job?.id ?? 'job'}: ${error.message}`));
    return worker;
  }

  /** Before the database's connections close: what is cut short still has to be written down. */
  async beforeApplicationShutdown(): Promise<void> {
    // What is under way is cut short and handed out again at the next start: jobs may run twice.
    this.stopping.abort();
    await Promise.all(this.workers.map((worker) => worker.close()));
    await this.backend?.close();
  }
}
