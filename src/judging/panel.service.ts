import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
import { holds, type Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { judgingProblem } from './errors.js';
import { handOut } from './handing-out.js';
import { JudgesService } from './judges.service.js';
import type { PanelChange, PanelEffect } from './panel-dto.js';
import { effectOf } from './panel-effect.js';
import { RoundJudge } from './round-judge.entity.js';
import { Round } from './round.entity.js';
import { RoundWorks } from './round-works.service.js';

/** Thrown to undo what was only tried. */
class OnlyTried extends Error {}

/** Changes of a panel and its works while a round is open or paused: no valid mark is lost by any of them. */
@Injectable()
export class PanelService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly judges: JudgesService,
    private readonly works: RoundWorks,
    private readonly audit: AuditService,
  ) {}

  /** Makes the change, or with `dry` does all of it, says what it did, and undoes it. */
  async change(person: Person, roundId: string, change: PanelChange, dry: boolean): Promise<PanelEffect> {
    return this.perhaps(dry, async (manager) => {
      const round = await this.lockRunning(manager, person, roundId);
      const reinstated = await this.make(manager, round, change);
      const effect = await this.rearrange(manager, round, reinstated);
      const { type, ...facts } = change;
      await this.audit.append(manager, {
        contestId: round.contestId,
        actorId: person.account.id,
        action: 'round.changed',
        facts: { round: round.id, type, ...withoutReason(facts), ...countsOf(effect) },
        text: 'reason' in change ? change.reason : null,
      });
      return effect;
    });
  }

  /** Hands out anew what nobody has begun, after whatever the caller changed in the same transaction. */
  async rearrange(
    manager: EntityManager,
    round: Round,
    reinstated: string | null = null,
  ): Promise<PanelEffect> {
    const { before, plan } = await handOut(manager, round, reinstated);
    return effectOf(manager, round, before, plan);
  }

  /** The same in every round of a contest that runs, after conflicts changed. */
  async rearrangeRunning(
    manager: EntityManager,
    contestId: string,
  ): Promise<{ round: string; effect: PanelEffect }[]> {
    const rounds = await manager.find(Round, {
      where: { contestId, status: In(['open', 'paused']) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const effects: { round: string; effect: PanelEffect }[] = [];
    for (const round of rounds) {
      effects.push({ round: round.id, effect: await this.rearrange(manager, round) });
    }
    return effects;
  }

  /** Runs a transaction that is undone at its end where it is only tried. */
  async perhaps<T>(dry: boolean, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    let outcome: T | undefined;
    try {
      return await this.dataSource.transaction(async (manager) => {
        outcome = await work(manager);
        if (dry) throw new OnlyTried();
        return outcome;
      });
    } catch (error) {
      if (error instanceof OnlyTried) return outcome as T;
      throw error;
    }
  }

  private async lockRunning(manager: EntityManager, person: Person, id: string): Promise<Round> {
    const round = await manager.findOne(Round, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!round || !holds(person, 'organiser', round.contestId)) throw judgingProblem('ROUND.NOT_FOUND');
    if (round.status !== 'open' && round.status !== 'paused') throw judgingProblem('ROUND.NOT_OPEN');
    return round;
  }

  /** Answers with the work that comes back to its old marks, if one does. */
  private async make(manager: EntityManager, round: Round, change: PanelChange): Promise<string | null> {
    switch (change.type) {
      case 'add-judge':
        await this.join(manager, round, change.judge, null);
        return null;
      case 'remove-judge':
        await this.leave(manager, round, change.judge, false);
        await this.requireSomebody(manager, round);
        return null;
      case 'replace-judge':
        await this.leave(manager, round, change.judge, change.take === 'all');
        await this.join(manager, round, change.by, change.judge);
        return null;
      case 'per-submission':
        round.perSubmission = change.perSubmission;
        await manager.update(Round, round.id, { perSubmission: change.perSubmission });
        return null;
      case 'remove-work':
        await this.works.remove(manager, round, change.submission, change.status, change.reason);
        return null;
      case 'add-work':
        return this.works.add(manager, round, change.submission);
    }
  }

  /** Somebody new, or somebody who had left and comes back. */
  private async join(
    manager: EntityManager,
    round: Round,
    judgeId: string,
    replacesId: string | null,
  ): Promise<void> {
    const [judge] = await this.judges.requireEligible(manager, round.contestId, round.categoryId, [judgeId]);
    const there = await manager.findOneBy(RoundJudge, { roundId: round.id, judgeId });
    if (there?.leftAt === null) throw judgingProblem('ROUND.JUDGE_THERE', { name: judge.name });
    if (there) {
      await manager.update(
        RoundJudge,
        { roundId: round.id, judgeId },
        { leftAt: null, superseded: false, replacesId },
      );
      return;
    }
    await manager.query(
      `INSERT INTO round_judges (round_id, judge_id, replaces_id, position)
       SELECT $1, $2, $3, COALESCE(max(position) + 1, 0) FROM round_judges WHERE round_id = $1`,
      [round.id, judgeId, replacesId],
    );
  }

  private async leave(
    manager: EntityManager,
    round: Round,
    judgeId: string,
    superseded: boolean,
  ): Promise<void> {
    const [, left] = await manager.query<[unknown, number]>(
      `UPDATE round_judges SET left_at = dingge_now(), superseded = $3
        WHERE round_id = $1 AND judge_id = $2 AND left_at IS NULL`,
      [round.id, judgeId, superseded],
    );
    if (left === 0) throw judgingProblem('ROUND.JUDGE_NOT_THERE');
  }

  private async requireSomebody(manager: EntityManager, round: Round): Promise<void> {
    const [{ left }] = await manager.query<{ left: number }[]>(
      'SELECT count(*)::int AS left FROM round_judges WHERE round_id = $1 AND left_at IS NULL',
      [round.id],
    );
    if (left === 0) throw judgingProblem('ROUND.LAST_JUDGE');
  }
}

function withoutReason(facts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => key !== 'reason'));
}

export function countsOf({ added, released, kept, uncounted }: PanelEffect) {
  return { added, released, kept, uncounted };
}
