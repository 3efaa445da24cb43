import { Worker } from 'node:worker_threads';
import type { HashAnswer, HashQuestion } from './hash-thread.js';

interface Waiting {
  resolve(sha256: string): void;
  reject(error: Error): void;
}

let thread: Worker | undefined;
let asked = 0;
const waiting = new Map<number, Waiting>();

/**
 * SHA-256 of a file, in hex, computed in a thread of its own: in the thread that answers requests it would take
 * a third of the time that an upload takes there. A file that was just written is read from memory.
 */
export function hashFile(path: string): Promise<string> {
  thread ??= startThread();
  const question: HashQuestion = { id: (asked += 1), path };
  // It waits for questions for ever; the process waits for it only while it owes an answer.
  thread.ref();
  thread.postMessage(question);
  return new Promise((resolve, reject) => waiting.set(question.id, { resolve, reject }));
}

function startThread(): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const started = new Worker(new URL(`./hash-thread.${extension}`, import.meta.url));
  started.on('message', (answer: HashAnswer) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) started.unref();
    if ('error' in answer) asker?.reject(answer.error);
    else asker?.resolve(answer.sha256);
  });
  started.on('error', (error: Error) => {
    thread = undefined;
    for (const asker of waiting.values()) asker.reject(error);
    waiting.clear();
  });
  return started;
}
