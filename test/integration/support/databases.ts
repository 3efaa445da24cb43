import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

// Imports nothing of ours, so that browser suites, which Node runs as they are, can use it too.

export interface SuiteDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A database of a suite's own on the suites' PostgreSQL: a copy of the migrated one, or (`template0`) an empty one. */
export async function takeDatabase(template: 'dingge' | 'template0' = 'dingge'): Promise<SuiteDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await run(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  return { url: urlOf(name), drop: () => drop(name) };
}

const urlOf = (database: string) => new URL(`/${database}`, process.env['TEST_DATABASE_URL']).href;

/** From a database of no suite's: PostgreSQL copies none that somebody else is in. */
async function run(sql: string): Promise<void> {
  const client = new Client({ connectionString: urlOf('postgres') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Autovacuum, which looks into a database for a moment, is no process that its owner may end. */
async function drop(name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run(`DROP DATABASE ${name} WITH (FORCE)`);
    } catch (error) {
      if ((error as { code?: string }).code !== '42501' || tries === 20) throw error;
      await sleep(500);
    }
  }
}
