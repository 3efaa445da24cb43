import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { Contest } from '../contests/contest.entity.js';
import { judgingProblem } from './errors.js';
import type { JudgingSettings, RoundMarksDto } from './progress-dto.js';
import { RoundsService } from './rounds.service.js';

/** What organisers see of marks, and when: after the close, or before it where the round was opened with that. */
@Injectable()
export class MarksLook {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly rounds: RoundsService,
    private readonly audit: AuditService,
  ) {}

  /** Of the contest; rounds freeze it as they open, so that it is not changed while somebody marks. */
  async set(person: Person, contestId: string, { marksBeforeClose }: JudgingSettings): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [, changed] = await manager.query<[unknown, number]>(
        'UPDATE contests SET marks_before_close = $2 WHERE id = $1 AND marks_before_close <> $2',
        [contestId, marksBeforeClose],
      );
      if (changed === 0) return;
      await this.audit.append(manager, {
        contestId,
        actorId: person.account.id,
        action: 'contest.judging-set',
        facts: { marksBeforeClose },
      });
    });
  }

  async settings(contestId: string): Promise<JudgingSettings> {
    const { marksBeforeClose } = await this.dataSource.manager.findOneByOrFail(Contest, { id: contestId });
    return { marksBeforeClose };
  }

  /** Every counted mark. Each look before the close is logged. */
  async marks(person: Person, roundId: string): Promise<RoundMarksDto> {
    const round = await this.rounds.require(person, roundId);
    if (round.status !== 'closed') {
      if (round.status === 'draft' || !round.marksBeforeClose) throw judgingProblem('ROUND.MARKS_HIDDEN');
      await this.dataSource.transaction((manager) =>
        this.audit.append(manager, {
          contestId: round.contestId,
          actorId: person.account.id,
          action: 'round.marks-seen',
          facts: { round: roundId },
        }),
      );
    }
    const items = await this.dataSource.query<RoundMarksDto['items']>(
      `SELECT s.id AS submission, e.code, s.number, s.title,
              COALESCE(json_agg(json_build_object('judge', t.judge_id, 'marks', v.marks))
                FILTER (WHERE v.task_id IS NOT NULL), '[]') AS sheets
         FROM round_entries e
         JOIN submissions s ON s.id = e.submission_id
         LEFT JOIN tasks t ON t.entry_id = e.id AND t.state = 'submitted'
         LEFT JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version
        WHERE e.round_id = $1 AND e.removed_at IS NULL
        GROUP BY e.id, s.id ORDER BY s.number`,
      [roundId],
    );
    const { judges } = await this.rounds.view(person, roundId);
    return { judges: judges.map(({ id, name }) => ({ id, name })), items };
  }
}
