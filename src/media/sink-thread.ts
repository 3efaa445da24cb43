import { createHash, type Hash } from 'node:crypto';
import { closeSync, fdatasync, fsync, openSync, read, writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

// Runs as it is, without a build, where its parent does (jest): plain Node modules only.

/**
 * What the thread is told of one file: any number of writes, the first of which makes or opens it, then finish or
 * abandon. Or, of one that is whole, to read it back.
 */
export type SinkOrder =
  | { id: number; act: 'write'; path: string; from: number; chunks: Uint8Array[] }
  | { id: number; act: 'finish' }
  | { id: number; act: 'abandon' }
  | { id: number; act: 'read'; path: string };

/** An error as it passes between threads, which would lose its `code`. */
export interface SinkFailure {
  code?: string;
  message: string;
}

/**
 * One answer to each order. `finish` answers with the SHA-256, in hex, of a file all of which was written here,
 * once it is on the disk; `read` with that of any file.
 */
export type SinkAnswer = { id: number; sha256?: string; failure?: SinkFailure };

interface OpenFile {
  path: string;
  descriptor: number;
  /** Where the next byte goes. */
  position: number;
  /** Null where what was written before is not known here. */
  hash: Hash | null;
  /** Written since the system was last told to bring the file to the disk. */
  unsynced: number;
  syncing: boolean;
  /** Of a sync before the last: the system tells each failure once only. */
  syncFailure?: SinkFailure;
  /** Finished by its sender, and to be when the sync that runs has ended. */
  finishing: boolean;
}

/** So much is brought to the disk while more arrives, so that less is left to wait for at the end. */
const syncEveryBytes = 6 * 1024 * 1024;

const files = new Map<number, OpenFile>();

/** How far a file was written here, and the hash so far: the next piece of it mostly comes soon, and here. */
const paused = new Map<string, Pick<OpenFile, 'position' | 'hash'>>();
const mostPaused = 500;

parentPort!.on('message', (order: SinkOrder) => {
  try {
    obey(order);
  } catch (error) {
    answer({ id: order.id, failure: failureOf(error) });
  }
});

function obey(order: SinkOrder): void {
  const { id } = order;
  switch (order.act) {
    case 'write': {
      const file = files.get(id) ?? open(id, order.path, order.from);
      for (const chunk of order.chunks) append(file, chunk);
      syncMeanwhile(id, file);
      return answer({ id });
    }
    case 'finish':
      return finish(id);
    case 'abandon':
      close(id);
      return answer({ id });
    case 'read':
      return readBack(id, order.path);
  }
}

function open(id: number, path: string, from: number): OpenFile {
  const before = paused.get(path);
  paused.delete(path);
  const known = before?.position === from ? before.hash : null;
  const file = {
    path,
    descriptor: openSync(path, from === 0 ? 'wx' : 'r+'),
    position: from,
    hash: from === 0 ? createHash('sha256') : known,
    unsynced: 0,
    syncing: false,
    finishing: false,
  };
  files.set(id, file);
  return file;
}

/** Hashed right before it is written, while the processor has it at hand. A full disk may take a part only. */
function append(file: OpenFile, chunk: Uint8Array): void {
  file.hash?.update(chunk);
  for (let done = 0; done < chunk.length;) {
    done += writeSync(file.descriptor, chunk, done, chunk.length - done, file.position + done);
  }
  file.position += chunk.length;
  file.unsynced += chunk.length;
}

function syncMeanwhile(id: number, file: OpenFile): void {
  if (file.syncing || file.unsynced < syncEveryBytes) return;
  file.syncing = true;
  file.unsynced = 0;
  fdatasync(file.descriptor, (error) => {
    file.syncing = false;
    if (error) file.syncFailure = failureOf(error);
    if (file.finishing) finish(id);
  });
}

/** Others are written while this one is synced. */
function finish(id: number): void {
  const file = files.get(id)!;
  if (file.syncing) {
    file.finishing = true;
    return;
  }
  fsync(file.descriptor, (error) => {
    const failure = error ? failureOf(error) : file.syncFailure;
    if (failure) return answer({ id, failure });
    close(id);
    pause(file);
    answer({ id, sha256: file.hash?.copy().digest('hex') });
  });
}

function pause({ path, position, hash }: OpenFile): void {
  if (!hash) return;
  paused.set(path, { position, hash });
  if (paused.size > mostPaused) paused.delete(paused.keys().next().value!);
}

function close(id: number): void {
  const file = files.get(id);
  files.delete(id);
  if (file) closeSync(file.descriptor);
}

/** So much is read at a time, and between two others are written. */
const readBytes = 1024 * 1024;

function readBack(id: number, path: string): void {
  const descriptor = openSync(path, 'r');
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(readBytes);
  const next = () =>
    read(descriptor, piece, 0, readBytes, null, (error, bytes) => {
      if (!error && bytes > 0) {
        hash.update(piece.subarray(0, bytes));
        return next();
      }
      closeSync(descriptor);
      answer(error ? { id, failure: failureOf(error) } : { id, sha256: hash.digest('hex') });
    });
  next();
}

function failureOf(error: unknown): SinkFailure {
  const { code, message } = error as NodeJS.ErrnoException;
  return { code, message };
}

function answer(given: SinkAnswer): void {
  parentPort!.postMessage(given);
}
