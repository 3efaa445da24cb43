import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { holds, type Person } from '../accounts/access.js';
import { isUniqueViolation } from '../accounts/accounts.service.js';
import { AuditService } from '../audit/audit.service.js';
import { canonicalJson } from '../audit/chain.js';
import type { Category } from '../contests/category.entity.js';
import type { Contest } from '../contests/contest.entity.js';
import { ContestsService } from '../contests/contests.service.js';
import { Round } from '../judging/round.entity.js';
import { allocate } from './arithmetic/allocation.js';
import { rank, type Ranking } from './arithmetic/ranking.js';
import { Award } from './award.entity.js';
import type { ResultContent } from './content.js';
import { resultProblem } from './errors.js';
import { GalleryService } from './gallery/gallery.service.js';
import { Result } from './result.entity.js';
import { RoundMarksService } from './round-marks.service.js';

/** Dry runs and locked results. A run is computed once, hashed, and never changed afterwards. */
@Injectable()
export class ResultsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly contests: ContestsService,
    private readonly roundMarks: RoundMarksService,
    private readonly audit: AuditService,
    private readonly gallery: GalleryService,
  ) {}

  /** Ranks the last closed round of a category and allots its prizes, for looking at only. */
  async dryRun(person: Person, contest: Contest, categoryKey: string): Promise<string> {
    const category = await this.contests.findCategory(contest.id, categoryKey);
    // One snapshot: a work disqualified meanwhile is in all of the run or in none of it.
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const round = await this.closedRound(manager, category);
      const content = await this.compute(manager, contest, category, round);
      const result = await manager.save(
        manager.create(Result, {
          contestId: contest.id,
          categoryId: category.id,
          roundId: round.id,
          content,
          hash: hashOf(content),
          createdBy: person.account.id,
        }),
      );
      return result.id;
    });
  }

  /** Makes a dry run the result of its category, if running it again now gives the same, byte for byte. */
  async lock(person: Person, id: string): Promise<void> {
    const known = await this.require(person, id);
    const contest = await this.contests.findById(known.contestId);
    await this.dataSource.transaction(async (manager) => {
      const result = await manager.findOneOrFail(Result, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (result.status === 'locked') throw resultProblem('RESULT.LOCKED_ALREADY');
      await manager.query('SELECT FROM categories WHERE contest_id = $1 ORDER BY id FOR UPDATE', [
        contest.id,
      ]);
      const category = await this.contests.findCategoryById(result.categoryId, manager);
      const round = await this.closedRound(manager, category);
      const again = await this.compute(manager, contest, category, round);
      if (round.id !== result.roundId || hashOf(again) !== result.hash) {
        throw resultProblem('RESULT.OUTDATED');
      }
      await this.store(manager, person, result).catch((error: unknown) => {
        throw isUniqueViolation(error) ? resultProblem('RESULT.LOCKED_ALREADY') : error;
      });
      await this.decideWhenComplete(manager, contest.id);
    });
  }

  async require(person: Person, id: string): Promise<Result> {
    const result = await this.dataSource.manager.findOneBy(Result, { id });
    if (!result || !holds(person, 'organiser', result.contestId)) throw resultProblem('RESULT.NOT_FOUND');
    return result;
  }

  list(contestId: string): Promise<(Result & { key: string })[]> {
    return this.dataSource.query(
      `SELECT r.id, r.status, k.key, r.created_at AS "createdAt", r.locked_at AS "lockedAt", r.hash
         FROM results r JOIN categories k ON k.id = r.category_id
        WHERE r.contest_id = $1 ORDER BY r.created_at DESC LIMIT 200`,
      [contestId],
    );
  }

  /** The locked results of a contest, in the order of its categories. */
  locked(contestId: string): Promise<Result[]> {
    return this.dataSource
      .createQueryBuilder(Result, 'result')
      .innerJoin('categories', 'category', 'category.id = result.category_id')
      .where("result.contest_id = :contestId AND result.status = 'locked'", { contestId })
      .orderBy('category.position', 'ASC')
      .getMany();
  }

  /** Names as a locked result was published with them, by work, where the author was erased since. */
  async printedNames(resultId: string): Promise<Map<string, string>> {
    const rows = await this.dataSource.query<{ id: string; name: string }[]>(
      `SELECT submission_id AS id, printed_name AS name FROM awards
        WHERE result_id = $1 AND printed_name IS NOT NULL`,
      [resultId],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  private async compute(
    manager: EntityManager,
    contest: Contest,
    category: Category,
    round: Round,
  ): Promise<ResultContent> {
    const marks = await this.roundMarks.read(manager, contest, round);
    const standings = await this.roundMarks.standings(manager, round.id);
    const ranking = requireRanking(rank(marks));
    const order = ranking.entries.map(({ id }) => standings.get(id)!);
    const tiers = category.prizeTiers.map(({ id, quota, amountYuan }) => ({ id, quota, amountYuan }));
    const personLimit = category.onePrizePerPerson ? 1 : null;
    const allocation = allocate(order, tiers, { personLimit });
    return {
      version: 1,
      settingsHash: round.settingsHash!,
      seed: marks.seed,
      auditHead: marks.auditHead,
      method: marks.method,
      plannedJudges: marks.plannedJudges,
      adjusted: ranking.adjusted,
      judgeEffects: ranking.judgeEffects,
      entries: ranking.entries.map((entry, index) => {
        const { tier, skipped } = allocation.entries[index];
        return { ...entry, tier, skipped };
      }),
      tiers: allocation.tiers,
      totals: allocation.totals,
    };
  }

  private async closedRound(manager: EntityManager, category: Category): Promise<Round> {
    const [latest] = await manager.find(Round, {
      where: { categoryId: category.id },
      order: { openedAt: { direction: 'DESC', nulls: 'LAST' } },
      take: 1,
    });
    if (latest?.status !== 'closed') throw resultProblem('RESULT.ROUND_NOT_CLOSED');
    if (latest.kind !== 'score') throw resultProblem('RESULT.ROUND_NOT_SCORED');
    return latest;
  }

  private async store(manager: EntityManager, person: Person, result: Result): Promise<void> {
    await manager.query(
      `UPDATE results SET status = 'locked', locked_by = $2, locked_at = dingge_now() WHERE id = $1`,
      [result.id, person.account.id],
    );
    await manager.query('UPDATE categories SET decided_at = dingge_now() WHERE id = $1', [result.categoryId]);
    const filled = new Map<string, number>();
    const awards = result.content.entries.flatMap(({ id: submissionId, tier }) => {
      if (tier === null) return [];
      const position = filled.get(tier) ?? 0;
      filled.set(tier, position + 1);
      return [{ resultId: result.id, submissionId, tierId: tier, position }];
    });
    if (awards.length > 0) await manager.insert(Award, awards);
    await this.gallery.follow(manager, result.contestId, result.id);
    await this.audit.append(manager, {
      contestId: result.contestId,
      actorId: person.account.id,
      action: 'result.locked',
      facts: { result: result.id, category: result.categoryId, hash: result.hash, awards: awards.length },
    });
  }

  private async decideWhenComplete(manager: EntityManager, contestId: string): Promise<void> {
    const [row] = await manager.query<{ open: number }[]>(
      `SELECT count(*)::int AS open FROM categories k WHERE k.contest_id = $1
          AND NOT EXISTS (SELECT FROM results r WHERE r.category_id = k.id AND r.status = 'locked')`,
      [contestId],
    );
    if (row.open === 0) await this.contests.markDecided(manager, contestId);
  }
}

function requireRanking(outcome: ReturnType<typeof rank>): Ranking {
  if ('refusal' in outcome) {
    throw resultProblem(outcome.refusal.code, { groups: outcome.refusal.groups.length });
  }
  const [unrankable] = outcome.ranking.unrankable;
  if (unrankable) {
    const count = outcome.ranking.unrankable.length;
    throw resultProblem('RESULT.TOO_FEW_SHEETS', { count, needed: unrankable.needed });
  }
  return outcome.ranking;
}

/** jsonb keeps numbers and strings as they were; the hash is over the content as it is read back. */
function hashOf(content: ResultContent): string {
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(content))))
    .digest('hex');
}
