import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { originalKey } from '../../../src/storage/store.js';
import { bucket, prefix, type TestS3 } from './s3/server.js';

/** What a test sees of a store behind the server's back, whichever kind it is. */
export interface Stored {
  /** The store itself, where it is S3. */
  s3: TestS3 | null;
  keys(): string[];
  read(key: string): Buffer;
  /** Puts other bytes where a file is. */
  replace(key: string, content: Buffer): void;
  /** Cuts a file off, or makes it longer by a hole. */
  resize(key: string, bytes: number): void;
  remove(key: string): void;
  /** Makes everything look as if it had come in so long ago. */
  age(ms: number): void;
}

/** Keys of originals begin so. */
export const originals = (stored: Stored) => stored.keys().filter((key) => key.startsWith('originals/'));

export function originalOf(media: { sha256: string }): string {
  return originalKey(media.sha256);
}

export function storedOn(s3: TestS3 | null, storageDir: string): Stored {
  const root = s3 ? s3.objects.fileOf(bucket, prefix) : storageDir;
  const files = () => filesIn(root);
  const fileOf = (key: string) => {
    const file = files().get(key);
    if (file === undefined) throw new Error(`nothing is stored under ${key}`);
    return file;
  };
  return {
    s3,
    keys: () => [...files().keys()].sort(),
    read: (key) => readFileSync(fileOf(key)),
    replace: (key, content) => writeFileSync(fileOf(key), content),
    resize: (key, bytes) => truncateSync(fileOf(key), bytes),
    remove: (key) => rmSync(fileOf(key)),
    age(ms) {
      const then = new Date(Date.now() - ms);
      for (const file of files().values()) utimesSync(file, then, then);
    },
  };
}

function filesIn(root: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const top of ['originals', 'renditions'].map((name) => path.join(root, name))) {
    // A bucket has no folders: what holds nothing isn't there.
    if (!existsSync(top)) continue;
    for (const entry of readdirSync(top, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile()) files.set(path.relative(root, file).split(path.sep).join('/'), file);
    }
  }
  return files;
}
