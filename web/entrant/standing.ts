import type { Contest, Media, Submission } from '../shared/api-types';
import { serverNow } from '../shared/clock';

/** Where a work stands and what its entrant should do next: the one thing, as a key of `standingWords`. */
export interface Standing {
  tone: 'neutral' | 'pine' | 'amber' | 'seal';
  chip:
    | 'draft'
    | 'submitted'
    | 'accepted'
    | 'returned'
    | 'rejected'
    | 'withdrawn'
    | 'disqualified'
    | 'processing'
    | 'fileFailed';
  next:
    | 'goOn'
    | 'editUntil'
    | 'waitScreening'
    | 'waitJudging'
    | 'inJudging'
    | 'seeResult'
    | 'mend'
    | 'mendFile'
    | 'repairOver'
    | 'replaceFile'
    | 'waitProcessing'
    | 'readReason'
    | 'tooLate'
    | 'nothing';
}

type RepairFacts = Pick<Submission, 'status'> & { repairUntil?: string | null };
type WorkFacts = RepairFacts & { media: readonly { status: string }[] };

export function standingOf(work: WorkFacts, phase: Contest['phase']): Standing {
  const open = phase === 'open';
  const failed = work.media.some((media) => media.status === 'failed');
  const pending = work.media.some((media) => media.status === 'pending');
  switch (work.status) {
    case 'draft':
      if (!open) return { tone: 'neutral', chip: 'draft', next: 'tooLate' };
      return failed
        ? { tone: 'seal', chip: 'fileFailed', next: 'replaceFile' }
        : { tone: 'neutral', chip: 'draft', next: 'goOn' };
    case 'submitted':
      if (failed) {
        return { tone: 'seal', chip: 'fileFailed', next: open ? 'replaceFile' : 'waitScreening' };
      }
      if (pending) return { tone: 'neutral', chip: 'processing', next: 'waitProcessing' };
      return { tone: 'pine', chip: 'submitted', next: open ? 'editUntil' : 'waitScreening' };
    case 'accepted':
      return {
        tone: 'pine',
        chip: 'accepted',
        next: phase === 'decided' ? 'seeResult' : phase === 'judging' ? 'inJudging' : 'waitJudging',
      };
    case 'returned':
      if (!editable(work, phase)) return { tone: 'seal', chip: 'returned', next: 'repairOver' };
      return { tone: 'amber', chip: 'returned', next: failed ? 'mendFile' : 'mend' };
    case 'rejected':
      return { tone: 'seal', chip: 'rejected', next: 'readReason' };
    case 'disqualified':
      return { tone: 'seal', chip: 'disqualified', next: 'readReason' };
    case 'withdrawn':
      return { tone: 'neutral', chip: 'withdrawn', next: 'nothing' };
  }
}

interface WorkProgress {
  media: readonly Pick<Media, 'status' | 'progress'>[];
}
type Say = (key: Standing['chip'] | 'processingAt', values?: { percent: number }) => string;

/** What the chip says: of a video on its way also how far that is. */
export function chipText({ chip }: Standing, { media }: WorkProgress, say: Say): string {
  const progress = media.find(({ status, progress }) => status === 'pending' && progress !== null)?.progress;
  return chip === 'processing' && typeof progress === 'number'
    ? say('processingAt', { percent: progress })
    : say(chip);
}

/** Whether its entrant may still change it: the server has the last word. */
export function editable(work: RepairFacts, phase: Contest['phase']): boolean {
  if (work.status === 'returned') {
    return !work.repairUntil || new Date(work.repairUntil).getTime() > serverNow();
  }
  return phase === 'open' && ['draft', 'submitted', 'accepted'].includes(work.status);
}
