import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file of an archive; it is opened when its turn comes. */
export interface ZipEntry {
  path: string;
  /** Of what `read` gives, where that is known. */
  bytes?: number;
  /** Pictures, videos and PDFs don't get smaller. */
  compress?: boolean;
  at?: Date;
  read: () => Promise<Readable>;
}

/** Somebody who takes nothing for so long is gone. */
const patienceMs = 120_000;

/**
 * Makes an archive while it is sent: nothing of it is on a disk or whole in memory, so nothing is left where somebody
 * leaves, or where the process is killed. Where every file's size is known and none is compressed, its exact length is
 * announced; a body that breaks off is then seen to be short. Never throws: what goes wrong on the way breaks it off.
 * @param broke told what broke it off, unless it was the reader who left
 * @param beforeEnd done before the reader can know that all is there, where another request may follow at once
 */
export async function sendZip(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  response: ServerResponse,
  broke: (reason: string) => void,
  beforeEnd?: () => Promise<void>,
): Promise<void> {
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  response.setTimeout(patienceMs, () => response.destroy());
  let open: Readable | undefined;
  let over = false;
  try {
    for await (const { path, bytes: size, compress = false, at: mtime, read } of entries) {
      zip.addReadStreamLazy(path, { size, compress, mtime }, (give) => {
        read().then(
          (stream) => {
            open = stream;
            stream.once('error', (error) => output.destroy(error));
            // Who left meanwhile takes nothing more.
            if (over) stream.destroy();
            else give(null, stream);
          },
          (error: unknown) => output.destroy(error as Error),
        );
      });
    }
    // Told at once, and -1 where it can't be known; the types lack its argument.
    const sized = zip as unknown as { end(options: object, told: (length: number) => void): void };
    sized.end({}, (length) => {
      if (length >= 0) response.setHeader('Content-Length', length);
    });
    await pipeline(output, response, { end: false });
    await beforeEnd?.();
    response.end();
  } catch (error) {
    // Somebody who leaves is no news. Anybody else sees a body that ends too soon.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') {
      broke((error as Error).message);
    }
    response.destroy();
  } finally {
    over = true;
    open?.destroy();
  }
}
