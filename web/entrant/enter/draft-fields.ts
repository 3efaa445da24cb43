import type { Account, Contest, Submission, SubmissionFields } from '../../shared/api-types';
import { OTHER_COMMUNITY } from './words';

/** The form as it is typed. `communityId` is empty until something of the list is chosen. */
export interface DraftForm {
  title: string;
  story: string;
  communityId: string;
  communityName: string;
  subjectId: string;
  douyinText: string;
  authorIs: 'self' | 'other';
  authorName: string;
  authorPhone: string;
}

export function emptyForm(): DraftForm {
  return {
    title: '',
    story: '',
    communityId: '',
    communityName: '',
    subjectId: '',
    douyinText: '',
    authorIs: 'self',
    authorName: '',
    authorPhone: '',
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
    douyinText: submission.douyinText,
    authorIs: self ? 'self' : 'other',
    authorName: self ? '' : author.name,
    authorPhone: self ? '' : (author.phone ?? ''),
  };
}

export function isOther(contest: Contest, communityId: string): boolean {
  return contest.communities.some((item) => item.id === communityId && item.name === OTHER_COMMUNITY);
}

/** Spaces, dashes and +86 that come with a pasted number are taken away. */
export function plainPhone(typed: string): string {
  return typed.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '');
}

export function isPhone(typed: string): boolean {
  return /^1\d{10}$/.test(plainPhone(typed));
}

/** What can be saved of the form now: a half-typed author stays on the page until it is whole. */
export function fieldsOf(form: DraftForm, contest: Contest, account: Account | null): SubmissionFields {
  const fields: SubmissionFields = {
    title: form.title.trim(),
    story: form.story.trim(),
    community: form.communityId,
    communityName: isOther(contest, form.communityId) ? form.communityName.trim() : '',
    subject: form.subjectId,
    douyinText: form.douyinText.trim(),
  };
  if (form.authorIs === 'other') {
    if (form.authorName.trim() && isPhone(form.authorPhone)) {
      fields.author = { name: form.authorName.trim(), phone: plainPhone(form.authorPhone) };
    }
  } else if (account?.phone) {
    fields.author = { name: account.name, phone: account.phone };
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
