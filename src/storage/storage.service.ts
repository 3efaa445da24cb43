import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { access, constants, link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Env } from '../config/env.js';
import { Runtime } from '../config/runtime.js';
import { DiskStore, filesBefore } from './disk-store.js';
import { diskFault, isStorageFault, storageFault, StoredFileLost } from './errors.js';
import { originalKey, type ByteRange, type Store, type StoredBytes } from './store.js';

export { mediaOfRendition, originalKey, renditionKey, type ByteRange, type StoredBytes } from './store.js';

/** How old a file that nothing names must be before it is taken for abandoned. */
const abandonedAfterMs = 24 * 3600_000;
/** Ends the name of a file that arrives in several requests. */
const partSuffix = '.part';
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);
/** Anybody may ask whether we are ready; the store is asked no more often than this. */
const checkEveryMs = 2000;

/** The store that the environment names, not yet opened. What speaks S3 is loaded only where it is needed. */
export async function storeOf({ s3, storageDir }: Pick<Env, 's3' | 'storageDir'>): Promise<Store> {
  return s3 ? new (await import('./s3-store.js')).S3Store(s3) : new DiskStore(storageDir);
}

/**
 * Files. What is unfinished – still arriving, or being made – lies in a local folder and belongs to one process.
 * What is finished is in the store under its key, where every process finds it. A name that a client gave never
 * becomes a path.
 */
@Injectable()
export class StorageService implements OnModuleInit {
  private readonly logger = new Logger('storage');
  private readonly root: string;
  private store: Store;
  private opened = false;
  private checked: { at: number; answer: Promise<void> } | undefined;

  constructor(private readonly runtime: Runtime) {
    this.root = runtime.env.storageDir;
  }

  async onModuleInit(): Promise<void> {
    for (const folder of ['incoming', 'work']) await mkdir(join(this.root, folder), { recursive: true });
    this.store = await storeOf(this.runtime.env);
    try {
      await this.openStore();
    } catch (error) {
      // A bucket may be there later; until then uploads are refused and files wait.
      if (!isStorageFault(error)) throw error;
      this.logger.error(`the store cannot be reached: ${String(error.cause)}`);
    }
  }

  private async openStore(): Promise<void> {
    await this.store.open();
    this.opened = true;
  }

  /** A new path for bytes that are still arriving. */
  incomingPath(): string {
    return join(this.root, 'incoming', randomUUID());
  }

  /** The path of a file that arrives in several requests: it has rows that say when it may go. */
  partPath(id: string): string {
    return join(this.root, 'incoming', id + partSuffix);
  }

