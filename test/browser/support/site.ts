import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { takeDatabase } from '../../integration/support/databases.ts';
import { MAIN, startProcess, type RunningProcess } from '../../integration/support/server-process.ts';

export interface BrowserSite {
  url: string;
  /** Where the server keeps what it writes by itself. */
  dataDir: string;
  /** As the terminal printed it. */
  oneTimePassword: string;
  process: RunningProcess;
  stop(): Promise<void>;
}

/**
 * Everything in one process, as people run it, on an empty data folder. `asPeople`: with a database of its own in it,
 * too; the others take one of the suites', which is there in no time.
 */
export async function startBrowserSite(
  env: Record<string, string> = {},
  { asPeople = false } = {},
): Promise<BrowserSite> {
  const database = asPeople || env['DATABASE_URL'] ? null : await takeDatabase();
  const folder = mkdtempSync(path.join(tmpdir(), 'dingge-browser-'));
  // Run as root, PostgreSQL runs as another user, who must be able to look in.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const process_ = await startProcess({
    command: process.execPath,
    args: [MAIN],
    env: {
      DATA_DIR: path.join(folder, 'data'),
      STORAGE_URL: `file:${path.join(folder, 'uploads')}`,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      ...(database && { DATABASE_URL: database.url }),
      ...env,
    },
    ready: async () => (await fetch(`${url}/api/health/ready`).catch(() => null))?.ok ?? false,
  });
  return {
    url,
    dataDir: path.join(folder, 'data'),
    oneTimePassword: /one-time password (\S+)/.exec(process_.output())![1],
    process: process_,
    async stop() {
      await process_.stop();
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
