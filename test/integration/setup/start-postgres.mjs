import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../../../dist/database/embedded/index.js';
import { migrate } from '../../../dist/database/open-database.js';

/** One real PostgreSQL for all suites; each takes a copy of the migrated database for its own. */
export default async function start() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'dingge-test-postgres-'));
  // Run as root, PostgreSQL runs as another user, who must be able to look in.
  chmodSync(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  await migrate(postgres.url);
  process.env.TEST_DATABASE_URL = postgres.url;
  globalThis.dinggeTestPostgres = { postgres, dataDir };
}
