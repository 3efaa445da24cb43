import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Category } from '../contests/category.entity.js';
import type { Contest } from '../contests/contest.entity.js';
import { Round } from '../judging/round.entity.js';
import { allocate, type Allocation, type Candidate, overrideProblem } from './arithmetic/allocation.js';
import { EFFECT_PLACES } from './arithmetic/comparable.js';
import { Fraction } from './arithmetic/fraction.js';
import { type RankedEntry, rankPanel, type Ranking } from './arithmetic/ranking.js';
import type { RankingRules } from './arithmetic/panel.js';
import {
  type ContentEntry,
  hashOf,
  LinesHash,
  type RecordedOverride,
  type ResultContent,
} from './content.js';
import { resultProblem } from './errors.js';
import { pagesOf } from './result-lines.js';
import { type ClosedRound, RoundMarksService } from './round-marks.service.js';

/** A result on the way: what it says but for the hash of its works, and those. */
export interface Draft {
  content: Omit<ResultContent, 'entriesHash'>;
  entries: Iterable<ContentEntry>;
}

/** Takes pages of works, to store them, say. */
export type Sink = (entries: ContentEntry[], lines: string[]) => Promise<void>;

/** Makes results out of marks: ranked, and prizes allotted. Writes nothing. */
@Injectable()
export class MakingService {
  constructor(private readonly roundMarks: RoundMarksService) {}

  /** The last closed round of a category, under the rules that were frozen with it. */
  async fromMarks(
    manager: EntityManager,
    contest: Contest,
    category: Category,
    overrides: RecordedOverride[],
  ): Promise<Draft> {
    const round = await this.closedRound(manager, category);
    const closed = await this.roundMarks.read(manager, contest, round);
    const ranking = requireRanking(closed, closed.rules);
    const candidates = candidatesOf(ranking, closed, round);
    const elsewhere = await prizesElsewhere(manager, contest, category, candidates);
    const rules = rulesOf(contest, category, round, closed);
    const allocation = requireAllocation({
      order: candidates,
      tiers: category.prizeTiers.map(({ id, quota, amountYuan, floor, personLimit }) => ({
        ...{ id, quota, amountYuan, floor, personLimit },
      })),
      rules: rules.allocation,
      overrides,
      elsewhere: new Map(elsewhere.map(({ person, prizes }) => [person, prizes])),
    });
    return {
      content: {
        version: 2,
        round: round.id,
        settingsHash: round.settingsHash!,
        rules,
        seed: closed.rules.seed,
        auditHead: closed.rules.auditHead,
        auditSeq: closed.auditSeq,
        chair: closed.rules.chair.map((order) => [...order]),
        ...effectsOf(closed, ranking),
        elsewhere,
        overrides,
        origin: null,
        entries: candidates.length,
        tiers: allocation.tiers,
        totals: allocation.totals,
      },
      entries: withPrizes(ranking.entries, candidates, allocation),
    };
  }

  /** Hashes a draft, page by page. */
  async finish({ content, entries }: Draft, sink?: Sink): Promise<{ content: ResultContent; hash: string }> {
    const hash = new LinesHash();
    // The next page is made while the last one is written.
    let written: Promise<void> | undefined;
    for (const page of pagesOf(entries)) {
      hash.add(page.lines);
      await written;
      written = sink?.(page.entries, page.lines);
    }
    await written;
    const whole = { ...content, entriesHash: hash.digest() };
    return { content: whole, hash: hashOf(whole) };
  }

  async closedRound(manager: EntityManager, category: Category): Promise<Round> {
    const [latest] = await manager.find(Round, {
      where: { categoryId: category.id },
      order: { openedAt: { direction: 'DESC', nulls: 'LAST' } },
      take: 1,
    });
    if (latest?.status !== 'closed') throw resultProblem('RESULT.ROUND_NOT_CLOSED');
    return latest;
  }
}

