import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { freePort, startApi, startProcess } from '../../integration/support/server-process.ts';
import { openPremises } from './premises.ts';
import type { TusTarget } from './tus-uploads.ts';

const contest = 'tianyuan-2019';
/** Between two turns a kept connection may have ended. */
const once = { connection: 'close' };

export interface ResumableServers {
  pids: { api: number; bare: number };
  /** A target for so many uploads: at the API an account of its own with a draft for each. */
  target(server: 'api' | 'bare', uploads: number): Promise<TusTarget>;
  /** Removes the files that either has stored. */
  emptyStorage(): void;
  close(): Promise<void>;
}

/** The real API as a process that only answers requests, and the bare tus server, both on the same disk. */
export async function startResumableServers(): Promise<ResumableServers> {
  const premises = await openPremises();
  const bareDir = path.join(premises.folder, 'bare');
  mkdirSync(bareDir, { recursive: true });
  const api = await startApi(premises.env('api'));
  const port = await freePort();
  const bare = await startProcess({
    command: process.execPath,
    args: [path.join(import.meta.dirname, 'bare-tus-server.ts'), bareDir, String(port)],
    ready: ({ output }) => output().includes('listening'),
  });
  let accounts = 0;
  return {
    pids: { api: api.pid, bare: bare.pid },
    async target(server, uploads) {
      if (server === 'bare') return { url: `http://127.0.0.1:${port}/files`, cookie: '', submissions: [] };
      accounts += 1;
      const cookie = await register(api.url, 13_800_000_000 + accounts);
      const submissions: string[] = [];
      for (let n = 0; n < uploads; n++) submissions.push(await draft(api.url, cookie));
      return { url: `${api.url}/api/uploads`, cookie, submissions };
    },
    emptyStorage() {
      for (const stored of [bareDir, path.join(premises.storageDir, 'originals')]) {
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

async function register(url: string, phone: number): Promise<string> {
  const response = await fetch(`${url}/api/accounts`, {
    method: 'POST',
    headers: { ...once, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: '社区工作者',
      phone: String(phone),
      password: randomBytes(12).toString('base64url'),
    }),
  });
  if (response.status !== 201) throw new Error(`registering: ${response.status} ${await response.text()}`);
  return response.headers.getSetCookie().at(-1)!.split(';')[0];
}

async function draft(url: string, cookie: string): Promise<string> {
  const form = new FormData();
  form.append('category', 'douyin');
  form.append('draft', 'true');
  const response = await fetch(`${url}/api/contests/${contest}/submissions`, {
    method: 'POST',
    headers: { ...once, cookie },
    body: form,
  });
  if (response.status !== 201) throw new Error(`a draft: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}
