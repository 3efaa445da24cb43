import type { DecodeErrorCode } from './errors.js';
import type { DecodeJob, FromChild, ToChild } from './messages.js';
import { asDecodeError } from './reasons.js';

/** What a decoder tells of a job while it runs: how long the file claims to be, and the share that is done. */
export interface Reporter {
  probed: (durationMs: number) => void;
  progress: (share: number) => void;
}

/** At most this often, or the channel would carry a message for every frame. */
const progressEveryMs = 250;

/**
 * Turns this process into a decoder: answers each job with a report or a reason, for as long as the parent lives.
 * `fallback` is the reason for an error that names none.
 */
export function serveJobs(
  decode: (job: DecodeJob, reporter: Reporter) => Promise<unknown>,
  fallback: DecodeErrorCode,
): void {
  // A parent that was killed cannot stop us. SIGKILL, because exit() would wait for a native decode to finish.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // Ctrl-C in a terminal reaches the whole group: the parent decides what becomes of running jobs.
  process.on('SIGINT', () => undefined);
  process.on('message', ({ job }: ToChild) => {
    // Sent before the file is touched: whatever this process dies of until then is not the file's fault.
    process.send?.({ type: 'begun' } satisfies FromChild, () => void answer(decode, job, fallback));
  });
}

async function answer(
  decode: (job: DecodeJob, reporter: Reporter) => Promise<unknown>,
  job: DecodeJob,
  fallback: DecodeErrorCode,
): Promise<void> {
  try {
    const report = await decode(job, reporter());
    // Pixels hang on small objects that V8 sees no haste to collect: two photos' worth would stay, a third more memory.
    globalThis.gc?.();
    tell({ type: 'done', report, rssBytes: process.memoryUsage.rss() });
  } catch (error) {
    const { code, detail } = asDecodeError(error, fallback);
    tell({ type: 'failed', code, detail: detail.slice(0, 400), rssBytes: process.memoryUsage.rss() });
  }
}

function reporter(): Reporter {
  let toldAt = -Infinity;
  return {
    probed: (durationMs) => tell({ type: 'probed', durationMs }),
    progress: (share) => {
      if (performance.now() - toldAt < progressEveryMs) return;
      toldAt = performance.now();
      tell({ type: 'progress', share });
    },
  };
}

function tell(message: FromChild): void {
  process.send?.(message);
}
