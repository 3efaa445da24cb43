import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { FailedFiles } from '../media/failed-files.js';
import { Media } from '../media/media.entity.js';
import { isOpen } from './deadline.js';
import { sendBack } from './repair.js';
import { SubmissionMessages } from './submission-messages.service.js';
import { Submission } from './submission.entity.js';

/**
 * What becomes of a work whose file turns out to be unusable: one that was submitted goes back to its entrant, for
 * so long as the contest says, in the transaction that writes the failure down. A failure is final for its file; if
 * an operator has it processed again all the same, the work stays with its entrant, who submits it with one click.
 */
@Injectable()
export class FailedFileService implements OnModuleInit {
  constructor(
    private readonly failures: FailedFiles,
    private readonly audit: AuditService,
    private readonly messages: SubmissionMessages,
  ) {}

  onModuleInit(): void {
    this.failures.whenOne((manager, file, code, write) => this.failed(manager, file, code, write));
  }

  private async failed(
    manager: EntityManager,
    file: Media,
    code: string,
    write: () => Promise<boolean>,
  ): Promise<void> {
    // The work before its file, as everybody locks them.
    const work = await manager.findOne(Submission, {
      where: { id: file.submissionId },
      lock: { mode: 'pessimistic_write' },
    });
    // Nothing, where the row was handed out again meanwhile: that run decides.
    if (!(await write()) || !work || work.inJudging) return;
    if (!(await manager.existsBy(Media, { id: file.id, live: true }))) return;
    const returned = work.status === 'submitted' || work.status === 'accepted';
    if (returned) await this.return(manager, work, file, code);
    if (returned || (await this.canBeMended(manager, work))) {
      await this.messages.fileFailed(manager, file, code, returned);
    }
  }

  private async canBeMended(manager: EntityManager, { status, contestId }: Submission): Promise<boolean> {
    return status === 'returned' || (status === 'draft' && (await isOpen(manager, contestId)));
  }

  private async return(manager: EntityManager, work: Submission, file: Media, code: string): Promise<void> {
    const [contest] = await manager.query<{ hours: number }[]>(
      'SELECT repair_hours AS hours FROM contests WHERE id = $1',
      [work.contestId],
    );
    const until = await sendBack(manager, work.id, { hours: contest.hours }, null);
    await this.audit.append(manager, {
      contestId: work.contestId,
      actorId: null,
      action: 'submission.returned',
      facts: { submission: work.id, media: file.id, error: code, until: until.toISOString() },
    });
  }
}
