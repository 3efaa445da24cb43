import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { freePort, startApi, startProcess } from '../../integration/support/server-process.ts';
import { openPremises } from './premises.ts';
import type { Target } from './uploads.ts';

const contest = 'tianyuan-2019';

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
  const premises = await openPremises();
  const { storageDir } = premises;
  const bareDir = path.join(premises.folder, 'bare');
  const api = await startApi(premises.env('api'));
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
      await premises.close();
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
