import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { holds, type Person } from '../accounts/access.js';
import { isUniqueViolation } from '../accounts/accounts.service.js';
import { AuditService } from '../audit/audit.service.js';
import type { Contest } from '../contests/contest.entity.js';
import { ContestsService } from '../contests/contests.service.js';
import { AwardsService } from './awards.service.js';
import type { ContentEntry } from './content.js';
import { resultProblem } from './errors.js';
import { type Draft, MakingService } from './making.service.js';
import { namesHash, namesOf } from './names.js';
import { type GivenOverride, OverridesService } from './overrides.service.js';
import { PrizeMessages } from './prize-messages.service.js';
import { Result } from './result.entity.js';
import { page, writeLines } from './result-lines.js';
import { VersionsService } from './versions.service.js';

/** Dry runs and locked results. A run is computed once, hashed, and never changed afterwards. */
@Injectable()
export class ResultsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly contests: ContestsService,
    private readonly making: MakingService,
    private readonly overrides: OverridesService,
    private readonly versions: VersionsService,
    private readonly awards: AwardsService,
    private readonly prizeMessages: PrizeMessages,
    private readonly audit: AuditService,
  ) {}

  /** Ranks the last closed round of a category and allots its prizes, for looking at only. */
  async dryRun(
    person: Person,
    contest: Contest,
    categoryKey: string,
    given: readonly GivenOverride[],
  ): Promise<string> {
    const category = await this.contests.findCategory(contest.id, categoryKey);
    // One snapshot: a work disqualified meanwhile is in all of the run or in none of it.
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const overrides = await this.overrides.record(manager, person, category, given);
      const draft = await this.making.fromMarks(manager, contest, category, overrides);
      return this.keep(manager, person, category, draft);
    });
  }

  /**
   * The version that a promotion or a revision makes of a locked result; in force only once it is locked, which is at
   * once where the contest asks for no second person.
   */
  async newVersion(person: Person, id: string, make: MakeVersion): Promise<string> {
    const { contestId } = await this.require(person, id);
    const contest = await this.contests.findById(contestId);
    const made = await this.dataSource.transaction(async (manager) => {
      const { base, category } = await this.versions.lockBase(manager, contest, id);
      const draft = await make(manager, contest, category, base);
      return this.keep(manager, person, category, draft, base);
    });
    if (!contest.secondLock) await this.lock(person, made);
    return made;
  }

  /** Makes a run the result of its category, if computing it again gives the same, byte for byte. */
  async lock(person: Person, id: string): Promise<void> {
    const known = await this.require(person, id);
    const contest = await this.contests.findById(known.contestId);
    if (contest.secondLock && known.createdBy === person.account.id) {
      throw resultProblem('RESULT.SECOND_PERSON');
    }
    await this.dataSource.transaction(async (manager) => {
      const result = await manager.findOneOrFail(Result, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (result.status !== 'dry') throw resultProblem('RESULT.LOCKED_ALREADY');
      await manager.query('SELECT FROM categories WHERE contest_id = $1 ORDER BY id FOR UPDATE', [
        contest.id,
      ]);
      const { hash } = await this.making.finish(await this.again(manager, contest, result));
      if (hash !== result.hash) throw resultProblem('RESULT.OUTDATED');
      await this.store(manager, person, result).catch((error: unknown) => {
        throw isUniqueViolation(error) ? resultProblem('RESULT.LOCKED_ALREADY') : error;
      });
    });
  }

  async require(person: Person, id: string): Promise<Result> {
    const result = await this.dataSource.manager.findOneBy(Result, { id });
    if (!result || !holds(person, 'organiser', result.contestId)) throw resultProblem('RESULT.NOT_FOUND');
    return result;
  }

  list(contestId: string): Promise<(Omit<Result, 'content'> & { key: string })[]> {
    return this.dataSource.query(
      `SELECT r.id, r.status, r.version, r.supersedes, k.key, r.created_at AS "createdAt",
              r.locked_at AS "lockedAt", r.hash
         FROM results r JOIN categories k ON k.id = r.category_id
        WHERE r.contest_id = $1 ORDER BY r.created_at DESC LIMIT 200`,
      [contestId],
    );
  }

  /** Works of a result from the place after that on, by place. */
  entries(
    resultId: string,
    range: { after: number; limit: number; awarded?: boolean },
  ): Promise<ContentEntry[]> {
    return page(this.dataSource.manager, resultId, range);
  }

  /** Names as a result was published with them, by work, where the author was erased since. */
  async printedNames(resultId: string): Promise<Map<string, string>> {
    const rows = await this.dataSource.query<{ id: string; name: string }[]>(
      `SELECT submission_id AS id, printed_name AS name FROM awards
        WHERE result_id = $1 AND printed_name IS NOT NULL`,
      [resultId],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Stores a draft as a run; its works first, page by page, as they are hashed. */
  private async keep(
    manager: EntityManager,
    person: Person,
    { id: categoryId, contestId }: { id: string; contestId: string },
    draft: Draft,
    base: Result | null = null,
  ): Promise<string> {
    const id = randomUUID();
    const { content, hash } = await this.making.finish(draft, (entries, lines) =>
      writeLines(manager, id, entries, lines),
    );
    await manager.insert(Result, {
      ...{ id, contestId, categoryId, content, hash },
      roundId: content.round,
      createdBy: person.account.id,
      supersedes: base?.id ?? null,
      reasonHash: content.origin?.reasonHash ?? null,
    });
    return id;
  }

  private async again(manager: EntityManager, contest: Contest, result: Result): Promise<Draft> {
    const category = await this.contests.findCategoryById(result.categoryId, manager);
    const { origin, overrides } = result.content;
    if (origin === null) return this.making.fromMarks(manager, contest, category, overrides);
    const { base } = await this.versions.lockBase(manager, contest, origin.result);
    return origin.by === 'promotion'
      ? this.versions.promotion(manager, contest, category, base, origin.disqualified, origin.reasonHash)
      : this.versions.revision(manager, contest, category, base, overrides, origin.reasonHash);
  }

  private async store(manager: EntityManager, person: Person, result: Result): Promise<void> {
    const { id, contestId, categoryId, hash, content, supersedes } = result;
    if (supersedes) {
      await manager.query(`UPDATE results SET status = 'superseded' WHERE id = $1`, [supersedes]);
    }
    const [{ version }] = await manager.query<{ version: number }[]>(
      'SELECT (COALESCE(max(version), 0) + 1)::int AS version FROM results WHERE category_id = $1',
      [categoryId],
    );
    await manager.query(
      `UPDATE results SET status = 'locked', version = $3, locked_by = $2, locked_at = dingge_now() WHERE id = $1`,
      [id, person.account.id, version],
    );
    await this.versions.disqualify(manager, content.origin);
    await this.awards.follow(manager, result);
    await this.prizeMessages.tell(manager, result);
    const record = (action: string, facts: Record<string, unknown>) =>
      this.audit.append(manager, { contestId, actorId: person.account.id, action, facts });
    const { awards } = content.totals;
    const names = namesHash(await namesOf(manager, categoryId));
    await record('result.locked', { result: id, category: categoryId, hash, awards, version, names });
    if (supersedes) await record('result.superseded', { result: supersedes, by: id, category: categoryId });
  }
}

/** Makes the draft of a new version of a locked result. */
export type MakeVersion = (
  manager: EntityManager,
  contest: Contest,
  category: Awaited<ReturnType<VersionsService['lockBase']>>['category'],
  base: Result,
) => Promise<Draft>;
