import { constants } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { diskFault, StoredFileLost } from './errors.js';
import { originalKey, type ByteRange, type Store, type StoredBytes } from './store.js';

/** Finished files in a folder of a local disk, the same that bytes arrive on: a rename puts them in place. */
export class DiskStore implements Store {
  private readonly originals: string;

  constructor(private readonly root: string) {
    this.originals = join(root, 'originals');
  }

  async open(): Promise<void> {
    for (const folder of ['originals', 'renditions']) {
      await mkdir(join(this.root, folder), { recursive: true });
    }
  }

  check(): Promise<void> {
    return this.asking(() => access(this.originals, constants.R_OK | constants.W_OK));
  }

  /** A rename waits for nothing. */
  stage(): Promise<void> {
    return Promise.resolve();
  }

  /** Whole or absent: rename is atomic, and the folder is synced. */
  take(file: string, key: string): Promise<void> {
    return this.asking(async () => {
      const target = join(this.root, key);
      await mkdir(dirname(target), { recursive: true });
      await rename(file, target);
      const folder = await open(dirname(target));
      await folder.sync().finally(() => folder.close());
    });
  }

  async read(key: string, range?: ByteRange): Promise<StoredBytes> {
    const file = await this.found(key, () => open(join(this.root, key)));
    try {
      const { size } = await file.stat();
      return { stream: file.createReadStream({ ...range, highWaterMark: 64 * 1024 }), bytes: size };
    } catch (error) {
      await file.close();
      throw diskFault(error) ?? error;
    }
  }

  async size(key: string): Promise<number | null> {
    try {
      return (await this.found(key, () => stat(join(this.root, key)))).size;
    } catch (error) {
      if (error instanceof StoredFileLost) return null;
      throw error;
    }
  }

  async original(sha256: string): Promise<string> {
    const path = join(this.root, originalKey(sha256));
    await this.found(originalKey(sha256), () => access(path, constants.R_OK));
    return path;
  }

  remove(key: string): Promise<void> {
    return this.asking(() => rm(join(this.root, key), { force: true }));
  }

  async *originalsBefore(then: Date): AsyncGenerator<string> {
    for (const first of await readdir(this.originals)) {
      for (const second of await readdir(join(this.originals, first))) {
        for (const path of await filesBefore(then, join(this.originals, first, second))) yield basename(path);
      }
    }
  }

  async *renditionsBefore(then: Date): AsyncGenerator<string> {
    for (const first of await readdir(join(this.root, 'renditions'))) {
      for (const mediaId of await readdir(join(this.root, 'renditions', first))) {
        const folder = join('renditions', first, mediaId);
        const old = await filesBefore(then, join(this.root, folder));
        for (const path of old) yield [...folder.split(sep), basename(path)].join('/');
      }
    }
  }

  /** A rename leaves nothing half done. */
  dropUnfinished(): Promise<void> {
    return Promise.resolve();
  }

  link(): Promise<null> {
    return Promise.resolve(null);
  }

  /** A file that isn't there is lost, but not where all are gone: then it is the disk that isn't there. */
  private async found<T>(key: string, look: () => Promise<T>): Promise<T> {
    return this.asking(async () => {
      try {
        return await look();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        await access(this.originals);
        throw new StoredFileLost('missing', key);
      }
    });
  }

  private async asking<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw diskFault(error) ?? error;
    }
  }
}

/** Paths of what lies in a folder and was not changed since then. */
export async function filesBefore(then: Date, folder: string): Promise<string[]> {
  const old: string[] = [];
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found && found.mtime < then) old.push(join(folder, name));
  }
  return old;
}
