import { Injectable, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Runtime } from '../config/runtime.js';

/** How old a file that nothing names must be before it is taken for abandoned. */
const abandonedAfterMs = 24 * 3600_000;

/**
 * Files on the local disk. Originals are stored under the hash of their content, so equal files are stored
 * once; what is derived stands under a key of its own. A name that a client gave never becomes a path.
 */
@Injectable()
export class StorageService implements OnModuleInit {
  private readonly root: string;

  constructor(runtime: Runtime) {
    this.root = runtime.env.storageDir;
  }

  async onModuleInit(): Promise<void> {
    for (const folder of ['incoming', 'originals', 'renditions', 'work']) {
      await mkdir(join(this.root, folder), { recursive: true });
    }
  }

  /** A new path for bytes that are still arriving. */
  incomingPath(): string {
    return join(this.root, 'incoming', randomUUID());
  }

  originalKey(sha256: string): string {
    return join('originals', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  renditionKey(mediaId: string, fileName: string): string {
    return join('renditions', mediaId.slice(0, 2), mediaId, fileName);
  }

  path(key: string): string {
    return join(this.root, key);
  }

  /** An empty folder for a worker's unfinished files, on the same disk as the finished ones. */
  async workFolder(name: string): Promise<string> {
    const folder = join(this.root, 'work', name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** Moves a finished, synced file to its key. Whole or absent: rename is atomic, and the folder is synced. */
  async take(finished: string, key: string): Promise<void> {
    const target = this.path(key);
    await mkdir(dirname(target), { recursive: true });
    await rename(finished, target);
    const folder = await open(dirname(target));
    await folder.sync().finally(() => folder.close());
  }

  async drop(path: string): Promise<void> {
    await rm(path, { force: true, recursive: true });
  }

  dropWorkFolder(name: string): Promise<void> {
    return this.drop(join(this.root, 'work', name));
  }

  /** What a killed process left half-arrived or half-made goes once nobody can still be at work on it. */
  async sweepUnfinished(): Promise<void> {
    for (const folder of ['incoming', 'work']) {
      for (const path of await abandonedIn(join(this.root, folder))) await this.drop(path);
    }
  }

  /** Hashes of the originals that are a day old or older. */
  async *settledOriginals(): AsyncGenerator<string> {
    const originals = join(this.root, 'originals');
    for (const first of await readdir(originals)) {
      for (const second of await readdir(join(originals, first))) {
        for (const path of await abandonedIn(join(originals, first, second))) yield basename(path);
      }
    }
  }
}

async function abandonedIn(folder: string): Promise<string[]> {
  const old: string[] = [];
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found && Date.now() - found.mtimeMs > abandonedAfterMs) old.push(join(folder, name));
  }
  return old;
}
