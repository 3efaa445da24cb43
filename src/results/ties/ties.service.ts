import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Person } from '../../accounts/access.js';
import { AuditService } from '../../audit/audit.service.js';
import { ContestsService } from '../../contests/contests.service.js';
import { RoundsService } from '../../judging/rounds.service.js';
import { resultProblem } from '../errors.js';
import { requireRanking } from '../making.service.js';
import { RoundMarksService } from '../round-marks.service.js';
import { TieDecision } from './tie-decision.entity.js';

/** Ties that people decide: the step before last of the chain. */
@Injectable()
export class TiesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly rounds: RoundsService,
    private readonly contests: ContestsService,
    private readonly roundMarks: RoundMarksService,
    private readonly audit: AuditService,
  ) {}

  async decide(person: Person, roundId: string, order: readonly string[], reason: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const round = await this.rounds.lock(manager, person, roundId);
      if (round.status !== 'closed') throw resultProblem('RESULT.ROUND_NOT_CLOSED');
      if (!round.scoring.ties.includes('chair')) throw resultProblem('RESULT.NO_CHAIR');
      const category = await this.contests.findCategoryById(round.categoryId, manager);
      if (category.decidedAt) throw resultProblem('RESULT.LOCKED_ALREADY');

      const contest = await this.contests.findById(round.contestId, manager);
      const closed = await this.roundMarks.read(manager, contest, round);
      // As it stands without any decision: those whom only chance, or the hour, parts.
      const ties = round.scoring.ties.slice(0, round.scoring.ties.indexOf('chair'));
      const { entries } = requireRanking(closed, { ...closed.rules, ties, chair: [] });
      const group = entries.find(({ id }) => id === order[0])?.group;
      const tied = entries.filter((entry) => entry.group === group).map(({ id }) => id);
      if (tied.length < 2 || [...tied].sort().join() !== [...order].sort().join()) {
        const numbers = await this.numbers(tied.length < 2 ? [...order] : tied);
        throw resultProblem('RESULT.NOT_ONE_TIE', { works: numbers });
      }
      const reasonHash = await this.audit.appendWords(manager, {
        contestId: round.contestId,
        actorId: person.account.id,
        action: 'round.tie_decided',
        facts: { round: roundId, order },
        text: reason,
      });
      const [{ now }] = await manager.query<[{ now: Date }]>('SELECT dingge_now() AS now');
      await manager.insert(TieDecision, {
        ...{ roundId, reasonHash },
        order: [...order],
        decidedBy: person.account.id,
        decidedAt: now,
      });
    });
  }

  private async numbers(ids: string[]): Promise<string> {
    const rows = await this.dataSource.query<{ number: string }[]>(
      'SELECT number FROM submissions WHERE id = ANY($1) ORDER BY number LIMIT 20',
      [ids],
    );
    return rows.map(({ number }) => number).join('、');
  }
}
