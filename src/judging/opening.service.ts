import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { judgingProblem } from './errors.js';
import { handOut } from './handing-out.js';
import { JudgesService } from './judges.service.js';
import { RoundJudge } from './round-judge.entity.js';
import { Round } from './round.entity.js';
import { RoundWorks } from './round-works.service.js';
import { settingsHashOf } from './settings-hash.js';

/** Opening a round: its settings are frozen and hashed, its works taken in, and everybody gets his own. */
@Injectable()
export class OpeningService {
  constructor(
    private readonly judges: JudgesService,
    private readonly works: RoundWorks,
  ) {}

  /** In the caller's transaction, which holds the round's row. */
  async open(manager: EntityManager, round: Round): Promise<{ settingsHash: string; works: number }> {
    const { anonymous, marksBeforeClose } = await this.lockCategory(manager, round);
    const panel = await manager.find(RoundJudge, {
      where: { roundId: round.id },
      order: { position: 'ASC' },
    });
    const judges = panel.map(({ judgeId }) => judgeId);
    await this.judges.requireEligible(manager, round.contestId, round.categoryId, judges);
    const works = await this.works.takeIn(manager, round);
    const { plan } = await handOut(manager, round);
    const [short] = plan.lacking;
    if (short) await this.refuseShort(manager, plan.lacking.length, short);
    if (round.kind === 'score' && !plan.connected) throw judgingProblem('ROUND.NOT_CONNECTED');
    const { perSubmission } = round;
    const settingsHash = settingsHashOf({ ...round, anonymous, marksBeforeClose }, judges, perSubmission);
    await manager.query(
      `UPDATE rounds SET status = 'open', opened_at = dingge_now(), settings_hash = $2, anonymous = $3,
              planned_judges = $4, marks_before_close = $5 WHERE id = $1`,
      [round.id, settingsHash, anonymous, perSubmission ?? judges.length, marksBeforeClose],
    );
    return { settingsHash, works: works.length };
  }

  /** One lock for the category: two rounds of it can't open at once, nor a work be sent in between. */
  private async lockCategory(
    manager: EntityManager,
    round: Round,
  ): Promise<Pick<Round, 'anonymous' | 'marksBeforeClose'>> {
    const [category] = await manager.query<
      (Pick<Round, 'anonymous' | 'marksBeforeClose'> & { decided: boolean })[]
    >(
      `SELECT k.decided_at IS NOT NULL AS decided, k.entry <> 'link' AS anonymous,
              c.marks_before_close AS "marksBeforeClose"
         FROM categories k JOIN contests c ON c.id = k.contest_id WHERE k.id = $1 FOR UPDATE OF k`,
      [round.categoryId],
    );
    if (category.decided) throw judgingProblem('ROUND.DECIDED');
    const others = await manager.countBy(Round, {
      categoryId: round.categoryId,
      status: In(['open', 'paused']),
    });
    if (others > 0) throw judgingProblem('ROUND.ALREADY_OPEN');
    return category;
  }

  private async refuseShort(
    manager: EntityManager,
    count: number,
    { entry, eligible }: { entry: string; eligible: number },
  ): Promise<never> {
    const [{ number }] = await manager.query<{ number: string }[]>(
      'SELECT s.number FROM round_entries e JOIN submissions s ON s.id = e.submission_id WHERE e.id = $1',
      [entry],
    );
    throw judgingProblem('ROUND.TOO_FEW_JUDGES', { count, number, eligible });
  }
}
