import type { Category } from '../contests/category.entity.js';
import { commonProblem, type FieldProblem } from '../common/problem.js';
import { both } from '../common/validation.js';
import { submissionProblem } from './errors.js';
import type { Submission } from './submission.entity.js';

/** Refuses a work that lacks a title or a community. */
export function requireComplete(submission: Pick<Submission, 'title' | 'communityId'>): void {
  const errors: FieldProblem[] = [];
  if (!submission.title) errors.push({ path: 'title', message: both('请填写标题。', 'Give it a title.') });
  if (!submission.communityId) {
    errors.push({ path: 'community', message: both('请选择社区或村。', 'Choose a community.') });
  }
  if (errors.length > 0) throw commonProblem('REQUEST.INVALID', {}, { errors });
}

/** One photo, or a series within its bounds; one video. */
export function requireFileCount(count: number, category: Pick<Category, 'limits'>): void {
  const { maxFiles, seriesMin, seriesMax } = category.limits;
  if (count === 0) throw submissionProblem('SUBMISSION.NO_FILE');
  if (count > maxFiles) throw submissionProblem('SUBMISSION.TOO_MANY_FILES', { limit: maxFiles });
  if (count > 1 && (count < seriesMin || count > seriesMax)) {
    throw submissionProblem('SUBMISSION.SERIES_SIZE', { min: seriesMin, max: seriesMax, count });
  }
}

export function isComplete({ title, communityId }: Pick<Submission, 'title' | 'communityId'>): boolean {
  return title !== '' && communityId !== null;
}

/** Whether so many files make one work of the category. */
export function fitsCategory(count: number, { limits }: Pick<Category, 'limits'>): boolean {
  return (
    count === 1 ||
    (count >= limits.seriesMin && count <= Math.min(limits.seriesMax, limits.maxFiles) && count > 1)
  );
}
