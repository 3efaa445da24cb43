import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { judgingProblem } from './errors.js';
import { JudgeConflict } from './judge-conflict.entity.js';
import type { ConflictView, NewConflictDto, PanelEffect } from './panel-dto.js';
import { countsOf, PanelService } from './panel.service.js';

type Target = NewConflictDto['target'];

/** What the organiser says a judge may not judge: it holds for every round of the contest, from now on. */
@Injectable()
export class ConflictsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly panel: PanelService,
    private readonly audit: AuditService,
  ) {}

  /** Takes those works from the judge at once, marks included, in every round that runs. */
  async set(person: Person, contestId: string, given: NewConflictDto) {
    const { judge, target, reason, dry } = given;
    return this.panel.perhaps(dry, async (manager) => {
      await this.requireKnown(manager, contestId, judge, target);
      const conflict = await manager.save(
        manager.create(JudgeConflict, {
          contestId,
          judgeId: judge,
          submissionId: target.of === 'submission' ? target.id : null,
          authorId: target.of === 'author' ? target.id : null,
          communityId: target.of === 'community' ? target.id : null,
          unitId: target.of === 'unit' ? target.id : null,
          reason,
          createdBy: person.account.id,
        }),
      );
      const rounds = await this.rearrange(manager, contestId, judge);
      await this.record(manager, person, contestId, 'conflict.set', conflict, rounds, reason);
      return { id: dry ? null : conflict.id, rounds };
    });
  }

  /**
   * Lifts it: works that nobody else got meanwhile come back, with the marks that were made. One that follows from the
   * judge's unit stays on record as lifted, so that it doesn't come again.
   */
  async lift(person: Person, contestId: string, id: string, reason: string) {
    return this.dataSource.transaction(async (manager) => {
      const conflict = await manager.findOne(JudgeConflict, {
        where: { id, contestId, liftedAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (!conflict) throw judgingProblem('CONFLICT.NOT_FOUND');
      if (conflict.automatic) {
        await manager.query(
          'UPDATE judge_conflicts SET lifted_at = dingge_now(), lift_reason = $2 WHERE id = $1',
          [id, reason],
        );
      } else {
        await manager.delete(JudgeConflict, id);
      }
      const rounds = await this.rearrange(manager, contestId, conflict.judgeId);
      await this.record(manager, person, contestId, 'conflict.lifted', conflict, rounds, reason);
      return { id, rounds };
    });
  }

  async list(contestId: string): Promise<ConflictView[]> {
    const rows = await this.dataSource.query<(Omit<ConflictView, 'createdAt'> & { createdAt: Date })[]>(
      `SELECT c.id, json_build_object('id', j.id, 'name', j.name) AS judge, c.reason, c.created_at AS "createdAt",
              c.automatic, c.lift_reason AS lifted,
              CASE WHEN c.submission_id IS NOT NULL THEN 'submission' WHEN c.author_id IS NOT NULL THEN 'author'
                   WHEN c.community_id IS NOT NULL THEN 'community' ELSE 'unit' END AS of,
              COALESCE(s.title || '（' || s.number || '）', a.name, m.name, u.name) AS name
         FROM judge_conflicts c
         JOIN accounts j ON j.id = c.judge_id
         LEFT JOIN submissions s ON s.id = c.submission_id
         LEFT JOIN authors a ON a.id = c.author_id
         LEFT JOIN communities m ON m.id = c.community_id
         LEFT JOIN units u ON u.id = c.unit_id
        WHERE c.contest_id = $1 ORDER BY c.lifted_at IS NOT NULL, c.created_at DESC`,
      [contestId],
    );
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
  }

  private async rearrange(
    manager: EntityManager,
    contestId: string,
    judgeId: string,
  ): Promise<{ round: string; effect: PanelEffect }[]> {
    const rounds = await this.panel.rearrangeRunning(manager, contestId);
    return rounds.filter(({ effect }) => effect.judges.some(({ id }) => id === judgeId));
  }

  private async requireKnown(
    manager: EntityManager,
    contestId: string,
    judgeId: string,
    { of, id }: Target,
  ): Promise<void> {
    const table = { submission: 'submissions', author: 'authors', community: 'communities', unit: 'units' }[
      of
    ];
    const [{ judge, known }] = await manager.query<{ judge: boolean; known: boolean }[]>(
      `SELECT EXISTS (SELECT FROM role_grants WHERE role = 'judge' AND account_id = $1 AND contest_id = $2) AS judge,
              EXISTS (SELECT FROM ${table} WHERE id = $3 AND contest_id = $2) AS known`,
      [judgeId, contestId, id],
    );
    if (!judge) throw judgingProblem('ROUND.JUDGE_UNKNOWN');
    if (!known) throw judgingProblem('CONFLICT.TARGET_UNKNOWN');
  }

  private record(
    manager: EntityManager,
    person: Person,
    contestId: string,
    action: string,
    { id, judgeId, submissionId, authorId, communityId, unitId }: JudgeConflict,
    rounds: { round: string; effect: PanelEffect }[],
    reason: string | null,
  ): Promise<void> {
    return this.audit.append(manager, {
      contestId,
      actorId: person.account.id,
      action,
      facts: {
        conflict: id,
        judge: judgeId,
        target: submissionId ?? authorId ?? communityId ?? unitId,
        rounds: rounds.map(({ round, effect }) => ({ round, ...countsOf(effect) })),
      },
      text: reason,
    });
  }
}
