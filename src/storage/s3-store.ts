import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Env } from '../config/env.js';
import { diskFault, StoredFileLost } from './errors.js';
import { isNotFound, isNotImplemented, storeFault } from './s3-errors.js';
import { S3Upload } from './s3-upload.js';
import { originalKey, type ByteRange, type Store, type StoredBytes } from './store.js';

/** How long a signed link lives: SECURITY.md allows a minute. Seconds. */
const linkLife = 60;
/** A server that takes no connection, or sends nothing for so long, is away. */
const patience = { connectionTimeout: 3_000, socketTimeout: 20_000 };
/** What we read, a slow phone may be reading through us: it may pause. */
const readPatienceMs = 120_000;

const silence = () => undefined;
const quiet = { trace: silence, debug: silence, info: silence, warn: silence, error: silence };

/** Finished files in a bucket. Nothing of a file is held in memory beyond what streams buffer. */
export class S3Store implements Store {
  private readonly client: S3Client;
  private readonly upload: S3Upload;

  constructor(private readonly settings: NonNullable<Env['s3']>) {
    const { endpoint, region, pathStyle, accessKeyId, secretAccessKey } = settings;
    // Each phone that reads a video holds a connection: as many as there are, and none for uploads to wait for.
    const agent = { maxSockets: Infinity };
    this.client = new S3Client({
      endpoint,
      region,
      forcePathStyle: pathStyle,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 3,
      // Payloads are signed with their SHA-256, which every store checks; further checksums not every store knows.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // It tells the console what it then throws anyway.
      logger: quiet,
      requestHandler: { ...patience, httpAgent: agent, httpsAgent: agent },
    });
    this.upload = new S3Upload(this.client, settings.bucket);
  }

  /** Makes the bucket where it isn't there and may be made. */
  async open(): Promise<void> {
    const Bucket = this.settings.bucket;
    try {
      await this.client.send(new HeadBucketCommand({ Bucket }));
    } catch (error) {
      if (!isNotFound(error)) throw storeFault(error);
      await this.asking(() => this.client.send(new CreateBucketCommand({ Bucket })));
    }
  }

  async check(): Promise<void> {
    await this.asking(() => this.client.send(new HeadBucketCommand({ Bucket: this.settings.bucket })));
  }

  stage(file: string, key: string): Promise<void> {
    return this.take(file, key);
  }

  /** An original that is there already, being named by its hash, is not sent again. */
  async take(file: string, key: string): Promise<void> {
    const bytes = await stat(file).then(
      ({ size }) => size,
      (error: unknown) => {
        throw diskFault(error) ?? error;
      },
    );
    const sha256 = key === originalKey(basename(key)) ? basename(key) : null;
    if (sha256 && (await this.size(key)) === bytes) return;
    await this.asking(() => this.upload.put(file, bytes, this.key(key), sha256));
  }

  async read(key: string, range?: ByteRange): Promise<StoredBytes> {
    const asked = range && `bytes=${range.start}-${range.end}`;
    const { Body, ContentLength, ContentRange } = await this.reading(key, () =>
      this.client.send(new GetObjectCommand({ ...this.object(key), Range: asked })),
    );
    const stream = Body as IncomingMessage;
    const total = range ? /^bytes (\d+-\d+)\/(\d+)$/.exec(ContentRange ?? '') : null;
    const bytes = Number(range ? total?.[2] : ContentLength);
    if (Number.isNaN(bytes) || (total && `bytes=${total[1]}` !== asked)) {
      stream.destroy();
      throw storeFault(new Error(`asked for ${asked} of ${key} and was answered ${ContentRange}`));
    }
    stream.setTimeout(readPatienceMs);
    return { stream, bytes };
  }

  async size(key: string): Promise<number | null> {
    try {
      const { ContentLength } = await this.client.send(new HeadObjectCommand(this.object(key)));
      return ContentLength ?? null;
    } catch (error) {
      if (isNotFound(error)) return null;
      throw storeFault(error);
    }
  }

  /** Fetched by streaming, and hashed on the way: what a decoder gets is what was sent. */
  async original(sha256: string, folder: string, signal?: AbortSignal): Promise<string> {
    const key = originalKey(sha256);
    const { stream } = await this.read(key);
    const path = join(folder, 'original');
    const hash = createHash('sha256');
    try {
      await pipeline(
        stream,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            hash.update(chunk);
            yield chunk;
          }
        },
        createWriteStream(path),
        { signal },
      );
    } catch (error) {
      signal?.throwIfAborted();
      throw diskFault(error) ?? storeFault(error);
    }
    if (hash.digest('hex') === sha256) return path;
    await rm(path);
    throw new StoredFileLost('damaged', key);
  }

  async remove(key: string): Promise<void> {
    await this.asking(() => this.client.send(new DeleteObjectCommand(this.object(key))));
  }

  async *originalsBefore(then: Date): AsyncGenerator<string> {
    for await (const key of this.keysBefore(then, 'originals/')) {
      const sha256 = basename(key);
      if (key === originalKey(sha256)) yield sha256;
    }
  }

  renditionsBefore(then: Date): AsyncGenerator<string> {
    return this.keysBefore(then, 'renditions/');
  }

  /** Parts of an upload that was never completed cost space and are in no listing. A page of them an hour. */
  async dropUnfinished(then: Date): Promise<void> {
    const { bucket: Bucket, prefix: Prefix } = this.settings;
    const { Uploads = [] } = await this.asking(async () => {
      try {
        return await this.client.send(new ListMultipartUploadsCommand({ Bucket, Prefix }));
      } catch (error) {
        // Such a store tidies up by itself, or by a rule of the bucket.
        if (isNotImplemented(error)) return { Uploads: [] };
        throw error;
      }
    });
    for (const { Key, UploadId, Initiated } of Uploads) {
      if (!Initiated || Initiated > then) continue;
      await this.asking(() => this.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })));
    }
  }

  async link(key: string, mime: string): Promise<string | null> {
    if (this.settings.serve === 'proxy') return null;
    const command = new GetObjectCommand({ ...this.object(key), ResponseContentType: mime });
    return getSignedUrl(this.client, command, { expiresIn: linkLife });
  }

  private async *keysBefore(then: Date, folder: string): AsyncGenerator<string> {
    const { bucket: Bucket, prefix } = this.settings;
    let ContinuationToken: string | undefined;
    do {
      const page = await this.asking(() =>
        this.client.send(new ListObjectsV2Command({ Bucket, Prefix: this.key(folder), ContinuationToken })),
      );
      for (const { Key, LastModified } of page.Contents ?? []) {
        if (Key && LastModified && LastModified < then) yield Key.slice(prefix.length);
      }
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
  }

  private key(key: string): string {
    return this.settings.prefix + key;
  }

  private object(key: string) {
    return { Bucket: this.settings.bucket, Key: this.key(key) };
  }

  private reading<T>(key: string, act: () => Promise<T>): Promise<T> {
    return this.asking(act, (error) => (isNotFound(error) ? new StoredFileLost('missing', key) : null));
  }

  private async asking<T>(act: () => Promise<T>, known?: (error: unknown) => Error | null): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw known?.(error) ?? storeFault(error);
    }
  }
}
