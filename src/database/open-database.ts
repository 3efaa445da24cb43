import type { Env } from '../config/env.js';
import { openDataSource } from './data-source.js';
import { startEmbeddedPostgres } from './embedded/index.js';

export interface OpenDatabase {
  url: string;
  close(): Promise<void>;
}

/** The database that the environment names, or the embedded one. */
export async function openDatabase(env: Env, log: (line: string) => void): Promise<OpenDatabase> {
  if (env.databaseUrl) return { url: env.databaseUrl, close: () => Promise.resolve() };
  const postgres = await startEmbeddedPostgres({ dataDir: env.dataDir, log });
  return { url: postgres.url, close: () => postgres.stop() };
}

/** Any number that only migrations use: of several processes that start at once one migrates, the others wait. */
const migrationLock = 7_151_914;

/** Brings the schema up to date. */
export async function migrate(url: string): Promise<string[]> {
  const dataSource = await openDataSource(url);
  try {
    const runner = dataSource.createQueryRunner();
    await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    try {
      return (await dataSource.runMigrations()).map(({ name }) => name);
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
      await runner.release();
    }
  } finally {
    await dataSource.destroy();
  }
}