/** @throws RESULT.… where works can't be compared, or one has too few sheets */
export function requireRanking({ panel }: Pick<ClosedRound, 'panel'>, rules: RankingRules): Ranking {
  const [unrankable] = panel.unrankable;
  if (unrankable) {
    const count = panel.unrankable.length;
    throw resultProblem('RESULT.TOO_FEW_SHEETS', { count, needed: unrankable.needed });
  }
  if (rules.method === 'z_score') {
    const seen = panel.judges.map(() => 0);
    for (const work of panel.works) {
      for (let sheet = 0; sheet < panel.sheetsOf(work); sheet++) seen[panel.judgeOf(work, sheet)] += 1;
    }
    const lonely = seen.indexOf(1);
    if (lonely >= 0) throw resultProblem('RESULT.ONE_WORK', { judge: panel.judges[lonely].label });
  }
  const outcome = rankPanel(panel, rules);
  if ('ranking' in outcome) return outcome.ranking;
  throw resultProblem(outcome.refusal.code, { groups: outcome.refusal.groups.length });
}

/** @throws RESULT.OVERRIDE_IMPOSSIBLE where an override names a work that can't have a prize, or a full tier */
export function requireAllocation(input: Parameters<typeof allocate>[0]): Allocation {
  const problem = overrideProblem(input);
  if (problem?.tier) throw resultProblem('RESULT.OVERRIDE_OVER_QUOTA');
  if (problem) throw resultProblem('RESULT.OVERRIDE_IMPOSSIBLE');
  return allocate(input);
}

export function candidatesOf(
  { entries }: Ranking,
  { standings }: Pick<ClosedRound, 'standings'>,
  { kind, passPercent }: Pick<Round, 'kind' | 'passPercent'>,
): Candidate[] {
  const least = kind === 'pass' ? Fraction.of(BigInt(passPercent!)) : null;
  return entries.map(({ id, group, exact }) => {
    const { person, excluded } = standings.get(id)!;
    const score = Fraction.parse(exact);
    const failed = least !== null && score.compare(least) < 0;
    return { id, person, group, score, excluded: excluded ?? (failed ? 'NOT_PASSED' : null) };
  });
}

/** The lines of a result: what the ranking says of each work, and what became of it. */
export function* withPrizes(
  ranked: readonly RankedEntry[],
  candidates: readonly Candidate[],
  { entries: placements }: Pick<Allocation, 'entries'>,
): Generator<ContentEntry> {
  for (const [index, entry] of ranked.entries()) {
    const { person, excluded = null } = candidates[index];
    const { tier, skipped, passed, overridden } = placements[index];
    yield { ...entry, person, excluded, tier, skipped, passed, overridden };
  }
}

function rulesOf(
  contest: Contest,
  category: Category,
  round: Round,
  { rules, chosen }: ClosedRound,
): ResultContent['rules'] {
  return {
    kind: round.kind,
    ...chosen,
    plannedJudges: round.plannedJudges!,
    expectedSheets: rules.plannedJudges,
    leastSheets: rules.leastSheets!,
    passPercent: round.passPercent,
    criteria: round.criteria,
    rounding: rules.rounding,
    ties: ['score', ...rules.ties, 'draw'],
    allocation: {
      quotaTies: category.quotaTies,
      personLimit: { category: category.personLimit, contest: contest.personLimit },
    },
    promotion: category.promotion,
  };
}

function effectsOf(
  { panel }: ClosedRound,
  { adjustment: { model, lambda, judges, criteria } }: Ranking,
): Pick<ResultContent, 'adjustment' | 'judges'> {
  return {
    adjustment: { model, lambda: lambda?.toString() ?? null },
    judges: panel.judges.map(({ label }, index) => ({
      judge: label,
      effect: judges[index].toDecimalString(EFFECT_PLACES),
      criteria: criteria.map((ofJudges) => ofJudges[index].toDecimalString(EFFECT_PLACES)),
    })),
  };
}

/** By person, as locked results of the contest's other categories give them; nobody asks where there is no limit. */
export async function prizesElsewhere(
  manager: EntityManager,
  contest: Contest,
  category: Category,
  candidates: readonly { person: string }[],
): Promise<ResultContent['elsewhere']> {
  if (contest.personLimit === null) return [];
  const rows = await manager.query<{ person: string; prizes: number }[]>(
    `SELECT COALESCE(a.merged_into, a.id) AS person, count(*)::int AS prizes
       FROM awards w
       JOIN results r ON r.id = w.result_id AND r.contest_id = $1 AND r.category_id <> $2
       JOIN submissions s ON s.id = w.submission_id
       JOIN authors a ON a.id = s.author_id
      GROUP BY 1 ORDER BY 1`,
    [contest.id, category.id],
  );
  const here = new Set(candidates.map(({ person }) => person));
  return rows.filter(({ person }) => here.has(person));
}
