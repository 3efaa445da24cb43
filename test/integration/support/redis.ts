import { Redis } from 'ioredis';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram, freePort, startProcess } from './server-process.js';

/** A Redis of the test's own, empty at the start. */
export interface TestRedis {
  url: string;
  /** For the test's own questions. */
  client: Redis;
  /** Loses everything. */
  flush: () => Promise<void>;
  close: () => Promise<void>;
}

/** Where a Redis can come from on this machine: REDIS_URL, else a redis-server on the PATH, else nowhere. */
export type RedisSource = { url: string } | { program: string } | null;

export function findRedis(): RedisSource {
  const url = process.env['REDIS_URL'];
  if (url) return { url };
  const program = findProgram('redis-server');
  return program ? { program } : null;
}

/** What a suite adds to its name where {@link findRedis} finds none. */
export const noRedis = 'skipped: no redis-server on the PATH and no REDIS_URL';

/**
 * Starts a Redis with the given flags, or uses the one of REDIS_URL.
 * @throws if the database of REDIS_URL holds anything: tests lose all data on purpose
 */
export async function startRedis(source: NonNullable<RedisSource>, flags: string[] = []): Promise<TestRedis> {
  if ('url' in source) return useRedis(source.url);
  const folder = mkdtempSync(path.join(tmpdir(), 'dingge-test-redis-'));
  const port = await freePort();
  const server = await startProcess({
    command: source.program,
    args: [...flags, '--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
    ready: ({ output }) => output().includes('Ready to accept connections'),
  });
  const redis = connect(`redis://127.0.0.1:${port}`);
  return {
    ...redis,
    async close() {
      await redis.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function useRedis(url: string): Promise<TestRedis> {
  const redis = connect(url);
  if ((await redis.client.dbsize()) > 0) {
    await redis.close();
    throw new Error('REDIS_URL names a database that is not empty; tests need one that they may flush');
  }
  return {
    ...redis,
    async close() {
      await redis.flush();
      await redis.close();
    },
  };
}

function connect(url: string): TestRedis {
  const client = new Redis(url);
  return {
    url,
    client,
    flush: async () => void (await client.flushdb()),
    close: async () => void (await client.quit()),
  };
}
