import type { ConflictTarget, PanelChange } from './types';

/** What the organiser wants to change; some begin from a line of a list. */
export type Ask =
  | { type: 'add-judge' }
  | { type: 'remove-judge' | 'replace-judge'; judge: string }
  | { type: 'per-submission' }
  | { type: 'remove-work'; work?: PickedWork }
  | { type: 'add-work' }
  | { type: 'conflict'; judge?: string };

export interface PickedWork {
  id: string;
  number: string;
  title: string;
  /** Where the list that it was picked from tells. */
  author?: string;
}

/** All that a change may ask, whatever its kind: what is filled in stays when the choice changes. */
export interface PanelForm {
  judge: string;
  by: string;
  take: 'open' | 'all';
  sharing: 'all' | 'some';
  perSubmission: number | '';
  work: PickedWork | null;
  status: 'withdrawn' | 'disqualified';
  of: ConflictTarget['of'];
  community: string;
  unit: string;
  reason: string;
}

/** Whether it goes into the record with a reason. */
export function wantsReason({ type }: Ask): boolean {
  return type !== 'add-judge';
}

/**
 * The change as the server takes it; null while something is missing. Without a reason it can be tried, not made: `—`
 * stands for it.
 */
export function changeOf(ask: Ask, form: PanelForm): PanelChange | null {
  const reason = form.reason.trim() || '—';
  switch (ask.type) {
    case 'add-judge':
      return form.by ? { type: 'add-judge', judge: form.by } : null;
    case 'remove-judge':
      return { type: 'remove-judge', judge: ask.judge, reason };
    case 'replace-judge':
      return form.by
        ? { type: 'replace-judge', judge: ask.judge, by: form.by, take: form.take, reason }
        : null;
    case 'per-submission': {
      const { sharing, perSubmission } = form;
      if (sharing === 'all') return { type: 'per-submission', perSubmission: null, reason };
      const valid = Number.isInteger(perSubmission) && Number(perSubmission) >= 1;
      return valid ? { type: 'per-submission', perSubmission: Number(perSubmission), reason } : null;
    }
    case 'remove-work':
      return form.work
        ? { type: 'remove-work', submission: form.work.id, status: form.status, reason }
        : null;
    case 'add-work':
      return form.work ? { type: 'add-work', submission: form.work.id, reason } : null;
    case 'conflict':
      return null;
  }
}

/** What a judge shall not judge; null while something is missing. */
export function targetOf({ of, work, community, unit }: PanelForm): ConflictTarget | null {
  if (of === 'unit') return unit ? { of, id: unit } : null;
  if (of === 'community') return community ? { of, id: community } : null;
  if (of === 'author') return work?.author ? { of, id: work.author } : null;
  return work ? { of, id: work.id } : null;
}
