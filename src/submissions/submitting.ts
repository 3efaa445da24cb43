import type { DataSource, EntityManager } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { isUniqueViolation, requireLiving } from '../accounts/accounts.service.js';
import type { ReceivedFile } from '../media/intake.js';
import type { MediaOwner } from '../media/media.service.js';
import { openColumns, refuseUnlessOpen, requireOpen, type OpenState } from './deadline.js';
import { submissionProblem } from './errors.js';
import { readDouyinText } from './douyin-text.js';
import { requireInRepair } from './repair.js';
import { douyinShortIndex, douyinVideoIndex, Submission } from './submission.entity.js';
import type { UploadCategory } from './upload-gate.js';

/** Who changes a work, or whose upload does. */
export interface Sender {
  account: Pick<Person['account'], 'id'>;
}

/** Queries that new works and changed ones share; each runs in the caller's transaction. */

/**
 * One's own work, while it may be changed: by the clock and its state. With `lock` others wait until the transaction
 * ends; without, the category comes with it. What began before the closing, at `begunAt`, has a grace.
 */
export async function requireChangeable(
  manager: EntityManager,
  accountId: string,
  id: string,
  { lock = false, begunAt = null }: { lock?: boolean; begunAt?: Date | null },
): Promise<Submission> {
  // find, because findOne asks twice as soon as there are relations.
  const [submission] = await manager.find(Submission, {
    where: { id, accountId },
    ...(lock ? { lock: { mode: 'pessimistic_write' } } : { relations: { category: true } }),
  });
  if (!submission) throw submissionProblem('SUBMISSION.NOT_FOUND');
  if (lock) await requireLiving(manager, accountId);
  if (!['draft', 'submitted', 'accepted', 'returned'].includes(submission.status)) {
    throw submissionProblem('SUBMISSION.FIXED');
  }
  // What was sent back may be mended after the deadline too, until its own date or until judging takes it up.
  if (submission.status === 'returned') await requireInRepair(manager, id);
  else await requireOpen(manager, submission.contestId, begunAt);
  if (submission.inJudging) throw submissionProblem('SUBMISSION.FIXED');
  return submission;
}

/** Others who count this author's works wait until the transaction ends. */
export async function lockAuthor(manager: EntityManager, authorId: string): Promise<void> {
  await manager.query('SELECT FROM authors WHERE id = $1 FOR UPDATE', [authorId]);
}

/** Counts the author's other works; the author must be locked. */
export async function requireWithinAuthorLimit(
  manager: EntityManager,
  authorId: string,
  exceptId: string | null,
  category: UploadCategory,
): Promise<void> {
  const [row] = await manager.query<{ works: number }[]>(
    `SELECT count(*)::int AS works FROM submissions
      WHERE author_id = $1 AND category_id = $2 AND id IS DISTINCT FROM $3
        AND status IN ('submitted', 'accepted', 'returned')`,
    [authorId, category.id, exceptId],
  );
  const limit = category.limits.perAuthor;
  if (row.works >= limit) throw submissionProblem('SUBMISSION.AUTHOR_LIMIT', { limit });
}

/**
 * When the last of what a work's files came with had begun, if it was under way at the contest's closing or had ended
 * no longer before than the grace is: with it the work may be submitted as long as the grace lasts. Null where there
 * is none. A file that came in multipart has no upload, but no such request that begins after the closing is let in.
 */
export async function lastUploadBegun(dataSource: DataSource, id: string): Promise<Date | null> {
  const [row] = await dataSource.query<{ begun: Date | null }[]>(
    `WITH closing AS (
       SELECT c.closes_at AS at, c.closes_at - make_interval(secs => c.upload_grace_seconds) AS "from"
         FROM submissions s JOIN contests c ON c.id = s.contest_id WHERE s.id = $1)
     SELECT max(begun) AS begun FROM closing, LATERAL (
       SELECT u.begun_at AS begun FROM uploads u
        WHERE u.submission_id = $1 AND u.begun_at < closing.at AND u.state <> 'refused'
          AND (u.finished_at IS NULL OR u.finished_at >= closing."from")
       UNION ALL
       SELECT least(m.created_at, closing.at - interval '1 millisecond') FROM media m
        WHERE m.submission_id = $1 AND m.live AND m.created_at >= closing."from") AS came`,
    [id],
  );
  return row?.begun ?? null;
}

