import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../../../src/database/data-source.js';
import { loadEnv } from '../../../src/config/env.js';
import { storeOf } from '../../../src/storage/storage.service.js';
import type { Store } from '../../../src/storage/store.js';
import { takeDatabase } from '../support/databases.js';
import type { TestRedis } from '../support/redis.js';
import { startS3 } from '../support/s3/server.js';
import { startApi, startWorker, type ApiProcess, type RunningProcess } from '../support/server-process.js';
import { readCompose, type ComposeFile } from './compose-file.js';

/** The processes of docker-compose.yml, as many of each and with the environment that the file gives them. */
export interface Deployment {
  apis: ApiProcess[];
  workers: RunningProcess[];
  /** What every process has of its own: where it receives and makes files. */
  spools(): string[];
  /** What all of them share. */
  store: Store;
  dataSource: DataSource;
  /** Fills `workers` up to their number in the file. */
  startWorkers(): Promise<void>;
  /** Ends what still runs and removes what it left. */
  close(): Promise<void>;
}

/** A filled-in `.env`, as somebody who follows deploy/env.example has it. */
export function exampleEnv(): Record<string, string> {
  return {
    PUBLIC_URL: 'https://photo.example.org',
    POSTGRES_PASSWORD: randomBytes(24).toString('hex'),
    S3_SECRET_ACCESS_KEY: randomBytes(24).toString('hex'),
    SESSION_SECRET: randomBytes(48).toString('base64'),
    DATA_KEY: randomBytes(48).toString('base64'),
  };
}

/**
 * Starts them on this machine, on an empty database. Of the file's environment only what names another
 * container is replaced: database, Redis, store, and the address that an api listens on. Each has a folder of its
 * own, as on a machine of its own. All of them start at once, as they would after a power cut. Without a Redis the
 * queue is PostgreSQL's.
 */
export async function deploy(redis: TestRedis | null): Promise<Deployment> {
  const { services } = readCompose(exampleEnv());
  const database = await takeDatabase('template0');
  const folder = mkdtempSync(path.join(tmpdir(), 'dingge-test-deployment-'));
  const { S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: secret, STORAGE_URL: url } = services.api.environment!;
  const s3 = await startS3({ key: { id, secret, region: 'us-east-1' } });
  const environmentOf = (service: keyof ComposeFile['services']) => ({
    ...services[service].environment,
    DATABASE_URL: database.url,
    REDIS_URL: redis?.url ?? '',
    STORAGE_URL: url.replace(/(?<=endpoint=)[^&]+/, s3.endpoint),
    // Those that take files in share it; the others need not.
    SPOOL_DIR: service === 'api' ? path.join(folder, 'api') : mkdtempSync(path.join(folder, `${service}-`)),
  });
  const apis: ApiProcess[] = [];
  const workers: RunningProcess[] = [];
  const startWorkers = () =>
    fill(workers, services.worker.deploy.replicas!, () => startWorker(environmentOf('worker')));
  const close = async () => {
    const left = [...apis, ...workers].filter((process) => process.running());
    await Promise.all(left.map((process) => process.stop()));
    await database.drop();
    await s3.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const starting = await Promise.allSettled([
    fill(apis, services.api.deploy.replicas!, () => startApi(environmentOf('api'))),
    startWorkers(),
  ]);
  const failed = starting.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  const dataSource = await openDataSource(database.url);
  return {
    apis,
    workers,
    spools: () => readdirSync(folder).map((name) => path.join(folder, name)),
    store: await storeOf(loadEnv(environmentOf('api'))),
    dataSource,
    startWorkers,
    async close() {
      await dataSource.destroy();
      await close();
    },
  };
}

/** Starts what lacks, all at once; what starts is in the list even where another one fails. */
async function fill<T>(list: T[], count: number, start: () => Promise<T>): Promise<void> {
  const starting = Array.from({ length: count - list.length }, async () => list.push(await start()));
  const failed = (await Promise.allSettled(starting)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
