import type { DecodeErrorCode } from './errors.js';
import type { DecodeJob, FromChild, ToChild } from './messages.js';
import { asDecodeError } from './reasons.js';

/** Tells the parent how long the file claims to be. */
export type ReportProbed = (durationMs: number) => void;

/**
 * Turns this process into a decoder: answers each job with a report or a reason, for as long as the parent lives.
 * `fallback` is the reason for an error that names none.
 */
export function serveJobs(
  decode: (job: DecodeJob, probed: ReportProbed) => Promise<unknown>,
  fallback: DecodeErrorCode,
): void {
  // A parent that was killed cannot stop us. SIGKILL, because exit() would wait for a native decode to finish.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // Ctrl-C in a terminal reaches the whole group: the parent decides what becomes of running jobs.
  process.on('SIGINT', () => undefined);
  process.on('message', ({ job }: ToChild) => {
    void answer(decode, job, fallback);
  });
}

async function answer(
  decode: (job: DecodeJob, probed: ReportProbed) => Promise<unknown>,
  job: DecodeJob,
  fallback: DecodeErrorCode,
): Promise<void> {
  try {
    const report = await decode(job, (durationMs) => tell({ type: 'probed', durationMs }));
    tell({ type: 'done', report, rssBytes: process.memoryUsage.rss() });
  } catch (error) {
    const { code, detail } = asDecodeError(error, fallback);
    tell({ type: 'failed', code, detail: detail.slice(0, 400), rssBytes: process.memoryUsage.rss() });
  }
}

function tell(message: FromChild): void {
  process.send?.(message);
}
