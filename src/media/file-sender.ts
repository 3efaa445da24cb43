import { Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { StoredFileLost } from '../storage/errors.js';
import { StorageService, type ByteRange, type StoredBytes } from '../storage/storage.service.js';
import { shareOf } from './byte-ranges.js';
import { mediaProblem } from './errors.js';

/** A stored file as a browser is to get it. `bytes` is what its row says: storage must agree. */
export interface SentFile {
  key: string;
  mime: string;
  bytes: number;
  /** In quotes. */
  etag: string;
  /** Seconds that a browser may keep it without asking; two days, unless told. */
  maxAge?: number;
  /** Of an original: to be saved under this name, never shown. */
  attachment?: string;
}

/** Seconds. A link to the store lives for 60: whoever follows a kept redirect has half of that left. */
const redirectLife = 30;

/** Answers requests for stored files: streamed, whole or in part, or, where that is set, by way of the store. */
@Injectable()
export class FileSender {
  private readonly logger = new Logger('media');

  constructor(private readonly storage: StorageService) {}

  /** @throws a Problem, with nothing sent, where storage lacks the file or is in trouble */
  async send(file: SentFile, request: Request, response: Response): Promise<void> {
    const link = await this.linkTo(file);
    if (link) {
      response.setHeader('Cache-Control', `private, max-age=${redirectLife}`);
      return response.redirect(302, link);
    }
    const share = shareOf(request, file.etag, file.bytes);
    if (share === 'unsatisfiable') {
      const headers = { 'Content-Range': `bytes */${file.bytes}` };
      throw mediaProblem('MEDIA.RANGE_UNSATISFIABLE', {}, { headers });
    }
    if (share === 'unchanged') {
      describe(response, file).status(304).end();
    } else if (request.method === 'HEAD') {
      this.requireWhole(file, await this.storage.size(file.key));
      describe(response, file).setHeader('Content-Length', file.bytes).end();
    } else {
      await this.stream(file, share === 'whole' ? undefined : share, response);
    }
  }

  /**
   * Only what we drew ourselves may be seen at the store's own address, which sends none of our headers. And a
   * video comes through us: a player seeks at the address that it was redirected to long after that has ended.
   */
  private async linkTo({ key, mime, attachment }: SentFile): Promise<string | null> {
    return attachment === undefined && mime.startsWith('image/') ? this.storage.link(key, mime) : null;
  }

  private async stream(file: SentFile, range: ByteRange | undefined, response: Response): Promise<void> {
    const { stream } = await this.open(file, range);
    describe(response, file);
    const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
    if (range) response.status(206).setHeader('Content-Range', `bytes ${start}-${end}/${file.bytes}`);
    response.setHeader('Content-Length', end - start + 1);
    try {
      await pipeline(stream, response);
    } catch (error) {
      // Somebody who leaves is no news. Anybody else sees a body that ends too soon, and asks again.
      if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
      this.logger.warn(`${file.key} broke off: ${(error as Error).message}`);
    }
  }

  private async open(file: SentFile, range: ByteRange | undefined): Promise<StoredBytes> {
    const found = await this.storage.read(file.key, range).catch((error: unknown) => {
      if (error instanceof StoredFileLost) return null;
      throw error;
    });
    try {
      this.requireWhole(file, found?.bytes ?? null);
    } catch (error) {
      found?.stream.destroy();
      throw error;
    }
    return found!;
  }

  private requireWhole({ key, bytes }: SentFile, stored: number | null): void {
    if (stored === bytes) return;
    this.logger.error(`${key}: ${stored ?? 'no'} bytes in storage, and the row says ${bytes}`);
    throw mediaProblem('MEDIA.FILE_MISSING');
  }
}

/** The headers of every answer that is about the file itself. */
function describe(response: Response, { mime, etag, maxAge, attachment }: SentFile): Response {
  if (attachment !== undefined) {
    response.attachment(attachment);
    // Whatever somebody sent, opened in the page's own name, must not be able to do anything.
    response.setHeader('Content-Security-Policy', 'sandbox');
  }
  return response.type(mime).set({
    'Accept-Ranges': 'bytes',
    'Cache-Control':
      maxAge === undefined ? 'private, max-age=172800, immutable' : `private, max-age=${maxAge}`,
    'Cross-Origin-Resource-Policy': 'same-origin',
    ETag: etag,
  });
}
