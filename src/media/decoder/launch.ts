import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { DecodeError } from './errors.js';

/** util-linux's prlimit sets the limits and then becomes the child (same pid, same IPC channel). Linux only. */
const prlimit = ['/usr/bin/prlimit', '/bin/prlimit'].find((path) => existsSync(path));

/** A decoding process never sees the worker's environment, where database and session secrets lie. */
export const childEnvironment = {
  // glibc gives each thread its own heap and keeps what they free; two are enough here and halve the memory.
  MALLOC_ARENA_MAX: '2',
  // The next photo needs as many pixels as the last: to give them back to the system and fault them in again took a
  // third of a decoder's time. What keeps it small instead is the collection after each job (serve.ts).
  MALLOC_TRIM_THRESHOLD_: String(128 * 1024 * 1024),
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
  UV_THREADPOOL_SIZE: '2',
};

/** `heic-child` takes every HEIF container: HEIC, and AVIF too. */
export type ChildName = 'photo-child' | 'heic-child' | 'video-child';

/**
 * The built file of a child's entry. A parent that itself runs from TypeScript (jest) finds it in `dist/`,
 * because Node cannot run the source.
 */
export function childEntry(name: ChildName, from = import.meta.url): string {
  const own = fileURLToPath(from).replaceAll('\\', '/');
  const folder = own.slice(0, own.lastIndexOf('/'));
  const built = own.endsWith('.ts') ? folder.replace(/\/src(?=\/media\/decoder$)/, '/dist') : folder;
  return `${built}/${name}.js`;
}

/** V8 reserves this much for compiled code and maps it as data from the start (Node 24 and 26; Node 20 did not). */
const codeReserveBytes = 512 * 1024 * 1024;

export interface LaunchLimits {
  memoryBytes: number;
  /** CPU time over the child's whole life: the last resort when nobody is left to watch it. */
  cpuSeconds: number;
  /** 0 to 19: how far it gives way to other processes. */
  niceness: number;
}

/** Starts a child with nothing of the parent's environment, bounded in memory and CPU time. */
export function launch(entry: string, limits: LaunchLimits): ChildProcess {
  if (!existsSync(entry)) {
    throw new DecodeError('MEDIA.DECODER_UNAVAILABLE', `${entry} is missing: build the server first`);
  }
  // Little of a decoder's work is objects; V8 would let 48 MB of young ones gather.
  const heap = ['--max-old-space-size=512', '--max-semi-space-size=2', '--expose-gc'];
  const node = [process.execPath, ...heap, entry];
  const bounded = prlimit
    ? [
        prlimit,
        `--data=${limits.memoryBytes + codeReserveBytes}`,
        `--cpu=${limits.cpuSeconds}`,
        '--core=0',
        '--',
        ...node,
      ]
    : node;
  const [command = process.execPath, ...args] = bounded;
  const child = spawn(command, args, {
    env: childEnvironment,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    windowsHide: true,
  });
  if (limits.niceness > 0) giveWay(child, limits.niceness);
  return child;
}

/** Set before the process has any thread but its first: those that it starts inherit it. */
function giveWay({ pid }: ChildProcess, niceness: number): void {
  try {
    if (pid !== undefined) setPriority(pid, niceness);
  } catch {
    // It ended already; whoever waits for it hears of that.
  }
}
