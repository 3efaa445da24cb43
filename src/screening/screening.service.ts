import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { holds, type Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { Problem, type Language } from '../common/problem.js';
import { Category } from '../contests/category.entity.js';
import { NewsService } from '../database/news.service.js';
import { MediaService } from '../media/media.service.js';
import { submissionProblem } from '../submissions/errors.js';
import { Submission, type SubmissionStatus } from '../submissions/submission.entity.js';
import type { Decision } from './dto.js';
import { screeningProblem } from './errors.js';

const outcome: Record<Decision, SubmissionStatus> = {
  accept: 'accepted',
  return: 'returned',
  reject: 'rejected',
};
const decidable: SubmissionStatus[] = ['submitted', 'accepted', 'returned', 'rejected'];

/** 初审: whether a work may compete. A decision can be changed until a round takes the work up. */
@Injectable()
export class ScreeningService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly media: MediaService,
    private readonly audit: AuditService,
    private readonly news: NewsService,
  ) {}

  /** @param within a contest, where the caller named one: the work must be of it */
  async decide(
    person: Person,
    id: string,
    decision: Decision,
    reason: string | null,
    within?: string,
  ): Promise<void> {
    if (decision !== 'accept' && !reason) throw screeningProblem('SCREENING.REASON_REQUIRED');
    await this.dataSource.transaction(async (manager) => {
      const submission = await manager.findOne(Submission, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      const elsewhere = within !== undefined && submission?.contestId !== within;
      if (!submission || elsewhere || !holds(person, 'organiser', submission.contestId)) {
        throw submissionProblem('SUBMISSION.NOT_FOUND');
      }
      if (submission.inJudging || !decidable.includes(submission.status)) {
        throw screeningProblem('SCREENING.NOT_PENDING');
      }
      if (decision === 'accept') {
        const files = (await this.media.ofSubmissions([id], manager)).get(id) ?? [];
        const { entry } = await manager.findOneByOrFail(Category, { id: submission.categoryId });
        const lacking = files.length === 0 && entry !== 'link';
        if (lacking || files.some(({ status }) => status !== 'ready')) {
          throw screeningProblem('SCREENING.FILES_NOT_READY');
        }
      }
      await manager.update(Submission, id, { status: outcome[decision], reason });
      await this.audit.append(manager, {
        contestId: submission.contestId,
        actorId: person.account.id,
        action: `submission.${outcome[decision]}`,
        facts: { submission: id },
        text: reason,
      });
      const { contestId, accountId } = submission;
      await this.news.publish(manager, { contestId, accountId, submissionId: id });
    });
  }

  /** Decides each by itself: one that can't be decided doesn't hold up the others, and is named. */
  async decideAll(
    person: Person,
    contestId: string,
    ids: string[],
    decision: Decision,
    reason: string | null,
    language: Language,
  ) {
    const refused: { id: string; code: string; detail: string }[] = [];
    for (const id of new Set(ids)) {
      try {
        await this.decide(person, id, decision, reason, contestId);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        refused.push({ id, code: error.code, detail: error.detail(language) });
      }
    }
    return { done: new Set(ids).size - refused.length, refused };
  }
}