  /** How many bytes of such a file there are; with `sync` they are on the disk for certain when this resolves. */
  async partBytes(id: string, { sync = false } = {}): Promise<number> {
    try {
      if (!sync) return (await stat(this.partPath(id))).size;
      const file = await open(this.partPath(id), 'r+');
      try {
        await file.sync();
        return (await file.stat()).size;
      } finally {
        await file.close();
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
      throw diskFault(error) ?? error;
    }
  }

  /**
   * A second name for such a file once it is whole, which may be taken into the store while the first stays: what
   * takes it in may fail, or be killed, and then nothing has to be sent again. The caller drops both.
   */
  async secondName(id: string): Promise<string> {
    const path = this.incomingPath();
    try {
      await link(this.partPath(id), path);
      return path;
    } catch (error) {
      // A disk that knows no second names has to give the first away.
      if (noLinks.has((error as NodeJS.ErrnoException).code ?? '')) return this.partPath(id);
      throw diskFault(error) ?? error;
    }
  }

  /** Makes certain that a file which was just made is found again after a power cut. */
  async syncIncoming(): Promise<void> {
    const folder = await open(join(this.root, 'incoming'));
    await folder.sync().finally(() => folder.close());
  }

  /** Ids of the files that are arriving in several requests. */
  async partIds(): Promise<string[]> {
    const names = await readdir(join(this.root, 'incoming'));
    return names.filter((name) => name.endsWith(partSuffix)).map((name) => name.slice(0, -partSuffix.length));
  }

  /** An empty folder for a worker's unfinished files. */
  async workFolder(name: string): Promise<string> {
    const folder = join(this.root, 'work', name);
    try {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
    } catch (error) {
      throw diskFault(error) ?? error;
    }
    return folder;
  }

  dropWorkFolder(name: string): Promise<void> {
    return this.drop(join(this.root, 'work', name));
  }

  /** Removes an unfinished file or folder. What a read-only disk keeps goes when the spool is swept. */
  async drop(path: string): Promise<void> {
    try {
      await rm(path, { force: true, recursive: true });
    } catch (error) {
      if (!diskFault(error)) throw error;
      this.logger.warn(`${path} stays for now: ${String(error)}`);
    }
  }

  /** What a killed process left half-arrived or half-made goes once nobody can still be at work on it. */
  async sweepUnfinished(): Promise<void> {
    for (const folder of ['incoming', 'work']) {
      const old = await filesBefore(longAgo(), join(this.root, folder));
      for (const path of old.filter((name) => !name.endsWith(partSuffix))) await this.drop(path);
    }
  }

  /** See {@link Store}, which says what each of these does. */
  stage(file: string, key: string): Promise<void> {
    return this.saying(() => this.store.stage(file, key));
  }

  take(file: string, key: string): Promise<void> {
    return this.saying(() => this.store.take(file, key));
  }

  read(key: string, range?: ByteRange): Promise<StoredBytes> {
    return this.saying(() => this.store.read(key, range));
  }

  size(key: string): Promise<number | null> {
    return this.saying(() => this.store.size(key));
  }

  original(sha256: string, folder: string, signal: AbortSignal): Promise<string> {
    return this.saying(() => this.store.original(sha256, folder, signal));
  }

  removeOriginal(sha256: string): Promise<void> {
    return this.saying(() => this.store.remove(originalKey(sha256)));
  }

  removeRendition(key: string): Promise<void> {
    return this.saying(() => this.store.remove(key));
  }

  /** Of a file that neither is an original nor was derived from one. */
  remove(key: string): Promise<void> {
    return this.saying(() => this.store.remove(key));
  }

  link(key: string, mime: string): Promise<string | null> {
    return this.store.link(key, mime);
  }

  /** A small file, whole. */
  async bytes(key: string): Promise<Buffer> {
    const { stream } = await this.read(key);
    return this.saying(() =>
      buffer(stream).catch((error: unknown) => {
        throw diskFault(error) ?? storageFault('MEDIA.STORAGE_UNAVAILABLE', error);
      }),
    );
  }

  /** The same of one that a paper can do without if it is lost, but not if it can only not be had right now. */
  async bytesUnlessLost(key: string): Promise<Buffer | null> {
    return this.bytes(key).catch((error: unknown) => {
      if (error instanceof StoredFileLost) return null;
      throw error;
    });
  }

  /** Hashes of the originals that are a day old or older. */
  settledOriginals(): AsyncGenerator<string> {
    return this.store.originalsBefore(longAgo());
  }

  /** Keys of the renditions that are a day old or older: no job that made one can still be about to name it. */
  settledRenditions(): AsyncGenerator<string> {
    return this.store.renditionsBefore(longAgo());
  }

  dropUnfinishedUploads(): Promise<void> {
    return this.store.dropUnfinished(longAgo());
  }

  /** Rejects with a storage fault unless files can be taken in and read. */
  check(): Promise<void> {
    if (!this.checked || Date.now() - this.checked.at > checkEveryMs) {
      this.checked = { at: Date.now(), answer: this.saying(() => this.checkBoth()) };
    }
    return this.checked.answer;
  }

  private async checkBoth(): Promise<void> {
    await access(join(this.root, 'incoming'), constants.W_OK).catch((error: unknown) => {
      throw diskFault(error) ?? error;
    });
    await (this.opened ? this.store.check() : this.openStore());
  }

  /** What is refused as “unavailable” has a reason, which only the log tells. */
  private async saying<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (isStorageFault(error)) this.logger.warn(`${error.code}: ${String(error.cause)}`);
      throw error;
    }
  }
}

function longAgo(): Date {
  return new Date(Date.now() - abandonedAfterMs);
}
