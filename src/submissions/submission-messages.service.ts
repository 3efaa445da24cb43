import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { failureMessage } from '../media/failure-words.js';
import type { Media } from '../media/media.entity.js';
import { MessageKinds } from '../messages/message-kinds.js';
import { MessagesService } from '../messages/messages.service.js';
import type { MessageParams } from '../messages/words.js';
import { submissionMessages, type SubmissionMessageKind } from './messages.js';

interface WorkFacts {
  accountId: string;
  contestId: string;
  title: string;
  number: string | null;
  repairUntil: Date | null;
  closesAt: Date;
  timeZone: string;
}

const untitled = { zh: '未命名作品', en: 'Untitled' };

/** Tells an entrant of a work, in the transaction of what is told. */
@Injectable()
export class SubmissionMessages implements OnModuleInit {
  constructor(
    private readonly kinds: MessageKinds,
    private readonly messages: MessagesService,
  ) {}

  onModuleInit(): void {
    this.kinds.register(submissionMessages.kinds);
  }

  /** Submitted for the first time, or again after it was sent back. */
  received(manager: EntityManager, submissionId: string, again: boolean): Promise<void> {
    return this.tell(manager, submissionId, again ? 'SUBMISSION.RECEIVED_AGAIN' : 'SUBMISSION.RECEIVED');
  }

  decided(
    manager: EntityManager,
    submissionId: string,
    decision: 'accepted' | 'returned' | 'rejected',
    reason: string | null,
  ): Promise<void> {
    const kind = `SUBMISSION.${decision.toUpperCase() as Uppercase<typeof decision>}` as const;
    return this.tell(manager, submissionId, kind, { reason: reason ?? '' });
  }

  /** @param returned whether the work went back for it */
  fileFailed(manager: EntityManager, file: Media, code: string, returned: boolean): Promise<void> {
    const kind = returned ? 'SUBMISSION.RETURNED_FILE' : 'SUBMISSION.FILE_FAILED';
    const cause = { zh: failureMessage(code, 'zh'), en: failureMessage(code, 'en') };
    return this.tell(manager, file.submissionId, kind, { file: file.originalName, cause });
  }

  repairEnding(manager: EntityManager, submissionId: string): Promise<void> {
    return this.tell(manager, submissionId, 'SUBMISSION.REPAIR_ENDING');
  }

  private async tell(
    manager: EntityManager,
    submissionId: string,
    kind: SubmissionMessageKind,
    more: MessageParams = {},
  ): Promise<void> {
    const [work] = await manager.query<[WorkFacts]>(
      `SELECT s.account_id AS "accountId", s.contest_id AS "contestId", s.title, s.number,
              s.repair_until AS "repairUntil", c.closes_at AS "closesAt", c.time_zone AS "timeZone"
         FROM submissions s JOIN contests c ON c.id = s.contest_id WHERE s.id = $1`,
      [submissionId],
    );
    const { accountId, contestId, title, number, repairUntil, closesAt, timeZone } = work;
    const params: MessageParams = {
      title: title || untitled,
      number: number ?? '',
      until: { until: (repairUntil ?? closesAt).toISOString(), timeZone },
      ...more,
    };
    await this.messages.send(
      manager,
      { accountId, contestId, about: `work/${submissionId}` },
      submissionMessages.message(kind, params),
    );
  }
}
