import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { holds, type Person } from '../accounts/access.js';
import { AccountsService, requireLiving } from '../accounts/accounts.service.js';
import { AuditService } from '../audit/audit.service.js';
import type { ReceivedFile } from '../media/intake.js';
import type { Media } from '../media/media.entity.js';
import { MediaService } from '../media/media.service.js';
import { requireOpen } from './deadline.js';
import type { SubmissionFields } from './dto.js';
import { bytesOf, requireWithinQuota } from './quota.js';
import { requireComplete, requireFileCount, requireRoom } from './rules.js';
import { SubmissionMessages } from './submission-messages.service.js';
import { SubmissionFieldsService, type ResolvedFields } from './submission-fields.service.js';
import { Submission } from './submission.entity.js';
import {
  drawNumber,
  mediaOwner,
  namingDuplicates,
  requireCurrentConsent,
  requireWithinAuthorLimit,
} from './submitting.js';
import type { UploadCategory } from './upload-gate.js';

export interface NewSubmission {
  contestId: string;
  category: UploadCategory;
  fields: SubmissionFields;
  files: ReceivedFile[];
  consentVersion: string | null;
  draft: boolean;
  /** When the request began, by the database's clock. */
  begunAt: Date;
}

/** Works that come in with their files. In the hour before the deadline this is all that the database does. */
@Injectable()
export class NewSubmissionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly fields: SubmissionFieldsService,
    private readonly media: MediaService,
    private readonly accounts: AccountsService,
    private readonly audit: AuditService,
    private readonly messages: SubmissionMessages,
  ) {}

  /** A new work with its files, as a draft or submitted at once; its id. */
  async create(person: Person, given: NewSubmission): Promise<string> {
    const { id, media } = await namingDuplicates(this.dataSource, { ...given, ...given.fields, person }, () =>
      this.media.staged(given.files, () =>
        this.dataSource.transaction((manager) => this.createWithin(manager, person, given)),
      ),
    );
    await this.media.enqueue(media);
    return id;
  }

  /**
   * Everything that may wait or refuse comes first: the category's row, which all senders need, is locked by the
   * number, and only the rows themselves, the receipt and the audit entry are written under that lock.
   */
  private async createWithin(
    manager: EntityManager,
    person: Person,
    given: NewSubmission,
  ): Promise<{ id: string; media: Media[] }> {
    const { contestId, category, files, draft, consentVersion, begunAt } = given;
    requireRoom(files.length, category);
    await requireLiving(manager, person.account.id);
    // The grace is for files: a draft without any could not be submitted any more.
    if (draft) await requireOpen(manager, contestId, files.length > 0 ? begunAt : null);
    // The author is locked from here on.
    const resolved = await this.fields.resolve(manager, contestId, {
      ...given.fields,
      author: authorOf(person, given),
    });
    if (!draft) await this.requireReady(manager, given, resolved);
    const work = {
      id: randomUUID(),
      contestId,
      categoryId: category.id,
      accountId: person.account.id,
      ...resolved,
      authorId: resolved.authorId!,
    };
    if (!holds(person, 'entrant', contestId)) {
      await this.accounts.grant(manager, person.account.id, 'entrant', contestId);
    }
    const accountId = person.account.id;
    await requireWithinQuota(manager, { contestId, accountId, bytes: bytesOf(files) });
    const media = await this.media.take(manager, mediaOwner(work, category), files, 0);
    await manager.insert(
      Submission,
      draft ? work : { ...work, ...(await receipt(manager, category.id, { consentVersion, begunAt })) },
    );
    if (!draft) {
      await this.messages.received(manager, work.id, false);
      await this.audit.append(manager, {
        contestId,
        actorId: person.account.id,
        action: 'submission.submitted',
        facts: { submission: work.id, media: media.map(({ id, sha256 }) => ({ id, sha256 })) },
      });
    }
    return { id: work.id, media };
  }

  /** Before the files go into storage: what is refused leaves nothing behind. */
  private async requireReady(
    manager: EntityManager,
    given: NewSubmission,
    resolved: ResolvedFields,
  ): Promise<void> {
    const { title = '', communityId = null, douyinText = '' } = resolved;
    requireComplete({ title, communityId, douyinText }, given.category);
    requireFileCount(given.files.length, given.category);
    await requireCurrentConsent(manager, given.contestId, given.consentVersion);
    await requireWithinAuthorLimit(manager, resolved.authorId!, null, given.category);
  }
}

/** The author that the form names, or else the person who sends it. */
function authorOf({ account }: Person, { fields }: NewSubmission) {
  return fields.author ?? { name: account.name, phone: account.phone ?? account.email ?? account.id };
}

/** What a work has from the moment it is submitted. */
async function receipt(
  manager: EntityManager,
  categoryId: string,
  { consentVersion, begunAt }: { consentVersion: string | null; begunAt: Date },
) {
  return {
    number: await drawNumber(manager, categoryId, begunAt),
    status: 'submitted' as const,
    submittedAt: () => 'dingge_now()',
    submittedSeq: () => "nextval('submission_order')",
    ...(consentVersion === null ? {} : { consentVersion, consentedAt: () => 'dingge_now()' }),
  };
}
