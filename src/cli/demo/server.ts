import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** `1+2`: so many api and so many worker processes; absent: one process that does everything. */
export interface Processes {
  api: number;
  workers: number;
}

export interface RunningServer {
  url: string;
  /** The organiser's login and one-time password, if this was the first start. */
  organiser: { login: string; password: string } | null;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../main.js', import.meta.url));
const ANNOUNCEMENT = /DINGGE organiser login (\S+) one-time password (\S+)/;
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 15_000;

/** One server process and what it printed. */
class Child {
  output = '';
  private readonly child: ChildProcess;

  constructor(env: Record<string, string | undefined>) {
    this.child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-20_000);
      });
    }
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    const left = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_LIMIT_MS);
    await left;
    clearTimeout(late);
  }
}

/**
 * Starts the built server on a free port of this machine and waits until it is ready.
 * @param env the environment it inherits; PORT, HOST and ROLE are set here
 * @throws an Error with the server's last words if it doesn't come up
 */
export async function startServer(
  env: Record<string, string | undefined>,
  processes: Processes | null,
): Promise<RunningServer> {
  const children: Child[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
  };
  const secrets = processes
    ? { SESSION_SECRET: env.SESSION_SECRET ?? secret(), DATA_KEY: env.DATA_KEY ?? secret() }
    : {};
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = (role: string, at: number): Child => {
    const child = new Child({ ...env, ...secrets, ROLE: role, HOST: '127.0.0.1', PORT: String(at) });
    children.push(child);
    return child;
  };
  try {
    const first = start(processes ? 'api' : 'all', port);
    await ready(url, first);
    // The others start on a migrated database, one after the other, so that none races the first.
    for (let i = 1; i < (processes?.api ?? 1); i += 1) {
      const at = await freePort();
      await ready(`http://127.0.0.1:${at}`, start('api', at));
    }
    for (let i = 0; i < (processes?.workers ?? 0); i += 1) start('worker', 0);
    const found = ANNOUNCEMENT.exec(first.output);
    return { url, organiser: found ? { login: found[1], password: found[2] } : null, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const secret = (): string => randomBytes(48).toString('base64');

async function ready(url: string, child: Child): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (child.running && Date.now() < limit) {
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(150);
  }
  const words = child.output.trim().split('\n').slice(-12).join('\n');
  throw new Error(`服务没有启动 · The server did not come up:\n${words}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
