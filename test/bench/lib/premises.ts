import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as embedded from '../../../src/database/embedded/index.js';

const dist = path.resolve(import.meta.dirname, '../../../dist');

/** A module of the built server. */
export const built = async <T>(file: string): Promise<T> =>
  (await import(pathToFileURL(path.join(dist, file)).href)) as T;

/** An empty folder and an embedded PostgreSQL for one process of the real server. */
export interface Premises {
  folder: string;
  storageDir: string;
  databaseUrl: string;
  /** The environment of that process, as a deployment gives it. */
  env(role: 'api' | 'worker'): Record<string, string>;
  /** Once the process has ended. */
  close(): Promise<void>;
}

export async function openPremises(): Promise<Premises> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dingge-bench-'));
  // Root's database runs as another user: where that one can't look, its data would lie elsewhere, and stay.
  chmodSync(folder, 0o755);
  const storageDir = path.join(folder, 'uploads');
  const { startEmbeddedPostgres } = await built<typeof embedded>('database/embedded/index.js');
  const postgres = await startEmbeddedPostgres({
    dataDir: path.join(folder, 'data'),
    log: (line) => console.error(line),
  });
  const secret = () => randomBytes(32).toString('hex');
  return {
    folder,
    storageDir,
    databaseUrl: postgres.url,
    env: (role) => ({
      ROLE: role,
      DATABASE_URL: postgres.url,
      STORAGE_URL: pathToFileURL(storageDir).href,
      SESSION_SECRET: secret(),
      DATA_KEY: secret(),
      LOG_LEVEL: 'warn',
      NODE_ENV: 'production',
    }),
    async close() {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
