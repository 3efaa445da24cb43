import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

// Runs as it is, without a build, where its parent does (jest): plain Node modules only.

/** Asked of the thread: the SHA-256 of a file. */
export interface HashQuestion {
  id: number;
  path: string;
}

export type HashAnswer = { id: number; sha256: string } | { id: number; error: Error };

const buffer = Buffer.allocUnsafeSlow(256 * 1024);

parentPort!.on('message', ({ id, path }: HashQuestion) => {
  parentPort!.postMessage(answer(id, path));
});

function answer(id: number, path: string): HashAnswer {
  try {
    return { id, sha256: hashFile(path) };
  } catch (error) {
    return { id, error: error as Error };
  }
}

function hashFile(path: string): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
