import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as embedded from '../../../src/database/embedded/index.js';
import { freePort, startApi, startProcess } from '../../integration/support/server-process.ts';
import type { Target } from './uploads.ts';

const contest = 'tianyuan-2019';
const dist = path.resolve(import.meta.dirname, '../../../dist');

export interface IngestServers {
  /** The real API, signed in. */
  api: Target & { pid: number };
  /** The bare server; `synced` answers once the bytes are on the disk. */
  bare: Target;
  synced: Target;
  /** A community of the contest. */
  community: string;
  /** Removes the files that either has stored. */
  emptyStorage(): void;
  close(): Promise<void>;
}

/**
 * Starts the API on an embedded PostgreSQL, as a process that only answers requests (decoding is other
 * processes' work, and none of them runs), and the bare server, both on the same disk.
 */
export async function startIngestServers(): Promise<IngestServers> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dingge-bench-'));
  // Root's database runs as another user: where that one can't look, its data would lie elsewhere, and stay.
  chmodSync(folder, 0o755);
  const bareDir = path.join(folder, 'bare');
  const storageDir = path.join(folder, 'uploads');
  const launcher = pathToFileURL(path.join(dist, 'database/embedded/index.js')).href;
  const { startEmbeddedPostgres } = (await import(launcher)) as typeof embedded;
  const postgres = await startEmbeddedPostgres({
    dataDir: path.join(folder, 'data'),
    log: (line) => console.error(line),
  });
  const secret = () => randomBytes(32).toString('hex');
  const api = await startApi({
    ROLE: 'api',
    DATABASE_URL: postgres.url,
    STORAGE_URL: pathToFileURL(storageDir).href,
    SESSION_SECRET: secret(),
    DATA_KEY: secret(),
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
  });
  mkdirSync(bareDir, { recursive: true });
  const port = await freePort();
  const bare = await startProcess({
    command: process.execPath,
    args: [path.join(import.meta.dirname, 'bare-server.ts'), bareDir, String(port)],
    ready: ({ output }) => output().includes('listening'),
  });
  const bareUrl = `http://127.0.0.1:${port}`;
  return {
    api: {
      url: `${api.url}/api/contests/${contest}/submissions`,
      cookie: await register(api.url),
      pid: api.pid,
    },
    bare: { url: `${bareUrl}/`, cookie: '' },
    synced: { url: `${bareUrl}/synced`, cookie: '' },
    community: await aCommunity(api.url),
    emptyStorage() {
      for (const stored of [bareDir, path.join(storageDir, 'originals')]) {
        rmSync(stored, { recursive: true, force: true });
        mkdirSync(stored);
      }
    },
    async close() {
      await Promise.all([api.stop(), bare.stop()]);
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function register(url: string): Promise<string> {
  const response = await fetch(`${url}/api/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: '社区工作者',
      phone: '13800000000',
      password: randomBytes(12).toString('base64url'),
    }),
  });
  if (response.status !== 201) throw new Error(`registering: ${response.status} ${await response.text()}`);
  // The session that the browser may have had ends first; the last cookie is the new one.
  return response.headers.getSetCookie().at(-1)!.split(';')[0];
}

async function aCommunity(url: string): Promise<string> {
  const response = await fetch(`${url}/api/contests/${contest}`);
  const { communities } = (await response.json()) as { communities: { name: string }[] };
  return communities[0].name;
}
