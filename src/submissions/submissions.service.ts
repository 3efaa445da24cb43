import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, Not, type EntityManager } from 'typeorm';
import { holds, type Person } from '../accounts/access.js';
import { AccountsService, isUniqueViolation } from '../accounts/accounts.service.js';
import { AuditService } from '../audit/audit.service.js';
import { Category } from '../contests/category.entity.js';
import type { ReceivedFile } from '../media/intake.js';
import type { Media } from '../media/media.entity.js';
import { MediaService, type MediaOwner } from '../media/media.service.js';
import { requireOpen } from './deadline.js';
import type { SubmissionFields } from './dto.js';
import { submissionProblem } from './errors.js';
import { fitsCategory, isComplete, requireComplete, requireFileCount } from './rules.js';
import { SubmissionFieldsService } from './submission-fields.service.js';
import { Submission } from './submission.entity.js';

export interface NewSubmission {
  contestId: string;
  category: Category;
  fields: SubmissionFields;
  files: ReceivedFile[];
  consentVersion: string | null;
  draft: boolean;
}

/** Answered by a change that found nothing to do. */
const unchanged = Symbol('unchanged');

/** Works on their way: draft → submitted → (screening) → withdrawn. Whose is what. */
@Injectable()
export class SubmissionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly fields: SubmissionFieldsService,
    private readonly media: MediaService,
    private readonly accounts: AccountsService,
    private readonly audit: AuditService,
  ) {}

  /** A new work with its files, as a draft or submitted at once. */
  async create(person: Person, given: NewSubmission): Promise<string> {
    const { contestId, category } = given;
    const { id, media } = await this.naming(contestId, given.files, person, () =>
      this.dataSource.transaction(async (manager) => {
        await requireOpen(manager, contestId);
        const resolved = await this.fields.resolve(manager, contestId, given.fields);
        const authorId = resolved.authorId ?? (await this.ownAuthor(manager, contestId, person));
        if (given.files.length > category.limits.maxFiles) {
          throw submissionProblem('SUBMISSION.TOO_MANY_FILES', { limit: category.limits.maxFiles });
        }
        if (!given.draft) {
          // Before the files go into storage: what is refused leaves nothing behind.
          requireComplete({ title: resolved.title ?? '', communityId: resolved.communityId ?? null });
          requireFileCount(given.files.length, category);
          await this.requireCurrentConsent(manager, contestId, given.consentVersion);
          await this.requireWithinAuthorLimit(manager, authorId, null, category);
        }
        const submission = await manager.save(
          manager.create(Submission, {
            contestId,
            categoryId: category.id,
            accountId: person.account.id,
            ...resolved,
            authorId,
          }),
        );
        await this.accounts.grant(manager, person.account.id, 'entrant', contestId);
        const taken = await this.media.take(manager, ownerOf(submission, category), given.files, 0);
        if (!given.draft) {
          await this.submitWithin(manager, submission, category, taken, given.consentVersion, person);
        }
        return { id: submission.id, media: taken };
      }),
    );
    await this.media.enqueue(media);
    return id;
  }

  /** Changes what is said of a work. After acceptance a change sends it back to screening. */
  async patch(person: Person, id: string, fields: SubmissionFields): Promise<void> {
    const own = await this.require(person, id, 'owner');
    await this.naming(own.contestId, [], person, () =>
      this.change(person, id, async (manager, submission) => {
        const resolved = await this.fields.resolve(manager, submission.contestId, fields);
        const authorId = resolved.authorId;
        if (authorId && authorId !== submission.authorId) {
          await manager.query('UPDATE media SET author_id = $2 WHERE submission_id = $1', [id, authorId]);
          if (submission.status !== 'draft') {
            const category = await manager.findOneByOrFail(Category, { id: submission.categoryId });
            await this.requireWithinAuthorLimit(manager, authorId, id, category);
          }
        }
        if (Object.keys(resolved).length > 0) await manager.update(Submission, id, resolved);
      }),
    );
  }

  async addFiles(person: Person, id: string, files: ReceivedFile[]): Promise<void> {
    const own = await this.require(person, id, 'owner');
    const taken = await this.naming(own.contestId, files, person, () =>
      this.change(person, id, async (manager, submission, category) => {
        const present = (await this.media.ofSubmissions([id], manager)).get(id) ?? [];
        if (present.length + files.length > category.limits.maxFiles) {
          throw submissionProblem('SUBMISSION.TOO_MANY_FILES', { limit: category.limits.maxFiles });
        }
        const next = Math.max(-1, ...present.map(({ position }) => position)) + 1;
        return this.media.take(manager, ownerOf(submission, category), files, next);
      }),
    );
    await this.media.enqueue(taken);
  }

  async removeFile(person: Person, id: string, mediaId: string): Promise<void> {
    await this.change(person, id, (manager) => this.media.release(manager, id, mediaId));
  }

  async order(person: Person, id: string, mediaIds: string[]): Promise<void> {
    await this.change(person, id, async (manager) => {
      const present = (await this.media.ofSubmissions([id], manager)).get(id) ?? [];
      const asked = new Set(mediaIds);
      const same = mediaIds.length === present.length && present.every((file) => asked.has(file.id));
      if (!same || asked.size !== present.length) throw submissionProblem('SUBMISSION.ORDER_INCOMPLETE');
      for (const [position, mediaId] of mediaIds.entries()) {
        await manager.query('UPDATE media SET position = $3 WHERE id = $1 AND submission_id = $2', [
          mediaId,
          id,
          position,
        ]);
      }
    });
  }

  async submit(person: Person, id: string, consentVersion: string): Promise<void> {
    await this.change(person, id, async (manager, submission, category) => {
      // A second click changes nothing, least of all the place in the order of submission.
      if (submission.status === 'submitted') return unchanged;
      const media = (await this.media.ofSubmissions([id], manager)).get(id) ?? [];
      await this.submitWithin(manager, submission, category, media, consentVersion, person);
    });
  }

  async withdraw(person: Person, id: string): Promise<void> {
    await this.change(person, id, async (manager, submission) => {
      await this.media.release(manager, id);
      await manager.update(Submission, id, { status: 'withdrawn' });
      await this.record(manager, submission, person, 'submission.withdrawn');
    });
  }

  /** The work, for its owner or, where allowed, for an organiser; 404 to everybody else. */
  async require(person: Person, id: string, who: 'owner' | 'owner or organiser'): Promise<Submission> {
    const submission = await this.dataSource.manager.findOne(Submission, {
      where: { id },
      relations: { category: true, author: true, community: true, subject: true },
    });
    const allowed =
      submission &&
      (submission.accountId === person.account.id ||
        (who === 'owner or organiser' && holds(person, 'organiser', submission.contestId)));
    if (!allowed) throw submissionProblem('SUBMISSION.NOT_FOUND');
    return submission;
  }

  async mine(person: Person, contestId: string): Promise<Submission[]> {
    return this.dataSource.manager.find(Submission, {
      where: { contestId, accountId: person.account.id, status: Not('withdrawn') },
      relations: { category: true, author: true, community: true, subject: true },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  /** Runs a change to one's own work under its row lock, while it may be changed. */
  private async change<T>(
    person: Person,
    id: string,
    act: (manager: EntityManager, submission: Submission, category: Category) => Promise<T>,
  ): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      const submission = await manager.findOne(Submission, {
        where: { id, accountId: person.account.id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!submission) throw submissionProblem('SUBMISSION.NOT_FOUND');
      if (!['draft', 'submitted', 'accepted', 'returned'].includes(submission.status)) {
        throw submissionProblem('SUBMISSION.FIXED');
      }
      // What the organiser sent back may be mended after the deadline too, until judging takes it up.
      if (submission.status !== 'returned') await requireOpen(manager, submission.contestId);
      if (submission.inJudging) throw submissionProblem('SUBMISSION.FIXED');
      const category = await manager.findOneByOrFail(Category, { id: submission.categoryId });
      const before = await this.hashes(manager, id);
      const result = await act(manager, submission, category);
      if (result !== unchanged && ['submitted', 'accepted'].includes(submission.status)) {
        await this.afterChange(manager, submission, category, person, before);
      }
      return result;
    });
  }

  /**
   * A work that was submitted and then changed is screened anew; other files are a new final submission; and
   * one that is no longer complete is a draft again until it is.
   */
  private async afterChange(
    manager: EntityManager,
    { id, status: was }: Submission,
    category: Category,
    person: Person,
    before: string[],
  ): Promise<void> {
    const submission = await manager.findOneByOrFail(Submission, { id });
    if (submission.status !== was) return;
    const after = await this.hashes(manager, id);
    const complete = isComplete(submission) && fitsCategory(after.length, category);
    await manager.update(Submission, id, { status: complete ? 'submitted' : 'draft' });
    if (before.join() !== after.join()) {
      await manager.query(
        `UPDATE submissions SET submitted_seq = nextval('submission_order') WHERE id = $1`,
        [id],
      );
    }
    await this.record(manager, submission, person, 'submission.changed', { files: after, complete });
  }

  private async hashes(manager: EntityManager, id: string): Promise<string[]> {
    const media = (await this.media.ofSubmissions([id], manager)).get(id) ?? [];
    return media.map(({ sha256 }) => sha256);
  }

  private async submitWithin(
    manager: EntityManager,
    submission: Submission,
    category: Category,
    media: Media[],
    consentVersion: string | null,
    person: Person,
  ): Promise<void> {
    requireComplete(submission);
    requireFileCount(media.length, category);
    if (media.some(({ status }) => status === 'failed')) throw submissionProblem('SUBMISSION.FILE_FAILED');
    await this.requireCurrentConsent(manager, submission.contestId, consentVersion);
    await this.requireWithinAuthorLimit(manager, submission.authorId, submission.id, category);
    // The category's row lock gives numbers without gaps; the clock is read once more after it.
    const [[numbered]] = await manager.query<[{ number: number; prefix: string }[], number]>(
      `UPDATE categories SET last_number = last_number + $2 WHERE id = $1
       RETURNING last_number AS number, number_prefix AS prefix`,
      [category.id, submission.number ? 0 : 1],
    );
    if (submission.status !== 'returned') await requireOpen(manager, submission.contestId);
    await manager.query(
      `UPDATE submissions SET status = 'submitted', reason = NULL, number = COALESCE(number, $2),
              consent_version = $3, submitted_at = dingge_now(), submitted_seq = nextval('submission_order')
        WHERE id = $1`,
      [submission.id, `${numbered.prefix}${String(numbered.number).padStart(4, '0')}`, consentVersion],
    );
    await this.record(manager, submission, person, 'submission.submitted', {
      media: media.map(({ id, sha256 }) => ({ id, sha256 })),
    });
  }

  private async requireCurrentConsent(manager: EntityManager, contestId: string, given: string | null) {
    if (given === null) return;
    const [contest] = await manager.query<{ consent_version: string }[]>(
      'SELECT consent_version FROM contests WHERE id = $1',
      [contestId],
    );
    if (contest?.consent_version !== given) throw submissionProblem('SUBMISSION.CONSENT_OUTDATED');
  }

  /** Counts the author's other works under the author's row lock. */
  private async requireWithinAuthorLimit(
    manager: EntityManager,
    authorId: string,
    exceptId: string | null,
    category: Category,
  ): Promise<void> {
    await manager.query('SELECT FROM authors WHERE id = $1 FOR UPDATE', [authorId]);
    const [row] = await manager.query<{ works: number }[]>(
      `SELECT count(*)::int AS works FROM submissions
        WHERE author_id = $1 AND category_id = $2 AND id IS DISTINCT FROM $3
          AND status IN ('submitted', 'accepted', 'returned')`,
      [authorId, category.id, exceptId],
    );
    const limit = category.limits.perAuthor;
    if (row.works >= limit) throw submissionProblem('SUBMISSION.AUTHOR_LIMIT', { limit });
  }

  private ownAuthor(manager: EntityManager, contestId: string, { account }: Person): Promise<string> {
    return this.fields.author(manager, contestId, {
      name: account.name,
      phone: account.phone ?? account.email ?? account.id,
    });
  }

  private record(
    manager: EntityManager,
    submission: Submission,
    person: Person,
    action: string,
    facts: Record<string, unknown> = {},
  ): Promise<void> {
    return this.audit.append(manager, {
      contestId: submission.contestId,
      actorId: person.account.id,
      action,
      facts: { submission: submission.id, ...facts },
    });
  }

  /** Turns the unique index's violation into a refusal that names the author's earlier work, if it is the sender's. */
  private async naming<T>(
    contestId: string,
    files: ReceivedFile[],
    person: Person,
    act: () => Promise<T>,
  ): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const [earlier] = await this.dataSource.query<{ number: string | null; title: string }[]>(
        `SELECT s.number, s.title FROM media m JOIN submissions s ON s.id = m.submission_id
          WHERE m.contest_id = $1 AND m.live AND m.account_id = $2 AND m.sha256 = ANY($3) LIMIT 1`,
        [contestId, person.account.id, files.map(({ sha256 }) => sha256)],
      );
      throw submissionProblem('SUBMISSION.DUPLICATE', { work: earlier?.number ?? (earlier?.title || '—') });
    }
  }
}

function ownerOf(submission: Submission, category: Category): MediaOwner {
  const { contestId, accountId, authorId, id } = submission;
  const maxDurationMs = category.media === 'video' ? category.limits.maxSeconds * 1000 : null;
  return { contestId, accountId, authorId, submissionId: id, maxDurationMs };
}
