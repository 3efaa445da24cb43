import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, QueryFailedError, type EntityManager } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { Account } from '../accounts/account.entity.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { accountProblem } from '../accounts/errors.js';
import { AuditService } from '../audit/audit.service.js';
import { commonProblem, type Language } from '../common/problem.js';
import { NewsService } from '../database/news.service.js';
import type { Media } from '../media/media.entity.js';
import { MediaService } from '../media/media.service.js';
import { Objection } from '../results/notice/objection.entity.js';
import { belongingsOf, refusalsOf, type Belongings } from './belongings.js';
import type { DeletionPreview } from './dto.js';
import { anonymiseWorks, deleteWorks, eraseAuthors, eraseTraces, keepPrintedNames } from './erasure.js';

type Freed = Pick<Media, 'sha256' | 'renditions'>;

/** Somebody holds a row that we need, or holds it in another order than we do. */
const heldByOthers = new Set(['55P03', '40P01']);
const tries = 50;

/** Giving an account up: what would happen, and doing it. */
@Injectable()
export class DeletionService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly accounts: AccountsService,
    private readonly media: MediaService,
    private readonly audit: AuditService,
    private readonly news: NewsService,
  ) {}

  async preview({ account }: Person, language: Language): Promise<DeletionPreview> {
    const { manager } = this.dataSource;
    const { going, staying } = await belongingsOf(manager, account.id);
    const [{ files, bytes }] = await manager.query<[{ files: number; bytes: string }]>(
      `SELECT count(*)::int AS files, COALESCE(sum(bytes), 0) AS bytes FROM media
        WHERE submission_id = ANY($1) AND live`,
      [going.map(({ id }) => id)],
    );
    const others = new Set(going.filter(({ own }) => !own).map(({ author }) => author));
    const [{ told }] = await manager.query<[{ told: number }]>(
      'SELECT count(*)::int AS told FROM payees WHERE submission_id = ANY($1) AND sealed IS NOT NULL',
      [[...going, ...staying].filter(({ own }) => own).map(({ id }) => id)],
    );
    const objections = await manager.countBy(Objection, { accountId: account.id });
    const refusals = await refusalsOf(manager, account.id);
    return {
      deleted: {
        works: going.length,
        drafts: going.filter(({ status }) => status === 'draft').length,
        files,
        bytes: Number(bytes),
        otherAuthors: others.size,
        told,
      },
      kept: staying.map(({ id, number, title, contest, category, decided, shared, author, prize }) => ({
        id,
        number,
        title,
        contest,
        category,
        decided,
        shared,
        printed: prize === null || shared ? null : { name: author, prize },
      })),
      objections,
      refusals: refusals.map((problem) => ({ code: problem.code, message: problem.detail(language) })),
    };
  }

  async delete({ account }: Person, password: string): Promise<void> {
    await this.accounts.requirePassword(account.id, password);
    const freed = await whenFree(() =>
      this.dataSource.transaction((manager) => this.deleteWithin(manager, account.id)),
    );
    await this.media.discard(freed);
  }

  /**
   * All or nothing, killed or not. Every row that others may hold is locked without waiting for it, and all is tried
   * again where one is held: so nobody waits for us who has what we wait for.
   */
  private async deleteWithin(manager: EntityManager, accountId: string): Promise<Freed[]> {
    const account = await manager.findOne(Account, {
      where: { id: accountId },
      lock: { mode: 'pessimistic_write', onLocked: 'nowait' },
    });
    if (!account || account.disabledAt) throw accountProblem('ACCOUNT.SIGN_IN_REQUIRED');
    await lockAll(manager, accountId);
    const [refusal] = await refusalsOf(manager, accountId);
    if (refusal) throw refusal;
    const belongings = await belongingsOf(manager, accountId);
    // Before anything that others do after it.
    await this.record(manager, accountId, belongings);
    await eraseTraces(manager, accountId, [...belongings.going, ...belongings.staying]);
    await keepPrintedNames(manager, belongings.staying);
    const freed = [
      ...(await deleteWorks(manager, belongings.going)),
      ...(await anonymiseWorks(manager, belongings.staying)),
    ];
    await eraseAuthors(manager, belongings);
    await this.accounts.erase(manager, account);
    for (const { id, contestId } of belongings.going) {
      await this.news.publish(manager, { contestId, accountId, submissionId: id });
    }
    return freed;
  }

  /** One entry in the log of each contest that knew the account; with how many receipt numbers went, by category. */
  private async record(
    manager: EntityManager,
    accountId: string,
    { going, staying }: Belongings,
  ): Promise<void> {
    const grants = await manager.query<{ id: string }[]>(
      'SELECT DISTINCT contest_id AS id FROM role_grants WHERE account_id = $1 AND contest_id IS NOT NULL',
      [accountId],
    );
    const contestIds = new Set([
      ...grants.map(({ id }) => id),
      ...[...going, ...staying].map(({ contestId }) => contestId),
    ]);
    for (const contestId of [...contestIds].sort()) {
      const numbers: Record<string, number> = {};
      for (const work of going) {
        if (work.contestId !== contestId || work.number === null) continue;
        numbers[work.categoryId] = (numbers[work.categoryId] ?? 0) + 1;
      }
      await this.audit.append(manager, {
        contestId,
        actorId: accountId,
        action: 'account.erased',
        facts: {
          account: accountId,
          numbers,
          kept: staying.filter((work) => work.contestId === contestId).map(({ id }) => id),
        },
      });
    }
  }
}

/** Everything of the account that somebody else may be about to change, and what could make it needed. */
async function lockAll(manager: EntityManager, accountId: string): Promise<void> {
  await manager.query(`SELECT FROM role_grants WHERE role = 'admin' ORDER BY id FOR UPDATE NOWAIT`);
  await manager.query(
    `SELECT FROM rounds r
      WHERE r.status <> 'closed'
        AND (EXISTS (SELECT FROM round_judges p WHERE p.round_id = r.id AND p.judge_id = $1)
             OR EXISTS (SELECT FROM role_grants g WHERE g.contest_id = r.contest_id AND g.account_id = $1))
      ORDER BY r.id FOR SHARE OF r NOWAIT`,
    [accountId],
  );
  for (const table of ['submissions', 'media', 'uploads', 'objections']) {
    await manager.query(`SELECT FROM ${table} WHERE account_id = $1 ORDER BY id FOR UPDATE NOWAIT`, [
      accountId,
    ]);
  }
  await manager.query(
    `SELECT FROM authors WHERE id IN (SELECT author_id FROM submissions WHERE account_id = $1)
      ORDER BY id FOR UPDATE NOWAIT`,
    [accountId],
  );
}

/** Tries again while others hold what is needed; a small while, for a person waits. */
async function whenFree<T>(act: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await act();
    } catch (error) {
      const code = error instanceof QueryFailedError && (error.driverError as { code?: string }).code;
      if (!code || !heldByOthers.has(code)) throw error;
      if (left === 0) throw commonProblem('SERVER.BUSY', {}, { headers: { 'Retry-After': '10' } });
      await sleep(50 + Math.random() * 150);
    }
  }
}
