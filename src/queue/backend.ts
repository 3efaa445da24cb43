import { createPostgresBackend, Queue, runMigrations, withBackend, Worker, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import type { Runtime } from '../config/runtime.js';
import { jobNames, type JobName } from './jobs.js';

/** Of the queue in which a job of this name waits. */
const queueName = (job: JobName) => `dingge-${job}`;

/** A job whose process was killed is handed out again after lock and check: within 20 seconds. */
const workerTimes = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 2 };

export interface QueueBackend {
  queues: Record<JobName, Queue>;
  worker(job: JobName, processor: Processor, concurrency: number): Worker;
  close(): Promise<void>;
}

/** BullMQ on Redis where REDIS_URL is set, else on the PostgreSQL that is there anyway. */
export async function openQueueBackend(runtime: Runtime): Promise<QueueBackend> {
  return runtime.env.redisUrl ? onRedis(runtime.env.redisUrl) : onPostgres(runtime.databaseUrl);
}

function onRedis(url: string): QueueBackend {
  // Adding a job must fail soon when Redis is away (the sweeper adds it later), a worker waits for ever.
  const adding = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, lazyConnect: false });
  const working = new Redis(url, { maxRetriesPerRequest: null });
  for (const client of [adding, working]) client.on('error', () => undefined);
  const queues = queuesBy((job) => new Queue(queueName(job), { connection: adding }));
  return {
    queues,
    worker: (job, processor, concurrency) =>
      new Worker(queueName(job), processor, { connection: working, concurrency, ...workerTimes }),
    async close() {
      await closeAll(queues);
      adding.disconnect();
      working.disconnect();
    },
  };
}

async function onPostgres(url: string): Promise<QueueBackend> {
  await migrateQueue(url);
  const postgres = withBackend(createPostgresBackend);
  // Only pools that BullMQ makes itself find its tables, which lie in a schema of their own.
  const connection = (max: number) => ({ connectionString: url, max, keepAlive: true });
  const queues = queuesBy(
    (job) => new postgres.Queue(queueName(job), { connection: connection(2) }) as unknown as Queue,
  );
  return {
    queues,
    worker: (job, processor, concurrency) =>
      new postgres.Worker(queueName(job), processor, {
        connection: connection(concurrency + 2),
        concurrency,
        ...workerTimes,
      }) as unknown as Worker,
    close: () => closeAll(queues),
  };
}

function queuesBy(make: (job: JobName) => Queue): Record<JobName, Queue> {
  return Object.fromEntries(jobNames.map((job) => [job, make(job)])) as Record<JobName, Queue>;
}

async function closeAll(queues: Record<JobName, Queue>): Promise<void> {
  await Promise.all(Object.values(queues).map((queue) => queue.close()));
}

async function migrateQueue(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  await runMigrations(pool).finally(() => pool.end());
}
