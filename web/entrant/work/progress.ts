import type { Phase, SubmissionStatus } from '../../shared/api-types';

export type StepState = 'notYet' | 'waiting' | 'passed' | 'running' | 'over' | 'later' | SubmissionStatus;

export interface ProgressStep {
  step: 'stepSent' | 'stepScreening' | 'stepJudging' | 'stepResult';
  state: StepState;
  tone: 'done' | 'now' | 'bad' | 'later';
}

/** The four stations of a work, as far as its entrant may know: nothing here tells how it is judged. */
export function progressOf(status: SubmissionStatus, phase: Phase): ProgressStep[] {
  const sent: ProgressStep =
    status === 'draft'
      ? { step: 'stepSent', state: 'notYet', tone: 'now' }
      : status === 'withdrawn'
        ? { step: 'stepSent', state: 'withdrawn', tone: 'bad' }
        : { step: 'stepSent', state: 'submitted', tone: 'done' };
  return [sent, screening(status), ...judging(status, phase)];
}

function screening(status: SubmissionStatus): ProgressStep {
  switch (status) {
    case 'draft':
    case 'withdrawn':
      return { step: 'stepScreening', state: 'later', tone: 'later' };
    case 'submitted':
      return { step: 'stepScreening', state: 'waiting', tone: 'now' };
    case 'accepted':
      return { step: 'stepScreening', state: 'passed', tone: 'done' };
    case 'returned':
      return { step: 'stepScreening', state: 'returned', tone: 'now' };
    case 'rejected':
    case 'disqualified':
      return { step: 'stepScreening', state: status, tone: 'bad' };
  }
}

function judging(status: SubmissionStatus, phase: Phase): ProgressStep[] {
  const takesPart = status === 'accepted';
  const decided = takesPart && phase === 'decided';
  const now = takesPart && phase === 'judging';
  return [
    {
      step: 'stepJudging',
      state: decided ? 'over' : now ? 'running' : 'later',
      tone: decided ? 'done' : now ? 'now' : 'later',
    },
    { step: 'stepResult', state: decided ? 'waiting' : 'later', tone: decided ? 'now' : 'later' },
  ];
}
