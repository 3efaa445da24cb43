import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { PhotoJob } from './photos.js';
import type { VideoJob } from './videos.js';

/** A file to make. */
export type StudioJob = { kind: 'photo'; photo: PhotoJob } | { kind: 'video'; video: VideoJob };

export interface StudioOrder {
  job: StudioJob;
  /** Where the file goes. */
  path: string;
}

/** What a painter answers: nothing, or why it failed. */
export interface StudioAnswer {
  error?: string;
}

interface Waiting extends StudioOrder {
  done: () => void;
  failed: (error: Error) => void;
}

/** Paints in child processes, one a core, so that uploading and the progress line never wait for a brush. */
export class Studio {
  private readonly painters: ChildProcess[] = [];
  private readonly idle: ChildProcess[] = [];
  private readonly queue: Waiting[] = [];
  private closed = false;

  constructor(size = Math.min(4, availableParallelism())) {
    const worker = fileURLToPath(new URL('./studio-worker.js', import.meta.url));
    for (let i = 0; i < size; i += 1) {
      const painter = fork(worker, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      this.painters.push(painter);
      this.idle.push(painter);
    }
  }

  /** Makes one file; resolves when it is written. */
  make(order: StudioOrder): Promise<void> {
    return new Promise((done, failed) => {
      this.queue.push({ ...order, done, failed });
      this.next();
    });
  }

  close(): void {
    this.closed = true;
    for (const painter of this.painters) painter.kill();
  }

  private next(): void {
    while (this.idle.length > 0 && this.queue.length > 0 && !this.closed) {
      this.give(this.idle.pop()!, this.queue.shift()!);
    }
  }

  private give(painter: ChildProcess, order: Waiting): void {
    const finish = (error?: string): void => {
      painter.off('message', answered);
      painter.off('exit', left);
      if (error === undefined) order.done();
      else order.failed(new Error(`${order.path}: ${error}`));
    };
    const answered = ({ error }: StudioAnswer): void => {
      finish(error);
      this.idle.push(painter);
      this.next();
    };
    const left = (code: number | null): void => finish(`the painter left with ${code ?? 'a signal'}`);
    painter.on('message', answered);
    painter.on('exit', left);
    painter.send({ job: order.job, path: order.path } satisfies StudioOrder);
  }
}
