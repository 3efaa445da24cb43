import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../database/data-source.js';
import { startEmbeddedPostgres } from '../database/embedded/index.js';

/**
 * Says whether the migrations make the tables that the entities describe, and whether they can be undone, on a
 * database of its own that is thrown away. Prints what is wrong; 1 if anything is.
 */
export async function main(): Promise<number> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'dingge-migrations-'));
  try {
    // As root, PostgreSQL runs as a user who must be able to enter. Else all still lies where it is removed.
    await chmod(dataDir, 0o755);
    const postgres = await startEmbeddedPostgres({
      dataDir,
      awayDir: path.join(dataDir, 'away'),
      log: (line) => console.error(line),
    });
    try {
      return await check(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function check(url: string): Promise<number> {
  const dataSource = await openDataSource(url);
  try {
    const findings = await drift(dataSource);
    findings.push(...(await undoAndRedo(dataSource)));
    for (const finding of findings) console.log(finding);
    return findings.length === 0 ? 0 : 1;
  } finally {
    await dataSource.destroy();
  }
}

/** What TypeORM would still have to do to a database that all migrations have made. */
async function drift(dataSource: DataSource): Promise<string[]> {
  await dataSource.runMigrations();
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => `The entities differ from the migrations: ${query}`);
}

async function undoAndRedo(dataSource: DataSource): Promise<string[]> {
  for (let left = dataSource.migrations.length; left > 0; left -= 1) await dataSource.undoLastMigration();
  const remains = await leftBehind(dataSource);
  if (remains.length > 0) return remains.map((name) => `Undoing the migrations leaves ${name} behind.`);
  const redone = await dataSource.runMigrations();
  return redone.length === dataSource.migrations.length ? [] : ['Not every migration ran a second time.'];
}

/** Whatever has a name in the schema, but for TypeORM's own list of migrations. */
async function leftBehind(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ name: string }[]>(`
    SELECT name FROM (
      SELECT relname AS name, relnamespace AS schema FROM pg_class
      UNION ALL SELECT proname, pronamespace FROM pg_proc
      UNION ALL SELECT typname, typnamespace FROM pg_type
    ) AS things
    WHERE schema = 'public'::regnamespace AND name !~ '^_?migrations(_id_seq)?$' AND name !~ '^PK_'
    ORDER BY name`);
  return rows.map(({ name }) => name);
}
