import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram, freePort, startProcess } from '../support/server-process.js';
import { read } from './compose-file.js';

export interface Proxy {
  url: string;
  close(): Promise<void>;
}

export const caddy = findProgram('caddy');

/** Starts Caddy on our Caddyfile, in front of these servers instead of the containers that are named `api`. */
export async function startProxy(program: string, upstreams: string[]): Promise<Proxy> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dingge-test-proxy-'));
  const config = path.join(folder, 'Caddyfile');
  const hosts = upstreams.map((url) => new URL(url).host).join(' ');
  writeFileSync(config, read('deploy/Caddyfile').replace(/dynamic a \{[^}]*\}/, `to ${hosts}`));
  const url = `http://127.0.0.1:${await freePort()}`;
  const running = await startProcess({
    command: program,
    args: ['run', '--config', config, '--adapter', 'caddyfile'],
    env: { PUBLIC_URL: url, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    ready: () =>
      fetch(`${url}/api/health/live`).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
  return {
    url,
    async close() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
