import { Worker } from 'node:worker_threads';
import type { SinkAnswer, SinkOrder } from './sink-thread.js';

interface Waiting {
  resolve(answer: SinkAnswer): void;
  reject(error: Error): void;
}

let thread: Worker | undefined;
let begun = 0;
/** The askers of each file, in the order in which they asked. */
const waiting = new Map<number, Waiting[]>();

/**
 * A file that is hashed and written in a thread of its own: done in the thread that answers requests, both
 * would take half of the time that an upload takes there. The bytes are handed over, not copied, so that the
 * garbage collector of the large heap never hears of them: it would walk through all of it for each 64 MB.
 */
export class Sink {
  private readonly id = (begun += 1);

  /**
   * @param path of a file that isn't there yet, which the first write makes; or of one that is
   * @param from where in a file that is there the first byte goes
   */
  constructor(
    private readonly path: string,
    private readonly from = 0,
  ) {}

  /**
   * Takes the chunks away from the caller; resolves when they are written.
   * @throws what the system says, with its `code`; nothing may be written after that
   */
  async write(chunks: Buffer[]): Promise<void> {
    const owned = chunks.map(own);
    await ask(
      { id: this.id, act: 'write', path: this.path, from: this.from, chunks: owned },
      owned.map(({ buffer }) => buffer),
    );
  }

  /**
   * Resolves once the file is synced to the disk; something must have been written.
   * @returns the SHA-256 of the whole file, in hex; undefined where not all of it was written by this process
   */
  async finish(): Promise<string | undefined> {
    return (await ask({ id: this.id, act: 'finish' })).sha256;
  }

  /** Closes the file as it is. Never throws: whoever abandons has an error of his own to report. */
  async abandon(): Promise<void> {
    await ask({ id: this.id, act: 'abandon' }).catch(() => undefined);
  }
}

/** The SHA-256, in hex, of a file that is whole; read in the same thread, as one that was written in pieces has to be. */
export async function hashOf(path: string): Promise<string> {
  return (await ask({ id: (begun += 1), act: 'read', path })).sha256!;
}

/** Bytes that nobody else sees: only memory that is all theirs may be handed to another thread. */
function own(chunk: Buffer): Uint8Array<ArrayBuffer> {
  const { buffer } = chunk;
  const whole = chunk.byteLength === buffer.byteLength && buffer instanceof ArrayBuffer;
  return whole ? new Uint8Array(buffer) : Uint8Array.from(chunk);
}

function ask(order: SinkOrder, handedOver: ArrayBuffer[] = []): Promise<SinkAnswer> {
  thread ??= startThread();
  // It waits for orders for ever; the process waits for it only while it owes an answer.
  thread.ref();
  thread.postMessage(order, handedOver);
  return new Promise((resolve, reject) => {
    const askers = waiting.get(order.id) ?? [];
    askers.push({ resolve, reject });
    waiting.set(order.id, askers);
  });
}

function startThread(): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const started = new Worker(new URL(`./sink-thread.${extension}`, import.meta.url));
  started.on('message', (answer: SinkAnswer) => {
    const askers = waiting.get(answer.id);
    const asker = askers?.shift();
    if (askers?.length === 0) waiting.delete(answer.id);
    if (waiting.size === 0) started.unref();
    if (answer.failure) asker?.reject(Object.assign(new Error(answer.failure.message), answer.failure));
    else asker?.resolve(answer);
  });
  started.on('error', (error: Error) => {
    thread = undefined;
    for (const asker of [...waiting.values()].flat()) asker.reject(error);
    waiting.clear();
  });
  return started;
}
