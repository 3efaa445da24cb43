import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import type { Category } from '../contests/category.entity.js';
import type { Contest } from '../contests/contest.entity.js';
import { ContestsService } from '../contests/contests.service.js';
import { countUp, type Excluded } from './arithmetic/allocation.js';
import { Fraction } from './arithmetic/fraction.js';
import { type Move, promote } from './arithmetic/promotion.js';
import type { ContentEntry, Origin, RecordedOverride, ResultContent } from './content.js';
import { resultProblem } from './errors.js';
import { type Draft, prizesElsewhere, requireAllocation, withPrizes } from './making.service.js';
import { requireReadable, Result } from './result.entity.js';
import { readLines } from './result-lines.js';

/**
 * Versions of a locked result. Order, scores and judges' severity are frozen with the first: a version changes who has
 * which prize, with a reason, and supersedes the one that it came from.
 */
@Injectable()
export class VersionsService {
  constructor(
    private readonly contests: ContestsService,
    private readonly audit: AuditService,
  ) {}

  /** The result in force that a version is made from; nobody else can supersede it meanwhile. */
  async lockBase(
    manager: EntityManager,
    contest: Contest,
    id: string,
  ): Promise<{ base: Result; category: Category }> {
    await manager.query('SELECT FROM categories WHERE contest_id = $1 ORDER BY id FOR UPDATE', [contest.id]);
    const base = await manager.findOneByOrFail(Result, { id });
    if (base.status !== 'locked') throw resultProblem('RESULT.NOT_IN_FORCE');
    requireReadable(base);
    return { base, category: await this.contests.findCategoryById(base.categoryId, manager) };
  }

  /** Why a version is made: its words go into the log, and what they are about with them. */
  logReason(
    manager: EntityManager,
    person: Person,
    base: Result,
    facts: Record<string, unknown>,
    reason: string,
  ): Promise<string> {
    return this.audit.appendWords(manager, {
      contestId: base.contestId,
      actorId: person.account.id,
      action: 'result.version_proposed',
      facts: { result: base.id, ...facts },
      text: reason,
    });
  }

  /** Works are disqualified, and others move up as the category's rules have it. */
  async promotion(
    manager: EntityManager,
    contest: Contest,
    category: Category,
    base: Result,
    disqualified: readonly string[],
    reasonHash: string,
  ): Promise<Draft> {
    const before = await readLines(manager, base.id);
    const out = new Set(disqualified);
    const found = before.filter(({ id, excluded }) => out.has(id) && excluded === null);
    if (found.length !== out.size) throw resultProblem('RESULT.WORK_UNKNOWN');
    const { content } = base;
    const elsewhere = await prizesElsewhere(manager, contest, category, before);
    const standings = await this.standings(manager, content.round);
    const moves = promote({
      // A work that was disqualified otherwise since then gets no prize by moving up.
      order: before.map((entry) => ({ ...held(entry), excluded: excludedNow(entry, standings) })),
      tiers: content.tiers,
      rules: content.rules.allocation,
      elsewhere: new Map(elsewhere.map(({ person, prizes }) => [person, prizes])),
      policy: content.rules.promotion,
      out: disqualified,
    });
    const tierAfter = new Map(moves.map(({ id, to }) => [id, to]));
    const entries = before.map((entry): ContentEntry => {
      if (out.has(entry.id)) {
        return { ...entry, excluded: 'DISQUALIFIED', tier: null, skipped: 'DISQUALIFIED', passed: [] };
      }
      const tier = tierAfter.get(entry.id);
      return tier === undefined ? entry : { ...entry, tier, skipped: null, passed: [] };
    });
    const filled = countOf(entries);
    return {
      content: {
        ...frozen(content),
        elsewhere,
        overrides: content.overrides,
        origin: originOf(base, 'promotion', [...disqualified], moves, reasonHash),
        ...countUp(
          content.tiers.map(tierOnly),
          (id) => filled.get(id) ?? 0,
          (id) => content.tiers.find((tier) => tier.id === id)!.vacated,
        ),
      },
      entries,
    };
  }

