import { expect } from '@jest/globals';
import { defaultLimits } from '../../../../src/media/decoder/limits.js';
import { deadlineMs, isOurFault, type Trial } from './trial.ts';

/** Files, by name and with what became of them, that broke something, took too long or too much. */
export function expectNoHarm(trials: Trial[]): void {
  const harmful = trials.filter(
    (trial) =>
      isOurFault(trial) ||
      trial.ms >= deadlineMs ||
      // The type is told in the process that answers requests.
      trial.sniffMs >= deadlineMs / 2 ||
      trial.peakBytes >= defaultLimits.photoMemoryBytes,
  );
  expect(harmful).toEqual([]);
}
