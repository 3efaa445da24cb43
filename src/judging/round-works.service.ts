import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Submission } from '../submissions/submission.entity.js';
import { drawCodes } from './draw.js';
import { judgingProblem } from './errors.js';
import { JudgesService } from './judges.service.js';
import { RoundEntry } from './round-entry.entity.js';
import { RoundJudge } from './round-judge.entity.js';
import { Round } from './round.entity.js';

/** Which works are in a round: taken in when it opens, and one by one while it runs. */
@Injectable()
export class RoundWorks {
  constructor(private readonly judges: JudgesService) {}

  /** All that the round shall judge, each under a code drawn for it; refuses while files are pending. */
  async takeIn(manager: EntityManager, round: Round): Promise<string[]> {
    const [taken] = await manager.query<[{ id: string }[], number]>(
      `UPDATE submissions s SET in_judging = true
        WHERE s.contest_id = $1 AND s.category_id = $2 AND s.status = 'accepted'
          AND ($3 = '{}'::uuid[] OR EXISTS (
                SELECT FROM round_entries e
                 WHERE e.submission_id = s.id AND e.round_id = ANY($3) AND e.selected = $4
                   AND e.removed_at IS NULL))
        RETURNING s.id`,
      [round.contestId, round.categoryId, round.sourceIds, round.ofTied ? 'tied' : 'yes'],
    );
    const ids = taken.map(({ id }) => id);
    if (ids.length === 0) throw judgingProblem('ROUND.NO_WORKS');
    const pending = await this.pending(manager, ids);
    if (pending > 0) throw judgingProblem('ROUND.FILES_PENDING', { count: pending });
    const codes = drawCodes(ids.length);
    await manager.query(
      `INSERT INTO round_entries (round_id, submission_id, code)
       SELECT $1, submission_id, code FROM unnest($2::uuid[], $3::text[]) AS t (submission_id, code)`,
      [round.id, ids, codes],
    );
    return ids;
  }

  /** A work accepted late, or one that was taken out: then its entry's id, for its marks count again. */
  async add(manager: EntityManager, round: Round, submissionId: string): Promise<string | null> {
    const work = await manager.findOne(Submission, {
      where: { id: submissionId, contestId: round.contestId, categoryId: round.categoryId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!work) throw judgingProblem('ROUND.WORK_NOT_THERE');
    const entry = await manager.findOneBy(RoundEntry, { roundId: round.id, submissionId });
    if (entry?.removedAt === null) throw judgingProblem('ROUND.WORK_THERE');
    const acceptable = work.status === 'accepted' || (entry && work.status === 'disqualified');
    if (!acceptable || (await this.pending(manager, [submissionId])) > 0) {
      throw judgingProblem('ROUND.WORK_NOT_ACCEPTED');
    }
    await manager.update(Submission, submissionId, { inJudging: true, status: 'accepted' });
    await this.requireNobodysOwn(manager, round);
    if (entry) {
      await manager.update(RoundEntry, entry.id, { removedAt: null, removedReason: null });
      return entry.id;
    }
    await manager.insert(RoundEntry, {
      roundId: round.id,
      submissionId,
      code: await this.freeCode(manager, round),
    });
    return null;
  }

  /** Out of the running, here and in the contest: its marks stay on record. */
  async remove(
    manager: EntityManager,
    round: Round,
    submissionId: string,
    status: 'withdrawn' | 'disqualified',
    reason: string,
  ): Promise<void> {
    const [, removed] = await manager.query<[unknown, number]>(
      `UPDATE round_entries SET removed_at = dingge_now(), removed_reason = $3
        WHERE round_id = $1 AND submission_id = $2 AND removed_at IS NULL`,
      [round.id, submissionId, reason],
    );
    if (removed === 0) throw judgingProblem('ROUND.WORK_NOT_THERE');
    await manager.update(Submission, submissionId, { status });
    const left = await manager.query<unknown[]>(
      'SELECT FROM round_entries WHERE round_id = $1 AND removed_at IS NULL LIMIT 1',
      [round.id],
    );
    if (left.length === 0) throw judgingProblem('ROUND.LAST_WORK');
  }

  private async pending(manager: EntityManager, ids: readonly string[]): Promise<number> {
    const [{ works }] = await manager.query<{ works: number }[]>(
      `SELECT count(DISTINCT submission_id)::int AS works FROM media
        WHERE submission_id = ANY($1) AND live AND status <> 'ready'`,
      [ids],
    );
    return works;
  }

  /** A late work may be a judge's own. */
  private async requireNobodysOwn(manager: EntityManager, round: Round): Promise<void> {
    const panel = await manager.findBy(RoundJudge, { roundId: round.id });
    const active = panel.filter(({ leftAt }) => leftAt === null).map(({ judgeId }) => judgeId);
    await this.judges.requireEligible(manager, round.contestId, round.categoryId, active);
  }

  private async freeCode(manager: EntityManager, round: Round): Promise<string> {
    const entries = await manager.findBy(RoundEntry, { roundId: round.id });
    const used = new Set(entries.map(({ code }) => code));
    return drawCodes(used.size + 1).find((code) => !used.has(code))!;
  }
}
