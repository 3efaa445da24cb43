import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Person } from '../../accounts/access.js';
import { ContestsService } from '../../contests/contests.service.js';
import { Round } from '../../judging/round.entity.js';
import { allocate } from '../arithmetic/allocation.js';
import { Fraction } from '../arithmetic/fraction.js';
import { chooseMethod } from '../arithmetic/method.js';
import type { ContentEntry } from '../content.js';
import { resultProblem } from '../errors.js';
import { requireRanking, withPrizes } from '../making.service.js';
import { titlesOf } from '../names.js';
import { requireReadable, type Result } from '../result.entity.js';
import { readLines } from '../result-lines.js';
import { methodView } from '../result-view.service.js';
import { ResultsService } from '../results.service.js';
import { type ClosedRound, RoundMarksService } from '../round-marks.service.js';
import type { CompareDto, Comparison } from './comparison-dto.js';

const MOST_WORKS = 500;

/** Runs beside a result, under rules that were not those of the round: looked at, and gone. */
@Injectable()
export class ComparisonService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly contests: ContestsService,
    private readonly results: ResultsService,
    private readonly roundMarks: RoundMarksService,
  ) {}

  async compare(person: Person, id: string, given: CompareDto): Promise<Comparison> {
    const base = await this.results.require(person, id);
    requireReadable(base);
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const contest = await this.contests.findById(base.contestId, manager);
      const round = await manager.findOneByOrFail(Round, { id: base.roundId });
      const closed = without(await this.roundMarks.read(manager, contest, round), round, given.withoutJudge);
      const changed = changedRules(base, closed, given);
      const ranking = requireRanking(closed, changed);
      const before = await readLines(manager, id);
      const after = allot(base, ranking, before, given);
      const { chosen } = changed;
      const content = {
        ...base.content,
        rules: {
          ...base.content.rules,
          ...chosen,
          ties: ['score' as const, ...changed.ties, 'draw' as const],
        },
        adjustment: { model: ranking.adjustment.model, lambda: null },
      };
      return {
        base: id,
        purpose: 'comparison',
        method: methodView(content),
        ...(await this.differences(before, after.entries)),
        totals: {
          before: pick(base.content.totals),
          after: pick(after.totals),
        },
      };
    });
  }

  private async differences(
    before: readonly ContentEntry[],
    after: readonly ContentEntry[],
  ): Promise<Pick<Comparison, 'places' | 'awards' | 'works'>> {
    const then = new Map(before.map((entry) => [entry.id, entry]));
    const pairs = after.flatMap((now) => {
      const old = then.get(now.id);
      return old && (old.place !== now.place || old.tier !== now.tier) ? [{ old, now }] : [];
    });
    const prize = ({ old, now }: (typeof pairs)[number]) => Number(old.tier !== now.tier);
    const distance = ({ old, now }: (typeof pairs)[number]) => Math.abs(old.place - now.place);
    pairs.sort((a, b) => prize(b) - prize(a) || distance(b) - distance(a) || a.old.place - b.old.place);
    const shown = pairs.slice(0, MOST_WORKS);
    const works = await titlesOf(
      this.dataSource,
      shown.map(({ now }) => now.id),
    );
    return {
      places: pairs.filter(({ old, now }) => old.place !== now.place).length,
      awards: pairs.filter((pair) => prize(pair) === 1).length,
      works: shown.map(({ old, now }) => ({
        submission: works.get(now.id)!,
        place: { before: old.place, after: now.place },
        score: { before: old.score, after: now.score },
        tier: { before: old.tier, after: now.tier },
      })),
    };
  }
}

/** As if the judge had never been on the panel. */
function without(
  closed: ClosedRound,
  { perSubmission }: Pick<Round, 'perSubmission'>,
  label: string | undefined,
): ClosedRound {
  if (label === undefined) return closed;
  const seat = closed.panel.judges.findIndex((judge) => judge.label === label);
  if (seat < 0) throw resultProblem('RESULT.JUDGE_UNKNOWN');
  const panel = closed.panel.without(seat);
  const most = panel.works.reduce((sheets, work) => Math.max(sheets, panel.sheetsOf(work)), 0);
  // Who marked everything, or was expected to, is one judge less for each work.
  const planned = closed.rules.plannedJudges - (perSubmission === null ? 1 : 0);
  return { ...closed, panel, rules: { ...closed.rules, plannedJudges: Math.max(most, planned) } };
}

function changedRules(base: Result, { rules, chosen }: ClosedRound, given: CompareDto) {
  const { kind } = base.content.rules;
  const asked = given.method ?? (given.trim ? 'trimmed' : null);
  const { plannedJudges: planned } = rules;
  const trimmed = chosen.method === 'trimmed' && asked === null;
  const other =
    kind === 'score' && (asked ?? trimmed)
      ? chooseMethod(asked ?? 'trimmed', { planned, someOfPanel: false }, given.trim ?? chosen.trim)
      : chosen;
  if ('refusal' in other) {
    const { code, needed } = other.refusal;
    throw resultProblem(code, { planned, needed });
  }
  return { ...rules, method: other.method, trim: other.trim, ties: given.ties ?? rules.ties, chosen: other };
}

/** Limits, floors and overrides are those of the result. */
function allot(
  { content }: Result,
  ranking: ReturnType<typeof requireRanking>,
  before: readonly ContentEntry[],
  { quotaTies }: CompareDto,
) {
  const facts = new Map(before.map((entry) => [entry.id, entry]));
  const order = ranking.entries.map(({ id, group, exact }) => ({
    ...{ id, group, score: Fraction.parse(exact) },
    person: facts.get(id)?.person ?? id,
    excluded: facts.get(id)?.excluded ?? null,
  }));
  const allocation = allocate({
    order,
    tiers: content.tiers,
    rules: { ...content.rules.allocation, ...(quotaTies && { quotaTies }) },
    overrides: content.overrides,
    elsewhere: new Map(content.elsewhere.map(({ person, prizes }) => [person, prizes])),
  });
  return { entries: [...withPrizes(ranking.entries, order, allocation)], totals: allocation.totals };
}

function pick({ awards, amountYuan }: { awards: number; amountYuan: number }) {
  return { awards, amountYuan };
}
