import { requiresLink, type Category } from '../contests/category.entity.js';
import { commonProblem, type FieldProblem } from '../common/problem.js';
import { both } from '../common/validation.js';
import { linkProblem } from './douyin-checks.js';
import { namesVideo, readDouyinText } from './douyin-text.js';
import { submissionProblem } from './errors.js';
import type { Submission } from './submission.entity.js';

type Words = Pick<Submission, 'title' | 'communityId' | 'douyinText'>;
type Rules = Pick<Category, 'entry' | 'linkRequired' | 'limits'>;

/** Refuses a work that lacks a title, a community, or the link that its category requires. */
export function requireComplete(submission: Words, category: Rules): void {
  const errors: FieldProblem[] = [];
  if (!submission.title) errors.push({ path: 'title', message: both('请填写标题。', 'Give it a title.') });
  if (!submission.communityId) {
    errors.push({ path: 'community', message: both('请选择社区或村。', 'Choose a community.') });
  }
  if (requiresLink(category) && !hasLink(submission)) {
    errors.push({ path: 'douyinText', message: linkProblem(readDouyinText(submission.douyinText).kind) });
  }
  if (errors.length > 0) throw commonProblem('REQUEST.INVALID', {}, { errors });
}

/** One photo, or a series within its bounds; one video; nothing where a work is a link. */
export function requireFileCount(count: number, category: Rules & Pick<Category, 'name'>): void {
  const { seriesMin, seriesMax } = category.limits;
  requireRoom(count, category);
  if (count === 0 && category.entry !== 'link') throw submissionProblem('SUBMISSION.NO_FILE');
  if (count > 1 && (count < seriesMin || count > seriesMax)) {
    throw submissionProblem('SUBMISSION.SERIES_SIZE', { min: seriesMin, max: seriesMax, count });
  }
}

/** Refuses more files than a work of the category may have. */
export function requireRoom(count: number, { entry, limits, name }: Rules & Pick<Category, 'name'>): void {
  if (count > 0 && entry === 'link') throw submissionProblem('SUBMISSION.LINK_ONLY', { category: name });
  if (count > limits.maxFiles) {
    throw submissionProblem('SUBMISSION.TOO_MANY_FILES', { limit: limits.maxFiles });
  }
}

export function isComplete(submission: Words, category: Rules): boolean {
  const { title, communityId } = submission;
  return title !== '' && communityId !== null && (!requiresLink(category) || hasLink(submission));
}

/** Whether so many files make one work of the category. */
export function fitsCategory(count: number, { entry, limits }: Pick<Category, 'entry' | 'limits'>): boolean {
  if (entry === 'link') return count === 0;
  return (
    count === 1 ||
    (count >= limits.seriesMin && count <= Math.min(limits.seriesMax, limits.maxFiles) && count > 1)
  );
}

function hasLink({ douyinText }: Words): boolean {
  return namesVideo(readDouyinText(douyinText));
}
