import { createPostgresBackend, Queue, runMigrations, withBackend, Worker, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import type { Runtime } from '../config/runtime.js';

const queueName = 'dingge';

/** A job whose process was killed is handed out again after lock and check: within 20 seconds. */
const workerTimes = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 2 };

export interface QueueBackend {
  queue: Queue;
  worker(processor: Processor, concurrency: number): Worker;
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
  const queue = new Queue(queueName, { connection: adding });
  return {
    queue,
    worker: (processor, concurrency) =>
      new Worker(queueName, processor, { connection: working, concurrency, ...workerTimes }),
    async close() {
      await queue.close();
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
  const queue = new postgres.Queue(queueName, { connection: connection(4) });
  return {
    queue: queue as unknown as Queue,
    worker: (processor, concurrency) =>
      new postgres.Worker(queueName, processor, {
        connection: connection(concurrency + 2),
        concurrency,
        ...workerTimes,
      }) as unknown as Worker,
    close: () => queue.close(),
  };
}

async function migrateQueue(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  await runMigrations(pool).finally(() => pool.end());
}
