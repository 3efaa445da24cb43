import { randomInt } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { Client, DatabaseError } from 'pg';
import { program, type Binaries } from './binaries.js';
import { superuser, systemIdentifier } from './cluster.js';
import type { Layout } from './layout.js';
import { isAlive, isServerOf, readPidFile } from './postmaster.js';
import type { State } from './state.js';
import { runAs } from './system-user.js';

/** What runs on a data folder. `busy`: our server, which starts, recovers or stops just now. */
export type Found = { is: 'nothing' } | { is: 'busy' } | { is: 'running'; port: number };

/** How a start ended. `port` and `again` are for the caller to try once more, with another port or a bit later. */
export type Started = 'running' | 'port' | 'again';

const LOG_KEPT_BYTES = 8 << 20;
/** Below the ports that systems hand to outgoing connections, which could hold ours when we come back. */
const PORTS = { from: 20_000, to: 30_000 };

/**
 * Looks for a server on the data folder, such as one that outlived a kill -9 of its launcher. It counts only
 * when it knows our password and names this folder as its own.
 */
export async function findServer(layout: Layout, state: State): Promise<Found> {
  const file = await readPidFile(layout.cluster);
  if (!file || !isAlive(file.pid)) return { is: 'nothing' };
  if (file.port && (await isOurs(file.port, layout, state))) return { is: 'running', port: file.port };
  if (await isServerOf(file.pid, layout.cluster)) return { is: 'busy' };
  // Left by a power cut, and the id belongs to somebody else now: PostgreSQL itself would refuse to start.
  // Looked at again first: a start beside this one may have put its own there meanwhile.
  if ((await readPidFile(layout.cluster))?.pid === file.pid) {
    await rm(path.join(layout.cluster, 'postmaster.pid'), { force: true });
  }
  return { is: 'nothing' };
}

/** Starts the server in a session of its own, and waits until it answers. */
export async function startServer(layout: Layout, binaries: Binaries, port: number): Promise<Started> {
  await rotate(layout.logFile);
  const before = await sizeOf(layout.logFile);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;
  const result = await control(layout, binaries, ['start', '-l', layout.logFile, '-o', options]);
  if (result.code === 0) return 'running';

  const written = await readFrom(layout.logFile, before);
  if (/could not bind IPv4 address/.test(written)) return 'port';
  // The memory of a killed server is free after two or three seconds. The lock file's owner may be another start.
  if (/shared memory block .* is still in use|lock file "postmaster.pid"/.test(written)) return 'again';
  const file = await readPidFile(layout.cluster);
  if (file && (await isServerOf(file.pid, layout.cluster))) return 'again';
  throw new Error(`PostgreSQL did not start:\n${written.trim() || result.output}\n(${layout.logFile})`);
}

/** Fast shutdown: open transactions are rolled back, and the call returns when the files are safe. */
export async function stopServer(layout: Layout, binaries: Binaries): Promise<void> {
  const result = await control(layout, binaries, ['stop', '-m', 'fast']);
  if (result.code === 0) return;
  const file = await readPidFile(layout.cluster);
  if (file && isAlive(file.pid)) throw new Error(`PostgreSQL did not stop: ${result.output}`);
}

/** A port on loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port between ${PORTS.from} and ${PORTS.to} on 127.0.0.1.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

async function isOurs(port: number, layout: Layout, state: State): Promise<boolean> {
  const client = new Client(superuser(port, state));
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string; id: string }>(
      "SELECT current_setting('data_directory') AS folder, system_identifier::text AS id FROM pg_control_system()",
    );
    const folder = await realpath(rows[0].folder).catch(() => null);
    return (
      folder === (await realpath(layout.cluster)) && rows[0].id === (await systemIdentifier(layout.cluster))
    );
  } catch (error) {
    const refused = error instanceof DatabaseError && error.code?.startsWith('28');
    const file = refused ? await readPidFile(layout.cluster) : null;
    if (file && (await isServerOf(file.pid, layout.cluster))) {
      throw new Error(
        `The running database doesn't know the password in ${layout.stateFile}. Restore that file.`,
        {
          cause: error,
        },
      );
    }
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function control(layout: Layout, binaries: Binaries, command: string[]) {
  const [action = '', ...options] = command;
  return runAs(layout.user, program(binaries, 'pg_ctl'), [
    action,
    '-D',
    layout.cluster,
    '-w',
    '-t',
    '60',
    ...options,
  ]);
}

async function rotate(logFile: string): Promise<void> {
  if ((await sizeOf(logFile)) > LOG_KEPT_BYTES) await rename(logFile, `${logFile}.1`);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

async function readFrom(file: string, offset: number): Promise<string> {
  const handle = await open(file).catch(() => null);
  if (!handle) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64 << 10), 0, 64 << 10, offset);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
