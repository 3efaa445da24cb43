import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** A held lock on a data folder. The system takes it back when the process ends, however it ends. */
export interface ProcessLock {
  release(): Promise<void>;
}

/** Another process serves this data folder; `message` says which and what to do. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';

  constructor(
    /** null in the moment before the other has written down who it is. */
    readonly pid: number | null,
    readonly url: string | null,
  ) {
    super(
      `定格 is already running${url ? ` at ${url}` : ''}${pid ? ` (process ${pid})` : ''}. ` +
        'Use that one, stop it first, or set DATA_DIR and PORT to run another beside it.',
    );
  }
}

const holder = z.object({ pid: z.number().int(), url: z.string() });

/**
 * Takes the data folder for this process alone.
 *
 * The lock is the system's own lock on an open file, held through SQLite because Node offers no other way to
 * one. A file with a process id in it would need guesses: ids are reused after a power cut, two processes can
 * both find it stale, and a container doesn't see the ids of the next. The system's lock has no stale state on
 * Linux, macOS or Windows. Who holds it stands in a second file, which is only ever read for the message.
 * @param info.url where this process serves people
 * @throws {AlreadyRunningError}
 */
export async function acquireProcessLock(dataDir: string, info: { url: string }): Promise<ProcessLock> {
  await mkdir(dataDir, { recursive: true });
  const holderFile = path.join(dataDir, 'running.json');
  const database = new DatabaseSync(path.join(dataDir, 'running.lock'), { timeout: 0 });
  try {
    // Nothing is written, so a kill leaves no journal behind; the open transaction is the lock.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    const other = await readHolder(holderFile);
    throw new AlreadyRunningError(other?.pid ?? null, other?.url ?? null);
  }

  const temporary = `${holderFile}.${randomBytes(6).toString('hex')}`;
  await writeFile(temporary, JSON.stringify({ pid: process.pid, url: info.url }), { mode: 0o600 });
  await rename(temporary, holderFile);
  return {
    async release() {
      if (!database.isOpen) return;
      await rm(holderFile, { force: true });
      database.close();
    },
  };
}

const SQLITE_BUSY = 5;

async function readHolder(file: string): Promise<z.infer<typeof holder> | null> {
  try {
    return holder.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}
