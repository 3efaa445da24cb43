import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { Sweeper } from '../common/sweeper.js';
import { MessagesService } from '../messages/messages.service.js';
import { judgingMessages } from './messages.js';
import { viewRounds } from './round-view.js';
import { Round } from './round.entity.js';

const everyMs = 300_000;
/** So long before the deadline. Who was given a round within that time of its end knows when it ends. */
const hoursBefore = 24;

/** Reminds judges, once for each deadline, of a round that is about to end and that they are not done with. */
@Injectable()
export class DeadlineReminders extends Sweeper {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly messages: MessagesService,
    private readonly audit: AuditService,
  ) {
    super('deadlines', everyMs);
  }

  /** One pass; returns how many were reminded. */
  async sweep(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const panel = await this.unreminded(manager);
      if (panel.length === 0) return 0;
      const rounds = await manager.find(Round, {
        where: { id: In(panel.map(({ round }) => round)) },
        relations: { category: true },
        order: { id: 'ASC' },
      });
      const views = new Map((await viewRounds(manager, rounds)).map((view) => [view.id, view]));
      let reminded = 0;
      for (const round of rounds) {
        const own = new Set(panel.filter((row) => row.round === round.id).map(({ judge }) => judge));
        const behind = views
          .get(round.id)!
          .judges.filter(({ id, done, total }) => own.has(id) && done < total);
        await this.remind(manager, round, behind);
        reminded += behind.length;
      }
      return reminded;
    });
  }

  /** Who is done stays among them: works may still be moved to him. Another process's are skipped. */
  private unreminded(manager: EntityManager): Promise<{ round: string; judge: string }[]> {
    return manager.query(
      `SELECT p.round_id AS round, p.judge_id AS judge
         FROM round_judges p JOIN rounds r ON r.id = p.round_id
        WHERE r.status = 'open' AND r.deadline_at > dingge_now()
          AND r.deadline_at <= dingge_now() + make_interval(hours => $1)
          AND r.opened_at <= r.deadline_at - make_interval(hours => $1)
          AND p.left_at IS NULL AND p.reminded_for IS DISTINCT FROM r.deadline_at
        FOR UPDATE OF p SKIP LOCKED`,
      [hoursBefore],
    );
  }

  private async remind(
    manager: EntityManager,
    { id: roundId, contestId, name, deadlineAt }: Round,
    behind: readonly { id: string; done: number; total: number }[],
  ): Promise<void> {
    if (behind.length === 0) return;
    const judges = behind.map(({ id }) => id);
    await manager.query(
      `UPDATE round_judges p SET reminded_for = r.deadline_at FROM rounds r
        WHERE r.id = p.round_id AND r.id = $1 AND p.judge_id = ANY($2)`,
      [roundId, judges],
    );
    const [{ timeZone }] = await manager.query<{ timeZone: string }[]>(
      'SELECT time_zone AS "timeZone" FROM contests WHERE id = $1',
      [contestId],
    );
    const until = { until: deadlineAt!.toISOString(), timeZone };
    for (const { id, done, total } of behind) {
      await this.messages.send(
        manager,
        { accountId: id, contestId, about: `round/${roundId}` },
        judgingMessages.message('JUDGING.DEADLINE', { round: name, count: total - done, until }),
      );
    }
    await this.audit.append(manager, {
      contestId,
      actorId: null,
      action: 'round.reminded',
      facts: { round: roundId, judges },
    });
  }
}
