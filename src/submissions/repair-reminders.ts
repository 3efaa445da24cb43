import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Sweeper } from '../common/sweeper.js';
import { NewsService } from '../database/news.service.js';
import { SubmissionMessages } from './submission-messages.service.js';

const everyMs = 60_000;
const batch = 100;

/** Reminds, once, of works that were sent back and whose time is about to end. */
@Injectable()
export class RepairReminders extends Sweeper {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly messages: SubmissionMessages,
    private readonly news: NewsService,
  ) {
    super('reminders', everyMs);
  }

  /** One pass; returns how many were reminded. */
  async sweep(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      // Those that somebody is working on right now have their turn at the next pass.
      const [due] = await manager.query<
        [{ id: string; contestId: string; accountId: string; needed: boolean }[], number]
      >(
        `UPDATE submissions SET repair_reminder_at = NULL
          WHERE id IN (SELECT id FROM submissions WHERE repair_reminder_at <= dingge_now()
                        ORDER BY repair_reminder_at LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING id, contest_id AS "contestId", account_id AS "accountId",
                   status = 'returned' AND NOT in_judging AND repair_until > dingge_now() AS needed`,
        [batch],
      );
      const needed = due.filter((work) => work.needed);
      for (const { id, contestId, accountId } of needed) {
        await this.messages.repairEnding(manager, id);
        await this.news.publish(manager, { contestId, accountId, submissionId: id });
      }
      return needed.length;
    });
  }
}
