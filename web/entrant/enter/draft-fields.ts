import type { Account, Contest, Submission, SubmissionFields } from '../../shared/api-types';
import { mobile } from '../phone';
import { OTHER_COMMUNITY } from './words';

/** The form as it is typed. `communityId` is empty until something of the list is chosen. */
export interface DraftForm {
  title: string;
  story: string;
  communityId: string;
  communityName: string;
  subjectId: string;
  /** `2019-08-30`, or empty. */
  takenOn: string;
  takenPlace: string;
  douyinText: string;
  authorIs: 'self' | 'other';
  authorName: string;
  authorPhone: string;
  /** That the author, who is somebody else, agreed. */
  authorAgreed: boolean;
}

export function emptyForm(): DraftForm {
  return {
    title: '',
    story: '',
    communityId: '',
    communityName: '',
    subjectId: '',
    takenOn: '',
    takenPlace: '',
    douyinText: '',
    authorIs: 'self',
    authorName: '',
    authorPhone: '',
    authorAgreed: false,
  };
}

/** The form of a work that was begun before. */
export function formOf(submission: Submission, contest: Contest, account: Account | null): DraftForm {
  const { author, community } = submission;
  const other = isOther(contest, community?.id ?? '');
  const self = !account || (author.name === account.name && author.phone === (account.phone ?? author.phone));
  return {
    title: submission.title,
    story: submission.story,
    communityId: community?.id ?? '',
    communityName: other && community?.name !== OTHER_COMMUNITY ? (community?.name ?? '') : '',
    subjectId: submission.subject?.id ?? '',
    takenOn: submission.takenOn ?? '',
    takenPlace: submission.takenPlace,
    douyinText: submission.douyinText,
    authorIs: self ? 'self' : 'other',
    authorName: self ? '' : author.name,
    authorPhone: self ? '' : (author.phone ?? ''),
    authorAgreed: !self && submission.authorAgreedAt !== null,
  };
}

export function isOther(contest: Contest, communityId: string): boolean {
  return contest.communities.some((item) => item.id === communityId && item.name === OTHER_COMMUNITY);
}

/** What can be saved of the form now: a half-typed author stays on the page until it is whole. */
export function fieldsOf(form: DraftForm, contest: Contest, account: Account | null): SubmissionFields {
  const fields: SubmissionFields = {
    title: form.title.trim(),
    story: form.story.trim(),
    community: form.communityId,
    communityName: isOther(contest, form.communityId) ? form.communityName.trim() : '',
    subject: form.subjectId,
    takenOn: form.takenOn,
    takenPlace: form.takenPlace.trim(),
    douyinText: form.douyinText.trim(),
  };
  if (form.authorIs === 'other') {
    const phone = mobile(form.authorPhone);
    if (form.authorName.trim() && phone) {
      fields.author = { name: form.authorName.trim(), phone };
      fields.authorAgreed = form.authorAgreed;
    }
  } else if (account?.phone) {
    fields.author = { name: account.name, phone: account.phone };
    fields.authorAgreed = false;
  }
  return fields;
}

/** The fields that differ from what the server has; community and its written name go together. */
export function changedFields(next: SubmissionFields, saved: SubmissionFields): SubmissionFields {
  const changed: SubmissionFields = {};
  for (const key of Object.keys(next) as (keyof SubmissionFields)[]) {
    if (JSON.stringify(next[key]) !== JSON.stringify(saved[key])) {
      Object.assign(changed, { [key]: next[key] });
    }
  }
  if (changed.communityName !== undefined) changed.community = next.community ?? '';
  if (changed.community !== undefined) changed.communityName = next.communityName ?? '';
  return changed;
}

/** The form as the server has it after a save: an author who was not whole yet was not sent. */
export function savedOf(sent: DraftForm, before: DraftForm, { author }: SubmissionFields): DraftForm {
  if (author) return sent;
  const { authorIs, authorName, authorPhone, authorAgreed } = before;
  return { ...sent, authorIs, authorName, authorPhone, authorAgreed };
}

/** A form that was not saved to its end: how it stood, and how it stood when the server last had all of it. */
export interface KeptForm {
  category: string;
  form: DraftForm;
  before: DraftForm;
}

/** The fields that were typed since; null where there are none, or nothing that was kept is a form. */
export function typedSince(kept: unknown): Partial<DraftForm> | null {
  if (!isKeptForm(kept)) return null;
  const blank = emptyForm();
  const typed = Object.keys(blank).filter((key): key is keyof DraftForm => {
    const field = key as keyof DraftForm;
    return typeof kept.form[field] === typeof blank[field] && kept.form[field] !== kept.before[field];
  });
  return typed.length > 0 ? Object.fromEntries(typed.map((key) => [key, kept.form[key]])) : null;
}

export function isKeptForm(kept: unknown): kept is KeptForm {
  if (typeof kept !== 'object' || kept === null) return false;
  const { category, form, before } = kept as Partial<Record<keyof KeptForm, unknown>>;
  return (
    [form, before].every((part) => typeof part === 'object' && part !== null) && typeof category === 'string'
  );
}
