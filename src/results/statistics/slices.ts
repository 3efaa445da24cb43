import { setImmediate as turn } from 'node:timers/promises';

/** So long a computation may keep everything else waiting. */
const SLICE_MS = 8;

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a long computation in slices of a few milliseconds, between which requests are answered; one at a time in a
 * process, so that two of them don't make slices twice as long.
 */
export function inSlices<Answer>(steps: () => Generator<void, Answer>): Promise<Answer> {
  const own = last.then(async () => {
    const running = steps();
    for (let end = performance.now() + SLICE_MS; ;) {
      const { done, value } = running.next();
      if (done) return value;
      if (performance.now() < end) continue;
      await turn();
      end = performance.now() + SLICE_MS;
    }
  });
  last = own.catch(() => undefined);
  return own;
}
