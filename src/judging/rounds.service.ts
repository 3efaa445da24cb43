import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHash, randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { holds, type Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { canonicalJson } from '../audit/chain.js';
import { ContestsService } from '../contests/contests.service.js';
import { drawCodes, judgeOrder } from './draw.js';
import type { CreateRoundDto, RoundView } from './dto.js';
import { judgingProblem } from './errors.js';
import { JudgesService } from './judges.service.js';
import { RoundEntry } from './round-entry.entity.js';
import { RoundJudge } from './round-judge.entity.js';
import { Round } from './round.entity.js';

interface Progress {
  round_id: string;
  judge_id: string;
  name: string;
  done: number;
  total: number;
}

/** Rounds from the organiser's side: set up, open (which freezes them), close. */
@Injectable()
export class RoundsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly contests: ContestsService,
    private readonly judges: JudgesService,
    private readonly audit: AuditService,
  ) {}

  async create(person: Person, contestId: string, given: CreateRoundDto): Promise<RoundView> {
    const category = await this.contests.findCategory(contestId, given.category);
    const judgeIds = [...new Set(given.judges)];
    const id = await this.dataSource.transaction(async (manager) => {
      await this.judges.requireEligible(manager, contestId, category.id, judgeIds);
      const round = await manager.save(
        manager.create(Round, {
          contestId,
          categoryId: category.id,
          name: given.name,
          kind: 'score',
          criteria: (given.criteria ?? category.criteria).map((rule, index) => ({
            ...rule,
            id: `c${index + 1}`,
          })),
          method: given.method ?? 'auto',
          anonymous: category.entry !== 'link',
          seed: randomBytes(32).toString('hex'),
        }),
      );
      await manager.insert(
        RoundJudge,
        judgeIds.map((judgeId, position) => ({ roundId: round.id, judgeId, position })),
      );
      await this.record(manager, round, person, 'round.created', { judges: judgeIds });
      return round.id;
    });
    return this.view(person, id);
  }

  /** Freezes the settings, draws the codes, and gives every judge every accepted work in an order of their own. */
  async open(person: Person, id: string): Promise<RoundView> {
    await this.dataSource.transaction(async (manager) => {
      const round = await this.lock(manager, person, id);
      if (round.status !== 'draft') throw judgingProblem('ROUND.NOT_DRAFT');
      // One lock for the category: two rounds of it can't open at once, nor a work be sent in between.
      const [category] = await manager.query<{ decided: boolean; anonymous: boolean }[]>(
        `SELECT decided_at IS NOT NULL AS decided, entry <> 'link' AS anonymous
           FROM categories WHERE id = $1 FOR UPDATE`,
        [round.categoryId],
      );
      if (category.decided) throw judgingProblem('ROUND.DECIDED');
      const others = await manager.countBy(Round, { categoryId: round.categoryId, status: 'open' });
      if (others > 0) throw judgingProblem('ROUND.ALREADY_OPEN');
      const panel = await manager.find(RoundJudge, { where: { roundId: id }, order: { position: 'ASC' } });
      const judgeIds = panel.map(({ judgeId }) => judgeId);
      await this.judges.requireEligible(manager, round.contestId, round.categoryId, judgeIds);
      const entries = await this.takeWorks(manager, round);
      await this.assign(manager, round, judgeIds, entries);
      const { criteria, method, seed } = round;
      const { anonymous } = category;
      const settings = { criteria, method, judges: judgeIds, seed, anonymous };
      const settingsHash = createHash('sha256').update(canonicalJson(settings)).digest('hex');
      await manager.query(
        `UPDATE rounds SET status = 'open', opened_at = dingge_now(), settings_hash = $2, anonymous = $3 WHERE id = $1`,
        [id, settingsHash, anonymous],
      );
      await this.contests.markJudging(manager, round.contestId);
      await this.record(manager, round, person, 'round.opened', { settingsHash, works: entries.length });
    });
    return this.view(person, id);
  }

  /** Ends the marking. The row lock waits for every save under way: a mark is in the result or gets 409. */
  async close(person: Person, id: string, reason: string | null): Promise<RoundView> {
    await this.dataSource.transaction(async (manager) => {
      const round = await this.lock(manager, person, id);
      if (round.status !== 'open') throw judgingProblem('ROUND.NOT_OPEN');
      const [row] = await manager.query<{ missing: number }[]>(
        `SELECT count(*)::int AS missing FROM tasks WHERE round_id = $1 AND state = 'open'`,
        [id],
      );
      const missing = row.missing;
      if (missing > 0 && !reason) throw judgingProblem('ROUND.MARKS_MISSING', { count: missing });
      await manager.query(
        `UPDATE rounds SET status = 'closed', closed_at = dingge_now(), close_reason = $2 WHERE id = $1`,
        [id, missing > 0 ? reason : null],
      );
      await this.record(manager, round, person, 'round.closed', { missing }, missing > 0 ? reason : null);
    });
    return this.view(person, id);
  }

  async list(contestId: string): Promise<RoundView[]> {
    const rounds = await this.dataSource.manager.find(Round, {
      where: { contestId },
      relations: { category: true },
      order: { createdAt: 'DESC' },
    });
    const progress = await this.progress(rounds.map(({ id }) => id));
    return rounds.map((round) => viewRound(round, progress));
  }

  private async view(person: Person, id: string): Promise<RoundView> {
    const round = await this.dataSource.manager.findOne(Round, {
      where: { id },
      relations: { category: true },
    });
    if (!round || !holds(person, 'organiser', round.contestId)) throw judgingProblem('ROUND.NOT_FOUND');
    return viewRound(round, await this.progress([id]));
  }

  private async lock(manager: EntityManager, person: Person, id: string): Promise<Round> {
    const round = await manager.findOne(Round, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!round || !holds(person, 'organiser', round.contestId)) throw judgingProblem('ROUND.NOT_FOUND');
    return round;
  }

  private async takeWorks(manager: EntityManager, round: Round): Promise<RoundEntry[]> {
    const [taken] = await manager.query<[{ id: string }[], number]>(
      `UPDATE submissions SET in_judging = true
        WHERE contest_id = $1 AND category_id = $2 AND status = 'accepted' RETURNING id`,
      [round.contestId, round.categoryId],
    );
    if (taken.length === 0) throw judgingProblem('ROUND.NO_WORKS');
    const ids = taken.map(({ id }) => id);
    const [pending] = await manager.query<{ works: number }[]>(
      `SELECT count(DISTINCT submission_id)::int AS works FROM media
        WHERE submission_id = ANY($1) AND live AND status <> 'ready'`,
      [ids],
    );
    if (pending.works > 0) throw judgingProblem('ROUND.FILES_PENDING', { count: pending.works });
    const codes = drawCodes(ids.length);
    return manager.save(
      ids.map((submissionId, index) =>
        manager.create(RoundEntry, { roundId: round.id, submissionId, code: codes[index] }),
      ),
      { chunk: 1000 },
    );
  }

  private async assign(
    manager: EntityManager,
    round: Round,
    judgeIds: string[],
    entries: RoundEntry[],
  ): Promise<void> {
    const entryIds = entries.map(({ id }) => id);
    for (const judgeId of judgeIds) {
      await manager.query(
        `INSERT INTO tasks (round_id, judge_id, entry_id, position)
         SELECT $1, $2, entry_id, position - 1 FROM unnest($3::uuid[]) WITH ORDINALITY AS t (entry_id, position)`,
        [round.id, judgeId, judgeOrder(round.seed, judgeId, entryIds)],
      );
    }
  }

  private progress(roundIds: string[]): Promise<Progress[]> {
    return this.dataSource.query<Progress[]>(
      `SELECT p.round_id, p.judge_id, a.name,
              count(t.id) FILTER (WHERE t.state = 'submitted')::int AS done,
              count(t.id) FILTER (WHERE t.state <> 'recused')::int AS total
         FROM round_judges p
         JOIN accounts a ON a.id = p.judge_id
         LEFT JOIN tasks t ON t.round_id = p.round_id AND t.judge_id = p.judge_id
        WHERE p.round_id = ANY($1)
        GROUP BY p.round_id, p.judge_id, p.position, a.name ORDER BY p.position`,
      [roundIds],
    );
  }

  private record(
    manager: EntityManager,
    round: Round,
    person: Person,
    action: string,
    facts: Record<string, unknown>,
    text: string | null = null,
  ): Promise<void> {
    return this.audit.append(manager, {
      contestId: round.contestId,
      actorId: person.account.id,
      action,
      facts: { round: round.id, ...facts },
      text,
    });
  }
}

function viewRound(round: Round, progress: Progress[]): RoundView {
  const judges = progress.filter(({ round_id: of }) => of === round.id);
  const { key, name, media } = round.category;
  return {
    id: round.id,
    name: round.name,
    kind: round.kind,
    status: round.status,
    category: { key, name, media },
    criteria: round.criteria,
    method: round.method,
    anonymous: round.anonymous,
    judges: judges.map((judge) => ({
      id: judge.judge_id,
      name: judge.name,
      done: judge.done,
      total: judge.total,
    })),
    works: Math.max(0, ...judges.map(({ total }) => total)),
    done: judges.reduce((sum, { done }) => sum + done, 0),
    total: judges.reduce((sum, { total }) => sum + total, 0),
    openedAt: round.openedAt?.toISOString() ?? null,
    closedAt: round.closedAt?.toISOString() ?? null,
    closeReason: round.closeReason,
    settingsHash: round.settingsHash,
  };
}
