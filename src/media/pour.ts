import type { Readable } from 'node:stream';
import type { Sink } from './sink.js';

/** So much is gathered before it is handed on: each message to the thread costs as much as a few kilobytes. */
const gatherBytes = 512 * 1024;
/** Nor is anything held back for longer, as long as more arrives. */
const gatherMs = 2000;

export interface PourSteps {
  /** Sees each piece before it counts; what it throws ends the pouring. */
  admit: (chunk: Buffer) => void | Promise<void>;
  /** Before anything is written: rejects where that is no longer allowed. */
  beforeWrite?: () => Promise<void>;
}

/**
 * Writes while the next bytes arrive; of each upload at most twice `gatherBytes` is in memory. What was admitted
 * before the stream broke, or before a piece was refused, is written all the same.
 */
export async function pour(stream: Readable, sink: Sink, { admit, beforeWrite }: PourSteps): Promise<void> {
  let gathered: Buffer[] = [];
  let gatheredBytes = 0;
  let since = performance.now();
  let writing: Promise<void> = Promise.resolve();
  const flush = async () => {
    await writing;
    if (gatheredBytes === 0) return;
    await beforeWrite?.();
    writing = sink.write(gathered);
    // Awaited with the next one, or at the end: until then a failure has nobody who listens.
    writing.catch(() => undefined);
    gathered = [];
    gatheredBytes = 0;
    since = performance.now();
  };
  let failed = false;
  try {
    // When this throws, the door still has to read on to answer: the stream is not ours to destroy.
    for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      await admit(chunk);
      gathered.push(chunk);
      gatheredBytes += chunk.length;
      if (gatheredBytes < gatherBytes && performance.now() - since < gatherMs) continue;
      failed = true;
      await flush();
      failed = false;
    }
  } finally {
    // Nothing may be written after a write that failed.
    if (!failed) {
      await flush();
      await writing;
    }
  }
}
