import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import { DataSource, In, type EntityManager } from 'typeorm';
import { holds, type Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import type { Category } from '../contests/category.entity.js';
import { ContestsService } from '../contests/contests.service.js';
import type { ChangeRoundDto, CreateRoundDto, RoundView } from './dto.js';
import { judgingProblem } from './errors.js';
import { JudgesService } from './judges.service.js';
import { OpeningService } from './opening.service.js';
import { RoundJudge } from './round-judge.entity.js';
import { scoringOf, settingsOf } from './round-settings.js';
import { snapshotHash } from './round-snapshot.js';
import { viewRounds } from './round-view.js';
import { Round } from './round.entity.js';

/** Rounds from the organiser's side: set up, open (which freezes them), pause, close. */
@Injectable()
export class RoundsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly contests: ContestsService,
    private readonly judges: JudgesService,
    private readonly opening: OpeningService,
    private readonly audit: AuditService,
  ) {}

  async create(person: Person, contestId: string, given: CreateRoundDto): Promise<RoundView> {
    const category = await this.contests.findCategory(contestId, given.category);
    const id = await this.dataSource.transaction(async (manager) => {
      const round = manager.create(Round, {
        contestId,
        categoryId: category.id,
        kind: given.kind,
        anonymous: category.entry !== 'link',
        seed: randomBytes(32).toString('hex'),
      });
      await this.set(manager, round, given, category);
      await this.record(manager, round, person, 'round.created', { judges: given.judges });
      return round.id;
    });
    return this.view(person, id);
  }

  /** Anything of a draft; of a round that has begun what is not frozen, which is logged. */
  async change(person: Person, id: string, given: ChangeRoundDto): Promise<RoundView> {
    await this.dataSource.transaction(async (manager) => {
      const round = await this.lock(manager, person, id);
      if (round.status === 'closed') throw judgingProblem('ROUND.NOT_OPEN');
      if (round.status === 'draft') {
        const category = await this.contests.findCategoryById(round.categoryId, manager);
        const judges = given.judges ?? (await this.panelOf(manager, id));
        await this.set(manager, round, { ...asGiven(round), ...given, judges }, category);
      } else {
        const { deadlineAt, instructions, ...frozen } = given;
        if (Object.keys(frozen).length > 0) throw judgingProblem('ROUND.FROZEN');
        if (deadlineAt !== undefined) round.deadlineAt = deadlineAt === null ? null : new Date(deadlineAt);
        if (instructions !== undefined) round.instructions = instructions;
        await manager.save(round);
      }
      await this.record(manager, round, person, 'round.set', { fields: Object.keys(given).sort() });
    });
    return this.view(person, id);
  }

  async remove(person: Person, id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const round = await this.lock(manager, person, id);
      if (round.status !== 'draft') throw judgingProblem('ROUND.NOT_DRAFT');
      await manager.delete(RoundJudge, { roundId: id });
      await manager.delete(Round, id);
      await this.record(manager, round, person, 'round.removed', {});
    });
  }

  async open(person: Person, id: string): Promise<RoundView> {
    await this.dataSource.transaction(async (manager) => {
      const round = await this.lock(manager, person, id);
      if (round.status !== 'draft') throw judgingProblem('ROUND.NOT_DRAFT');
      await this.requireSelected(manager, round);
      const facts = await this.opening.open(manager, round);
      await this.contests.markJudging(manager, round.contestId);
      await this.record(manager, round, person, 'round.opened', facts);
    });
    return this.view(person, id);
  }

  /** Judges keep their lists and read on; nothing is saved until it is resumed. */
  pause(person: Person, id: string): Promise<RoundView> {
    return this.turn(person, id, 'open', 'paused');
  }

  resume(person: Person, id: string): Promise<RoundView> {
    return this.turn(person, id, 'paused', 'open');
  }

  /** Ends the marking. The row lock waits for every save under way: a mark is in the result or gets 409. */
  async close(person: Person, id: string, reason: string | null): Promise<RoundView> {
    await this.dataSource.transaction(async (manager) => {
      const round = await this.lock(manager, person, id);
      if (round.status !== 'open' && round.status !== 'paused') throw judgingProblem('ROUND.NOT_OPEN');
      const [now] = await viewRounds(manager, [await this.withCategory(manager, round)]);
      const missing = now.total - now.done;
      if (missing > 0 && !reason) throw judgingProblem('ROUND.MARKS_MISSING', { count: missing });
      await manager.query(
        `UPDATE rounds SET status = 'closed', closed_at = dingge_now(), close_reason = $2 WHERE id = $1`,
        [id, missing > 0 ? reason : null],
      );
      const late = now.judges
        .filter((judge) => judge.done < judge.total)
        .map((judge) => ({ judge: judge.id, missing: judge.total - judge.done }));
      await this.record(
        manager,
        round,
        person,
        'round.closed',
        // What was marked until now can be held to the log ever after.
        { missing, late, snapshot: await snapshotHash(manager, id) },
        missing > 0 ? reason : null,
      );
    });
    return this.view(person, id);
  }

  async list(contestId: string): Promise<RoundView[]> {
    const rounds = await this.dataSource.manager.find(Round, {
      where: { contestId },
      relations: { category: true },
      order: { createdAt: 'DESC' },
    });
    return viewRounds(this.dataSource.manager, rounds);
  }

  async view(person: Person, id: string): Promise<RoundView> {
    const round = await this.require(person, id);
    const [view] = await viewRounds(this.dataSource.manager, [round]);
    return view;
  }

  /** With its category; 404 to whoever is no organiser of its contest. */
  async require(person: Person, id: string): Promise<Round> {
    const round = await this.dataSource.manager.findOne(Round, {
      where: { id },
      relations: { category: true },
    });
    if (!round || !holds(person, 'organiser', round.contestId)) throw judgingProblem('ROUND.NOT_FOUND');
    return round;
  }

  async lock(manager: EntityManager, person: Person, id: string): Promise<Round> {
    const round = await manager.findOne(Round, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!round || !holds(person, 'organiser', round.contestId)) throw judgingProblem('ROUND.NOT_FOUND');
    return round;
  }

  private async set(
    manager: EntityManager,
    round: Round,
    given: Omit<CreateRoundDto, 'category' | 'kind'>,
    category: Category,
  ): Promise<void> {
    const judgeIds = [...new Set(given.judges)];
    await this.judges.requireEligible(manager, round.contestId, category.id, judgeIds);
    Object.assign(round, settingsOf(round.kind, given, judgeIds.length, category.criteria), {
      name: given.name,
      method: given.method ?? 'auto',
      scoring: scoringOf(given.scoring),
      sourceIds: given.select?.rounds ?? [],
      ofTied: given.select?.tied ?? false,
      deadlineAt: given.deadlineAt ? new Date(given.deadlineAt) : null,
      instructions: given.instructions ?? '',
      comments: given.comments ?? true,
    });
    const sources = await manager.countBy(Round, { id: In(round.sourceIds), categoryId: category.id });
    if (sources !== new Set(round.sourceIds).size) throw judgingProblem('ROUND.SOURCE_UNKNOWN');
    await manager.save(round);
    await manager.delete(RoundJudge, { roundId: round.id });
    await manager.insert(
      RoundJudge,
      judgeIds.map((judgeId, position) => ({ roundId: round.id, judgeId, position })),
    );
  }

  private async requireSelected(manager: EntityManager, { sourceIds }: Round): Promise<void> {
    const sources = await manager.findBy(Round, { id: In(sourceIds) });
    if (sources.some(({ status, selection }) => status !== 'closed' || selection === null)) {
      throw judgingProblem('ROUND.SOURCE_OPEN');
    }
  }

  private async turn(
    person: Person,
    id: string,
    from: 'open' | 'paused',
    to: 'open' | 'paused',
  ): Promise<RoundView> {
    await this.dataSource.transaction(async (manager) => {
      const round = await this.lock(manager, person, id);
      if (round.status !== from) throw judgingProblem('ROUND.NOT_OPEN');
      await manager.update(Round, id, { status: to });
      await this.record(manager, round, person, to === 'paused' ? 'round.paused' : 'round.resumed', {});
    });
    return this.view(person, id);
  }

  private async panelOf(manager: EntityManager, roundId: string): Promise<string[]> {
    const panel = await manager.find(RoundJudge, { where: { roundId }, order: { position: 'ASC' } });
    return panel.map(({ judgeId }) => judgeId);
  }

  private async withCategory(manager: EntityManager, round: Round): Promise<Round> {
    round.category = await this.contests.findCategoryById(round.categoryId, manager);
    return round;
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

/** A round's settings as they would be given again. */
function asGiven(round: Round): Omit<CreateRoundDto, 'category' | 'kind' | 'judges'> {
  const { name, criteria, perSubmission, method, scoring, quorum, passPercent, tokens } = round;
  return {
    ...{ name, perSubmission, method, scoring, quorum, passPercent, tokens },
    criteria: round.kind === 'score' ? criteria.map(({ id: _, ...rule }) => rule) : undefined,
    select: round.sourceIds.length > 0 ? { rounds: round.sourceIds, tied: round.ofTied } : null,
    deadlineAt: round.deadlineAt?.toISOString() ?? null,
    instructions: round.instructions,
    comments: round.comments,
  };
}
