import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runAs } from './system-user.js';

/** What a running server writes to `postmaster.pid` in its data folder. */
export interface PidFile {
  pid: number;
  /** Missing for a moment while the server starts. */
  port: number | null;
}

/** Lines: process id, data folder, start time, port, socket folder, listen address, shared memory, status. */
export function parsePidFile(text: string): PidFile | null {
  const lines = text.split('\n').map((line) => line.trim());
  // A standalone backend writes its id negated; it takes no connections.
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  const port = Number.parseInt(lines[3] ?? '', 10);
  if (!Number.isSafeInteger(pid) || pid === 0) return null;
  return { pid, port: port > 0 ? port : null };
}

/** null when no server runs there, or none that ended in order. */
export async function readPidFile(cluster: string): Promise<PidFile | null> {
  return parsePidFile(await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => ''));
}

/** Whether a process with this id exists, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether the process is a PostgreSQL server of this data folder, as far as its command line tells. After a
 * power cut the id in an old postmaster.pid can belong to anything, even to another PostgreSQL.
 */
export async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'win32') {
    const tasks = await runAs(null, 'tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
    return tasks.output.toLowerCase().includes('postgres');
  }
  if (process.platform === 'linux') {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return commandLine.split('\0').includes(cluster);
  }
  const listing = await runAs(null, '/bin/ps', ['-ww', '-o', 'args=', '-p', String(pid)]);
  return listing.output.includes(`postgres -D ${cluster}`);
}
