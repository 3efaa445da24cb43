import type { Phase } from '../../shared/api-types';

export type Step = 'entry' | 'screening' | 'judging' | 'result';

/** In the order of time. */
export const STEPS: readonly Step[] = ['entry', 'screening', 'judging', 'result'];

/** The step that a contest stands in; none before it opens. Works are screened once nothing more comes in. */
export function runningStep(phase: Phase): Step | null {
  const step: Record<Phase, Step | null> = {
    upcoming: null,
    open: 'entry',
    closed: 'screening',
    judging: 'judging',
    decided: 'result',
  };
  return step[phase];
}
