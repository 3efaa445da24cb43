import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Env } from '../../config/env.js';

/** `1+2`: so many api and so many worker processes; absent: one process that does everything. */
export interface Processes {
  api: number;
  workers: number;
}

/** Who may run the contest, as printed at a database's first start. */
export interface OrganiserLogin {
  login: string;
  password: string;
}

const MAIN = fileURLToPath(new URL('../../main.js', import.meta.url));
const ANNOUNCEMENT = /DINGGE organiser login (\S+) one-time password (\S+)/;
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 15_000;

/** One server process and what it printed. */
class Child {
  output = '';
  private readonly child: ChildProcess;

  constructor(env: Record<string, string>) {
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

/** The demo's own server: the built one, on a free port of this machine. */
export class DemoServer {
  url = '';
  /** Absent when this wasn't the first start on its database. */
  organiser: OrganiserLogin | null = null;
  private readonly children: Child[] = [];

  /** @param env the settings the processes are started with; HOST, PORT and ROLE are the demo's own */
  constructor(
    private readonly env: Env,
    private readonly processes: Processes | null,
  ) {}

  /** @throws an Error with the server's last words if it doesn't come up */
  async start(): Promise<void> {
    const { processes } = this;
    const shared = processes ? sharedSecrets(this.env) : {};
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const first = this.spawn({ ...shared, ROLE: processes ? 'api' : 'all', PORT: String(port) });
    await ready(this.url, first);
    // The others start on a migrated database, one after the other, so that none races the first.
    for (let i = 1; i < (processes?.api ?? 1); i += 1) {
      const at = await freePort();
      await ready(`http://127.0.0.1:${at}`, this.spawn({ ...shared, ROLE: 'api', PORT: String(at) }));
    }
    for (let i = 0; i < (processes?.workers ?? 0); i += 1) this.spawn({ ...shared, ROLE: 'worker' });
    const found = ANNOUNCEMENT.exec(first.output);
    this.organiser = found ? { login: found[1], password: found[2] } : null;
  }

  /** What a process said before it died unasked, or nothing if all live. */
  get lastWords(): string {
    return this.children
      .filter(({ running }) => !running)
      .map((child) => tail(child.output))
      .join('\n');
  }

  /** Ends every process by its id and waits until it is gone. */
  async stop(): Promise<void> {
    await Promise.all(this.children.map((child) => child.stop()));
  }

  private spawn(env: Record<string, string>): Child {
    const child = new Child({ ...variablesOf(this.env), HOST: '127.0.0.1', ...env });
    this.children.push(child);
    return child;
  }
}

/** What several processes must have in common. */
function sharedSecrets(env: Env): Record<string, string> {
  return { SESSION_SECRET: env.sessionSecret ?? secret(), DATA_KEY: env.dataKey ?? secret() };
}

/**
 * Settings as the variables that `loadEnv` reads them from. A process started with these and nothing
 * else has the same settings, whatever else stands in the environment of its parent.
 */
export function variablesOf(env: Env): Record<string, string> {
  const variables: Record<string, string | undefined> = {
    DATABASE_URL: env.databaseUrl,
    REDIS_URL: env.redisUrl,
    STORAGE_URL: env.storageUrl,
    S3_ACCESS_KEY_ID: env.s3?.accessKeyId,
    S3_SECRET_ACCESS_KEY: env.s3?.secretAccessKey,
    SPOOL_DIR: env.s3 && env.storageDir,
    ROLE: env.role,
    HOST: env.host,
    PORT: String(env.port),
    PUBLIC_URL: env.publicUrl,
    TRUST_PROXY: String(env.trustProxy),
    SESSION_SECRET: env.sessionSecret,
    DATA_KEY: env.dataKey,
    METRICS_TOKEN: env.metricsToken,
    SEED_DATES: env.seedDates,
    DATA_DIR: env.dataDir,
    LOG_LEVEL: env.logLevel,
  };
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const tail = (output: string): string => output.trim().split('\n').slice(-12).join('\n');

const secret = (): string => randomBytes(48).toString('base64');

async function ready(url: string, child: Child): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (child.running && Date.now() < limit) {
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(150);
  }
  throw new Error(`服务没有启动 · The server did not come up:\n${tail(child.output)}`);
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