/** Scripts may leave the consent out; a page that gives one must have shown the words that hold now. */
export async function requireCurrentConsent(
  manager: EntityManager,
  contestId: string,
  given: string | null,
): Promise<void> {
  if (given === null) return;
  const [contest] = await manager.query<{ consent_version: string }[]>(
    'SELECT consent_version FROM contests WHERE id = $1',
    [contestId],
  );
  if (contest?.consent_version !== given) throw submissionProblem('SUBMISSION.CONSENT_OUTDATED');
}

/**
 * The category's next receipt number. Its row lock gives numbers without gaps, and the clock is read behind it:
 * refuses when the contest has closed meanwhile, unless what asks for it began before that.
 */
export async function drawNumber(
  manager: EntityManager,
  categoryId: string,
  begunAt: Date | null,
): Promise<string> {
  const [[drawn]] = await manager.query<[(OpenState & { prefix: string; number: number })[], number]>(
    `UPDATE categories k SET last_number = k.last_number + 1 FROM contests c
      WHERE k.id = $1 AND c.id = k.contest_id
     RETURNING k.number_prefix AS prefix, k.last_number AS number, ${openColumns}`,
    [categoryId],
  );
  refuseUnlessOpen(drawn, begunAt);
  return `${drawn.prefix}${String(drawn.number).padStart(4, '0')}`;
}

type Earlier = Pick<Submission, 'number' | 'title'>;

/** Turns a unique index's violation into a refusal that names the author's earlier work, if it is the sender's. */
export async function namingDuplicates<T>(
  dataSource: DataSource,
  given: { id?: string; contestId: string; person: Sender; files?: ReceivedFile[]; douyinText?: string },
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const { id = null, contestId, person, files = [], douyinText = '' } = given;
    const byLink = isUniqueViolation(error, douyinVideoIndex) || isUniqueViolation(error, douyinShortIndex);
    const { videoId, shortCode } = readDouyinText(douyinText);
    const [earlier] = byLink
      ? await dataSource.query<Earlier[]>(
          `SELECT number, title FROM submissions
            WHERE contest_id = $1 AND account_id = $2 AND status NOT IN ('draft', 'withdrawn')
              AND (douyin_video_id = $3 OR douyin_short_code = $4) AND id IS DISTINCT FROM $5 LIMIT 1`,
          [contestId, person.account.id, videoId, shortCode, id],
        )
      : await dataSource.query<Earlier[]>(
          `SELECT s.number, s.title FROM media m JOIN submissions s ON s.id = m.submission_id
            WHERE m.contest_id = $1 AND m.live AND m.account_id = $2 AND m.sha256 = ANY($3) LIMIT 1`,
          [contestId, person.account.id, files.map(({ sha256 }) => sha256)],
        );
    const work = earlier?.number ?? (earlier?.title || '—');
    throw submissionProblem(byLink ? 'SUBMISSION.DOUYIN_TWICE' : 'SUBMISSION.DUPLICATE', { work });
  }
}

export function mediaOwner(
  work: Pick<Submission, 'id' | 'contestId' | 'accountId' | 'authorId'>,
  category: UploadCategory,
): MediaOwner {
  const { contestId, accountId, authorId, id } = work;
  const maxDurationMs = category.media === 'video' ? category.limits.maxSeconds * 1000 : null;
  return { contestId, accountId, authorId, submissionId: id, maxDurationMs };
}
