import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, Not, type EntityManager } from 'typeorm';
import { holds, type Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { Category } from '../contests/category.entity.js';
import type { ReceivedFile } from '../media/intake.js';
import type { Media } from '../media/media.entity.js';
import { MediaService } from '../media/media.service.js';
import type { SubmissionFields } from './dto.js';
import { submissionProblem } from './errors.js';
import { bytesOf, requireWithinQuota } from './quota.js';
import { fitsCategory, isComplete, requireComplete, requireFileCount, requireRoom } from './rules.js';
import { SubmissionMessages } from './submission-messages.service.js';
import { SubmissionFieldsService } from './submission-fields.service.js';
import { Submission } from './submission.entity.js';
import {
  drawNumber,
  lastUploadBegun,
  lockAuthor,
  mediaOwner,
  namingDuplicates,
  requireChangeable,
  requireCurrentConsent,
  requireWithinAuthorLimit,
  type Sender,
} from './submitting.js';
import type { UploadLease } from './upload-lease.js';
import type { Upload } from './upload.entity.js';

/** Answered by a change that found nothing to do. */
const unchanged = Symbol('unchanged');

/** Works on their way: draft → submitted → (screening) → withdrawn. Whose is what. */
@Injectable()
export class SubmissionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly fields: SubmissionFieldsService,
    private readonly media: MediaService,
    private readonly audit: AuditService,
    private readonly messages: SubmissionMessages,
  ) {}

  /** Changes what is said of a work. After acceptance a change sends it back to screening. */
  async patch(person: Person, id: string, fields: SubmissionFields): Promise<void> {
    const own = await this.require(person, id, 'owner');
    await namingDuplicates(this.dataSource, { ...own, ...fields, person }, () =>
      this.change(person, id, async (manager, submission) => {
        const resolved = await this.fields.resolve(manager, submission.contestId, fields);
        const authorId = resolved.authorId;
        if (authorId && authorId !== submission.authorId) {
          // Whoever was asked before, this one was not.
          resolved.authorAgreedAt ??= null;
          await manager.query('UPDATE media SET author_id = $2 WHERE submission_id = $1', [id, authorId]);
          if (submission.status !== 'draft') {
            const category = await manager.findOneByOrFail(Category, { id: submission.categoryId });
            await requireWithinAuthorLimit(manager, authorId, id, category);
          }
        }
        if (Object.keys(resolved).length > 0) await manager.update(Submission, id, resolved);
      }),
    );
  }

  /** Files of a request that began at `begunAt`. */
  async addFiles(person: Person, id: string, files: ReceivedFile[], begunAt: Date): Promise<void> {
    await this.takeFiles(person, id, files, { begunAt });
  }

  /** The file of an upload, whose row says so from the same moment on. */
  async attach({ accountId, submissionId, begunAt }: Upload, lease: UploadLease, file: ReceivedFile) {
    await this.takeFiles({ account: { id: accountId } }, submissionId, [file], { begunAt, lease });
  }

  private async takeFiles(
    sender: Sender,
    id: string,
    files: ReceivedFile[],
    { begunAt, lease }: { begunAt: Date; lease?: UploadLease },
  ): Promise<void> {
    const accountId = sender.account.id;
    // What is refused anyway is not sent to a store that is far away.
    const { contestId } = await requireChangeable(this.dataSource.manager, accountId, id, { begunAt });
    const act = async (manager: EntityManager, submission: Submission, category: Category) => {
      const present = (await this.media.ofSubmissions([id], manager)).get(id) ?? [];
      requireRoom(present.length + files.length, category);
      // What an upload announced is counted since then.
      if (!lease) await requireWithinQuota(manager, { contestId, accountId, bytes: bytesOf(files) });
      const next = Math.max(-1, ...present.map(({ position }) => position)) + 1;
      const taken = await this.media.take(manager, mediaOwner(submission, category), files, next);
      await lease?.close(manager, taken[0].id);
      return taken;
    };
    const taken = await namingDuplicates(this.dataSource, { contestId, person: sender, files }, () =>
      this.media.staged(files, () => this.change(sender, id, act, begunAt)),
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
    const own = await this.require(person, id, 'owner');
    const begunAt = await lastUploadBegun(this.dataSource, id);
    const act = async (manager: EntityManager, submission: Submission, category: Category) => {
      // A second click changes nothing, least of all the place in the order of submission.
      if (submission.status === 'submitted') return unchanged;
      const media = (await this.media.ofSubmissions([id], manager)).get(id) ?? [];
      return this.submitWithin(manager, submission, category, media, { consentVersion, begunAt }, person);
    };
    await namingDuplicates(this.dataSource, { ...own, person }, () => this.change(person, id, act, begunAt));
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
    // find, because findOne asks twice as soon as there are relations.
    const [submission] = await this.dataSource.manager.find(Submission, {
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
    person: Sender,
    id: string,
    act: (manager: EntityManager, submission: Submission, category: Category) => Promise<T>,
    begunAt: Date | null = null,
  ): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      const submission = await requireChangeable(manager, person.account.id, id, { lock: true, begunAt });
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
    person: Sender,
    before: string[],
  ): Promise<void> {
    const submission = await manager.findOneByOrFail(Submission, { id });
    if (submission.status !== was) return;
    const after = await this.hashes(manager, id);
    const complete = isComplete(submission, category) && fitsCategory(after.length, category);
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
    { consentVersion, begunAt }: { consentVersion: string; begunAt: Date | null },
    person: Person,
  ): Promise<void> {
    requireComplete(submission, category);
    requireFileCount(media.length, category);
    if (media.some(({ status }) => status === 'failed')) throw submissionProblem('SUBMISSION.FILE_FAILED');
    await requireCurrentConsent(manager, submission.contestId, consentVersion);
    await lockAuthor(manager, submission.authorId);
    await requireWithinAuthorLimit(manager, submission.authorId, submission.id, category);
    const number = submission.number ?? (await drawNumber(manager, category.id, begunAt));
    await manager.query(
      `UPDATE submissions SET status = 'submitted', reason = NULL, repair_until = NULL, repair_reminder_at = NULL, number = $2,
              consent_version = $3, consented_at = dingge_now(),
              submitted_at = dingge_now(), submitted_seq = nextval('submission_order')
        WHERE id = $1`,
      [submission.id, number, consentVersion],
    );
    await this.messages.received(manager, submission.id, submission.status === 'returned');
    await this.record(manager, submission, person, 'submission.submitted', {
      media: media.map(({ id, sha256 }) => ({ id, sha256 })),
    });
  }

  private record(
    manager: EntityManager,
    submission: Submission,
    person: Sender,
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
}
