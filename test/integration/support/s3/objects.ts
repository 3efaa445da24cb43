import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes that arrived, in a file that nobody sees yet. */
export interface Arrived {
  file: string;
  sha256: string;
  etag: string;
}

interface Upload {
  key: string;
  begun: Date;
  parts: Map<number, Arrived>;
}

/** What the store keeps: buckets are folders, objects files in them, unfinished ones elsewhere. */
export class Objects {
  readonly uploads = new Map<string, Upload>();
  private readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  fileOf(bucket: string, key: string): string {
    return path.join(this.root, 'buckets', bucket, key);
  }

  async makeBucket(bucket: string): Promise<void> {
    await mkdir(this.fileOf(bucket, ''), { recursive: true });
  }

  hasBucket(bucket: string): Promise<boolean> {
    return stat(this.fileOf(bucket, '')).then(
      () => true,
      () => false,
    );
  }

  async receive(body: Readable, alter: (chunk: Buffer) => Buffer): Promise<Arrived> {
    const file = path.join(this.root, randomUUID());
    const hashes = { sha256: createHash('sha256'), md5: createHash('md5') };
    const hashing = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const sent of chunks) {
        const chunk = alter(sent);
        hashes.sha256.update(chunk);
        hashes.md5.update(chunk);
        yield chunk;
      }
    };
    await pipeline(body, hashing, createWriteStream(file));
    return { file, sha256: hashes.sha256.digest('hex'), etag: `"${hashes.md5.digest('hex')}"` };
  }

  async put(bucket: string, key: string, file: string): Promise<void> {
    const target = this.fileOf(bucket, key);
    await mkdir(path.dirname(target), { recursive: true });
    await rename(file, target);
  }

  begin(key: string): string {
    const id = randomUUID();
    this.uploads.set(id, { key, begun: new Date(), parts: new Map() });
    return id;
  }

  /** In the order that the client asks for; false where it names a part that isn't there. */
  async complete(bucket: string, id: string, asked: { number: number; etag: string }[]): Promise<boolean> {
    const upload = this.uploads.get(id);
    const parts = asked.map(({ number, etag }) => {
      const part = upload?.parts.get(number);
      return part?.etag === etag ? part : undefined;
    });
    if (!upload || parts.length === 0 || parts.includes(undefined)) return false;
    const whole = path.join(this.root, randomUUID());
    for (const part of parts) {
      await pipeline(createReadStream(part!.file), createWriteStream(whole, { flags: 'a' }));
    }
    await this.put(bucket, upload.key, whole);
    await this.abort(id);
    return true;
  }

  async abort(id: string): Promise<boolean> {
    for (const { file } of this.uploads.get(id)?.parts.values() ?? []) await rm(file, { force: true });
    return this.uploads.delete(id);
  }

  /** Keys in the order in which S3 lists them. */
  async keys(bucket: string, prefix: string): Promise<string[]> {
    const top = this.fileOf(bucket, '');
    const entries = await readdir(top, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(top, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
      .filter((key) => key.startsWith(prefix))
      .sort();
  }
}