  /** Prizes are allotted anew in the frozen order: with other overrides, and works and authors as they stand now. */
  async revision(
    manager: EntityManager,
    contest: Contest,
    category: Category,
    base: Result,
    overrides: RecordedOverride[],
    reasonHash: string,
  ): Promise<Draft> {
    const before = await readLines(manager, base.id);
    const standings = await this.standings(manager, base.content.round);
    const candidates = before.map((entry) => ({
      ...held(entry),
      person: standings.get(entry.id)?.person ?? entry.person,
      excluded: excludedNow(entry, standings),
    }));
    const { content } = base;
    const elsewhere = await prizesElsewhere(manager, contest, category, candidates);
    const allocation = requireAllocation({
      order: candidates,
      tiers: content.tiers.map(tierOnly),
      rules: content.rules.allocation,
      overrides,
      elsewhere: new Map(elsewhere.map(({ person, prizes }) => [person, prizes])),
    });
    const moves = allocation.entries.flatMap(({ id, tier }, index): Move[] =>
      tier === before[index].tier ? [] : [{ id, from: before[index].tier, to: tier }],
    );
    return {
      content: {
        ...frozen(content),
        elsewhere,
        overrides,
        origin: originOf(base, 'revision', [], moves, reasonHash),
        tiers: allocation.tiers,
        totals: allocation.totals,
      },
      entries: [...withPrizes(before, candidates, allocation)],
    };
  }

  /** When a version is locked, works that it disqualifies are out for good. */
  async disqualify(manager: EntityManager, origin: Origin | null): Promise<void> {
    if (!origin || origin.disqualified.length === 0) return;
    await manager.query(`UPDATE submissions SET status = 'disqualified' WHERE id = ANY($1)`, [
      origin.disqualified,
    ]);
  }

  private async standings(
    manager: EntityManager,
    roundId: string,
  ): Promise<Map<string, { person: string; status: string }>> {
    const rows = await manager.query<{ id: string; person: string; status: string }[]>(
      `SELECT s.id, COALESCE(a.merged_into, a.id) AS person, s.status
         FROM round_entries e
         JOIN submissions s ON s.id = e.submission_id
         JOIN authors a ON a.id = s.author_id
        WHERE e.round_id = $1`,
      [roundId],
    );
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  }
}

function excludedNow(
  { id, excluded }: ContentEntry,
  standings: ReadonlyMap<string, { status: string }>,
): Excluded | null {
  const status = standings.get(id)?.status;
  if (status === 'withdrawn') return 'WITHDRAWN';
  if (status === 'disqualified') return 'DISQUALIFIED';
  return excluded === 'NOT_PASSED' ? excluded : null;
}

function held({ id, person, group, exact, tier, overridden }: ContentEntry) {
  return { id, person, group, score: Fraction.parse(exact), tier, overridden };
}

function tierOnly({ filled: _, vacated: __, ...tier }: ResultContent['tiers'][number]) {
  return tier;
}

/** What a version keeps of the one that it came from. */
function frozen(content: ResultContent) {
  const {
    elsewhere: _,
    overrides: __,
    origin: ___,
    entriesHash: ____,
    tiers: _____,
    totals: ______,
    ...kept
  } = content;
  return kept;
}

function originOf(
  { id, hash }: Result,
  by: Origin['by'],
  disqualified: string[],
  moves: Move[],
  reasonHash: string,
): Origin {
  return { result: id, hash, by, disqualified, moves, reasonHash };
}

function countOf(entries: readonly ContentEntry[]): Map<string, number> {
  const filled = new Map<string, number>();
  for (const { tier } of entries) if (tier !== null) filled.set(tier, (filled.get(tier) ?? 0) + 1);
  return filled;
}
