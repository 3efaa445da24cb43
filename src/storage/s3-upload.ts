import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ByteRange } from './store.js';
import { isPassing } from './s3-errors.js';

/** A larger file goes in parts of this size, each of which can be sent again. */
const partBytes = 16 * 1024 * 1024;
const tries = 3;

type CommandFor = (body: { Body: ReadStream; ContentLength: number }) => PutObjectCommand | UploadPartCommand;

/**
 * Puts local files into a bucket. Each request streams from the disk and is signed with the SHA-256 of what it
 * carries, so that a store takes it whole and unaltered or not at all.
 */
export class S3Upload {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  /** `sha256` of the whole file, in hex, where it is known. */
  async put(file: string, bytes: number, key: string, sha256: string | null): Promise<void> {
    if (bytes > partBytes) return this.putParts(file, bytes, key);
    const range = { start: 0, end: bytes - 1 };
    await this.send(file, range, sha256, (body) => new PutObjectCommand({ ...this.at(key), ...body }));
  }

  private async putParts(file: string, bytes: number, key: string): Promise<void> {
    const { UploadId } = await this.client.send(new CreateMultipartUploadCommand(this.at(key)));
    const upload = { ...this.at(key), UploadId };
    try {
      const Parts: CompletedPart[] = [];
      for (let start = 0; start < bytes; start += partBytes) {
        const PartNumber = Parts.length + 1;
        const range = { start, end: Math.min(start + partBytes, bytes) - 1 };
        const { ETag } = await this.send(
          file,
          range,
          null,
          (body) => new UploadPartCommand({ ...upload, PartNumber, ...body }),
        );
        Parts.push({ PartNumber, ETag });
      }
      await this.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    } catch (error) {
      // What can't be aborted now the sweeper ends.
      await this.client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
      throw error;
    }
  }

  /** The client itself sends a stream only once: it can't know that ours can be read again. */
  private async send(
    file: string,
    range: ByteRange,
    sha256: string | null,
    commandFor: CommandFor,
  ): Promise<{ ETag?: string }> {
    const hash = sha256 ?? (await hashOf(file, range));
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.sendOnce(file, range, hash, commandFor);
      } catch (error) {
        if (attempt === tries || !isPassing(error)) throw error;
        await sleep(200 * 2 ** attempt);
      }
    }
  }

  private async sendOnce(file: string, range: ByteRange, hash: string, commandFor: CommandFor) {
    const length = range.end - range.start + 1;
    const Body = createReadStream(file, { ...range, highWaterMark: 128 * 1024 });
    const unreadable = new AbortController();
    Body.once('error', (error) => unreadable.abort(error));
    // A request that announced more than comes would wait for the rest.
    Body.once('end', () => {
      if (Body.bytesRead < length) unreadable.abort(new Error(`${file} is shorter than it was`));
    });
    // Of the two kinds nothing but what they have in common is used here.
    const command = commandFor({ Body, ContentLength: length }) as PutObjectCommand;
    command.middlewareStack.add(
      (next) => (args) => {
        // What is signed is this hash; without it a stream would go unsigned.
        (args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = hash;
        return next(args);
      },
      { step: 'build' },
    );
    try {
      return await this.client.send(command, { abortSignal: unreadable.signal });
    } catch (error) {
      throw unreadable.signal.aborted ? unreadable.signal.reason : error;
    } finally {
      Body.destroy();
    }
  }

  private at(key: string) {
    return { Bucket: this.bucket, Key: key };
  }
}

async function hashOf(file: string, range: ByteRange): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { ...range, highWaterMark: 128 * 1024 }), hash);
  return hash.digest('hex');
}
