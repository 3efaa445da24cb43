import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import type { Category } from '../contests/category.entity.js';
import { ContestsService } from '../contests/contests.service.js';
import { Round } from '../judging/round.entity.js';
import { MediaLinksService } from '../media/media-links.service.js';
import { MediaService } from '../media/media.service.js';
import { Submission } from '../submissions/submission.entity.js';
import { type EntrySum, explain } from './arithmetic/explain.js';
import { Fraction } from './arithmetic/fraction.js';
import { methodInWords } from './arithmetic/method-words.js';
import type { RankingRules } from './arithmetic/panel.js';
import type { Move } from './arithmetic/promotion.js';
import type { ContentEntry, ResultContent } from './content.js';
import type { ChangeView, ResultView } from './dto.js';
import type { Draft } from './making.service.js';
import { requireReadable, type Result } from './result.entity.js';
import { ResultsService } from './results.service.js';
import { RoundMarksService } from './round-marks.service.js';

/** A result with the names, pictures and sums of its works, as organisers see it. */
@Injectable()
export class ResultViewService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly contests: ContestsService,
    private readonly results: ResultsService,
    private readonly roundMarks: RoundMarksService,
    private readonly audit: AuditService,
    private readonly media: MediaService,
    private readonly links: MediaLinksService,
  ) {}

  async view(
    me: Person,
    result: Result,
    range: { after: number; limit: number; awarded: boolean },
  ): Promise<ResultView> {
    requireReadable(result);
    const { content, id } = result;
    const category = await this.contests.findCategoryById(result.categoryId);
    const round = await this.dataSource.manager.findOneByOrFail(Round, { id: result.roundId });
    // One more than asked for tells whether there are more; the one before, what decided against the first.
    const found = await this.results.entries(id, { ...range, limit: range.limit + 1 });
    const [above] =
      range.after > 0 ? await this.results.entries(id, { after: range.after - 1, limit: 1 }) : [];
    const entries = found.slice(0, range.limit);
    return {
      id,
      status: result.status,
      version: result.version,
      supersedes: result.supersedes,
      origin: await this.origin(content),
      category: { key: category.key, name: category.name, media: category.media },
      round: { id: round.id, name: round.name, anonymous: round.anonymous },
      method: methodView(content),
      rules: { ...content.rules.allocation, promotion: content.rules.promotion },
      createdAt: result.createdAt.toISOString(),
      secondPerson: await this.secondPerson(me, result),
      lockedAt: result.lockedAt?.toISOString() ?? null,
      hash: result.hash,
      auditHead: content.auditHead,
      judgeEffects: content.judges.map(({ judge, effect }) => ({
        judge,
        effect: Fraction.fromDecimalString(effect).toDecimalString(2),
      })),
      overrides: await this.overrides(content),
      ranking: await this.works(me, result, round, entries, above),
      entries: content.entries,
      next: found.length > entries.length ? entries.at(-1)!.place : null,
      tiers: named(content.tiers, category),
      totals: content.totals,
    };
  }

  /** What a new version changes. */
  async change(
    before: Result,
    { content }: Draft,
    made: string | null,
    status: Result['status'] | null,
  ): Promise<ChangeView> {
    const category = await this.contests.findCategoryById(before.categoryId);
    return {
      result: made,
      status,
      policy: content.rules.promotion,
      moves: await this.moves(before.id, content.origin!.moves),
      tiers: named(content.tiers, category),
      totals: content.totals,
      before: before.content.totals,
    };
  }

  /** Who made a run that the contest wants somebody else to lock, and who that may be. */
  private async secondPerson(
    me: Person,
    { status, contestId, createdBy }: Result,
  ): Promise<ResultView['secondPerson']> {
    const { secondLock } = await this.contests.findById(contestId);
    if (!secondLock || status !== 'dry') return null;
    const people = await this.dataSource.query<{ id: string; name: string }[]>(
      `SELECT a.id, a.name FROM accounts a
        WHERE a.id = $2
           OR a.disabled_at IS NULL AND a.erased_at IS NULL AND a.id IN (
                SELECT account_id FROM role_grants
                 WHERE role = 'admin' OR role = 'organiser' AND contest_id = $1)
        ORDER BY a.name, a.id`,
      [contestId, createdBy],
    );
    return {
      madeBy: people.find(({ id }) => id === createdBy)!.name,
      own: createdBy === me.account.id,
      others: people.filter(({ id }) => id !== createdBy).map(({ name }) => name),
    };
  }

  private async works(
    me: Person,
    { id, content }: Result,
    round: Round,
    entries: readonly ContentEntry[],
    above: ContentEntry | undefined,
  ): Promise<ResultView['ranking']> {
    const ids = entries.map((entry) => entry.id);
    const works = await this.submissions(ids);
    const media = await this.media.ofSubmissions(ids);
    const printed = await this.results.printedNames(id);
    const sums = await this.sums(content, round, entries);
    return entries.map((entry, index) => {
      const { id: workId, sequence: _, sheets: __, values: ___, person: ____, ...shown } = entry;
      const work = works.get(workId)!;
      const cover = media.get(workId)?.[0];
      const before = entries[index - 1] ?? above;
      return {
        ...shown,
        ...sums.get(workId)!,
        tieBrokenBy: tieBrokenBy(
          before?.place === entry.place - 1 ? before.decidedBy : null,
          entry.decidedBy,
        ),
        submission: {
          id: workId,
          number: work.number ?? '',
          title: work.title,
          author: printed.get(workId) ?? work.author.name,
          community: work.communityName ?? work.community?.name ?? '',
          thumb: (cover && this.links.mint(cover, me.account.id).thumb) ?? null,
          placeholder: cover?.placeholder ?? null,
        },
      };
    });
  }

  private async sums(
    content: ResultContent,
    round: Round,
    entries: readonly ContentEntry[],
  ): Promise<Map<string, EntrySum>> {
    const ids = entries.map(({ id }) => id);
    const panel = await this.roundMarks.someOf(this.dataSource.manager, round, ids);
    const rules: RankingRules = {
      ...content.rules,
      ...{ ties: [], chair: [], seed: '', auditHead: '' },
      plannedJudges: content.rules.expectedSheets,
    };
    const effects = (of: string[]) => of.map((effect) => Fraction.fromDecimalString(effect));
    const adjustment = {
      model: content.adjustment.model,
      lambda: null,
      judges: effects(content.judges.map(({ effect }) => effect)),
      criteria: content.rules.criteria.map((_, index) =>
        effects(content.judges.map(({ criteria }) => criteria[index])),
      ),
    };
    const valuesOf = new Map(entries.map(({ id, values }) => [id, values ?? null]));
    return new Map(
      panel.works.map((work) => [
        work.id,
        explain(panel, work, rules, adjustment, valuesOf.get(work.id) ?? null),
      ]),
    );
  }

  private async origin({ origin }: ResultContent): Promise<ResultView['origin']> {
    if (!origin) return null;
    const words = await this.audit.wordsOf(this.dataSource.manager, [origin.reasonHash]);
    const { result, by, moves, reasonHash } = origin;
    return { result, by, reason: words.get(reasonHash) ?? null, moves: await this.moves(result, moves) };
  }

  private async overrides({ overrides }: ResultContent): Promise<ResultView['overrides']> {
    const hashes = overrides.map(({ reasonHash }) => reasonHash);
    const words = await this.audit.wordsOf(this.dataSource.manager, hashes);
    return overrides.map((override) => ({
      do: override.do,
      submission: override.do === 'vacate' ? null : override.submission,
      tier: override.do === 'out' ? null : override.tier,
      places: override.do === 'vacate' ? override.places : null,
      reason: words.get(override.reasonHash) ?? null,
    }));
  }

  private async moves(resultId: string, moves: readonly Move[]): Promise<ChangeView['moves']> {
    const works = await this.submissions(moves.map(({ id }) => id));
    const rows = await this.dataSource.query<{ id: string; place: number }[]>(
      'SELECT submission_id AS id, place FROM result_entries WHERE result_id = $1 AND submission_id = ANY($2)',
      [resultId, moves.map(({ id }) => id)],
    );
    const places = new Map(rows.map(({ id, place }) => [id, place]));
    const printed = await this.results.printedNames(resultId);
    return moves.map(({ id, from, to }) => {
      const work = works.get(id)!;
      const author = printed.get(id) ?? work.author.name;
      return {
        submission: { id, number: work.number ?? '', title: work.title, author },
        place: places.get(id)!,
        from,
        to,
      };
    });
  }

  private async submissions(ids: string[]): Promise<Map<string, Submission>> {
    const found = await this.dataSource.manager.find(Submission, {
      where: { id: In(ids) },
      relations: { author: true, community: true },
    });
    return new Map(found.map((work) => [work.id, work]));
  }
}

export function methodView({ rules, adjustment: { model } }: ResultContent): ResultView['method'] {
  const { kind, method, why, trim, plannedJudges, expectedSheets, rounding, ties } = rules;
  return {
    ...{ key: method, kind, trim, rounding, ties, model },
    planned: plannedJudges,
    expected: expectedSheets,
    adjusted: model !== 'none',
    words: methodInWords({ method, why, trim, rounding, model, planned: plannedJudges }),
  };
}

/** Against the one above with the same score, or for the first of them the one below. */
function tieBrokenBy(
  above: ContentEntry['decidedBy'],
  below: ContentEntry['decidedBy'],
): ResultView['ranking'][number]['tieBrokenBy'] {
  if (above !== null && above !== 'score') return above;
  return below === 'score' ? null : below;
}

function named(tiers: ResultContent['tiers'], { prizeTiers }: Category): ResultView['tiers'] {
  const names = new Map(prizeTiers.map(({ id, name }) => [id, name]));
  return tiers.map((tier) => ({
    ...tier,
    floor: tier.floor === null ? null : String(tier.floor),
    name: names.get(tier.id) ?? '',
  }));
}
