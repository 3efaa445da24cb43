import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Imports nothing of ours, so that benchmarks, which Node runs as they are, can use it too.

/** The built server, as the image starts it. */
export const MAIN = path.resolve(import.meta.dirname, '../../../dist/main.js');

/** How a process ended: its exit code, or the signal that ended it. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  pid: number;
  /** All that it wrote so far, to stdout and stderr. */
  output: () => string;
  running: () => boolean;
  /** SIGTERM; waits for the end. After `withinMs` it is killed, and this rejects with its output. */
  stop: (withinMs?: number) => Promise<Exit>;
  /** SIGKILL; waits for the end. */
  kill: () => Promise<Exit>;
}

export interface StartOptions {
  command: string;
  args: string[];
  /** The whole environment but for PATH and HOME: nothing of ours reaches the process by accident. */
  env?: Record<string, string>;
  cwd?: string;
  /** Asked again and again until it says yes. */
  ready(process: RunningProcess): boolean | Promise<boolean>;
  withinMs?: number;
}

/**
 * Starts a process and waits until it is ready.
 * @throws with all its output if it ends before, or isn't ready in time
 */
export async function startProcess(options: StartOptions): Promise<RunningProcess> {
  const { command, args, env = {}, cwd, ready, withinMs = 60_000 } = options;
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, args, { cwd, env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close').then(([code, signal]): Exit => ({ code, signal }));
  // One that cannot be started at all (no such program) has no pid, and its error is the one to report.
  if (child.pid === undefined) await ended;

  const running: RunningProcess = {
    pid: child.pid!,
    output: () => output,
    running: () => child.exitCode === null && child.signalCode === null,
    async stop(patienceMs = 20_000) {
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      const exit = await ended.finally(() => clearTimeout(impatience));
      if (exit.signal === 'SIGKILL') throw new Error(`did not stop within ${patienceMs} ms:\n${output}`);
      return exit;
    },
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };

  const deadline = Date.now() + withinMs;
  while (!(await ready(running))) {
    if (!running.running()) throw new Error(`${path.basename(args[0] ?? command)} ended:\n${output}`);
    if (Date.now() > deadline) {
      await running.kill();
      throw new Error(`${path.basename(args[0] ?? command)} was not ready in ${withinMs} ms:\n${output}`);
    }
    await sleep(50);
  }
  return running;
}

/** A server process that answers HTTP at `url`, which has no trailing slash. */
export type ApiProcess = RunningProcess & { url: string };

/** Starts `dist/main.js` as one of the processes that answer requests, on a free port of the loopback address. */
export async function startApi(env: Record<string, string>): Promise<ApiProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = await startProcess({
    command: process.execPath,
    args: [MAIN],
    env: { ...env, HOST: '127.0.0.1', PORT: String(port) },
    ready: () =>
      fetch(`${url}/api/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
  return { ...running, url };
}

/** As docker-compose.yml starts a worker. */
export const workerFlags = ['--max-semi-space-size=2'];

/** Starts `dist/main.js` as a process that only does background work. */
export function startWorker(env: Record<string, string>): Promise<RunningProcess> {
  return startProcess({
    command: process.execPath,
    args: [...workerFlags, MAIN],
    env,
    ready: (worker) => worker.output().includes('DINGGE worker ready'),
  });
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The absolute path of a program on the PATH. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const candidate = path.join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      continue;
    }
  }
  return null;
}
