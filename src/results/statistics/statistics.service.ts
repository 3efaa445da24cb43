import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Person } from '../../accounts/access.js';
import { Round } from '../../judging/round.entity.js';
import type { Panel } from '../arithmetic/panel.js';
import type { ContentEntry } from '../content.js';
import { resultProblem } from '../errors.js';
import { titlesOf } from '../names.js';
import { requireReadable, type Result } from '../result.entity.js';
import { page } from '../result-lines.js';
import { ResultsService } from '../results.service.js';
import { RoundMarksService } from '../round-marks.service.js';
import { type Confidence, DRAWS, SURE_FROM } from './confidence.js';
import type { Row } from './fit.js';
import { type PanelStatistics, panelStatistics } from './panel-statistics.js';
import { inSlices } from './slices.js';
import type { StatisticsView } from './statistics-dto.js';

/** 10,000 works by 20 judges: up to there no slice of the computation takes more than a few hundredths of a second. */
const MOST_SHEETS = 200_000;
/** Works are read so many at a time, for the same reason. */
const PAGE = 500;
const MOST_FLAGS = 100;
const MOST_WORKS = 500;
/** A work without a prize is told of if it had one in this share of the draws. */
const LEAST_SHARE = 0.05;

/** Statistics of the panel behind a result: computed when asked for, and never stored, for nothing follows from them. */
@Injectable()
export class StatisticsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly results: ResultsService,
    private readonly roundMarks: RoundMarksService,
  ) {}

  async of(person: Person, id: string): Promise<StatisticsView> {
    const result = await this.results.require(person, id);
    requireReadable(result);
    const { content } = result;
    if (content.rules.kind !== 'score') throw resultProblem('RESULT.NO_STATISTICS');
    const sheets = content.entries * content.rules.expectedSheets;
    if (sheets > MOST_SHEETS) {
      throw resultProblem('RESULT.STATISTICS_TOO_LARGE', { sheets, most: MOST_SHEETS });
    }
    const { lines, rows, ownUnit } = await this.dataSource.transaction('REPEATABLE READ', (manager) =>
      this.read(manager, result),
    );
    const isSame = (work: number, judge: number) => ownUnit.has(`${judge} ${lines[work].id}`);
    const found = await inSlices(() => panelStatistics({ content, lines, rows, seed: result.hash, isSame }));
    if (!found) throw resultProblem('RESULT.NO_STATISTICS');
    return this.view(result, lines, found);
  }

  private async read(
    manager: EntityManager,
    result: Result,
  ): Promise<{ lines: ContentEntry[]; rows: Row[]; ownUnit: Set<string> }> {
    const round = await manager.findOneByOrFail(Round, { id: result.roundId });
    const ownUnit = await this.ownUnits(manager, result);
    const lines: ContentEntry[] = [];
    const rows: Row[] = [];
    for (;;) {
      const next = await page(manager, result.id, { after: lines.length, limit: PAGE });
      const panel = await this.roundMarks.someOf(
        manager,
        round,
        next.map(({ id }) => id),
      );
      const byWork = new Map(rowsOf(panel));
      for (const line of next) {
        lines.push(line);
        rows.push(byWork.get(line.id)!);
      }
      if (next.length < PAGE) return { lines, rows, ownUnit };
    }
  }

  /** Judges, by their place on the panel, and works of people of the judge’s own unit. */
  private async ownUnits(
    manager: EntityManager,
    { roundId, contestId }: Pick<Result, 'roundId' | 'contestId'>,
  ): Promise<Set<string>> {
    const rows = await manager.query<{ seat: number; id: string }[]>(
      `SELECT p.seat, e.submission_id AS id
         FROM (SELECT judge_id, (row_number() OVER (ORDER BY position) - 1)::int AS seat
                 FROM round_judges WHERE round_id = $1) p
         JOIN unit_members j ON j.judge_id = p.judge_id AND j.contest_id = $2
         JOIN unit_members m ON m.unit_id = j.unit_id
         JOIN authors a ON COALESCE(a.merged_into, a.id) = m.author_id
         JOIN submissions s ON s.author_id = a.id
         JOIN round_entries e ON e.submission_id = s.id AND e.round_id = $1`,
      [roundId, contestId],
    );
    return new Set(rows.map(({ seat, id }) => `${seat} ${id}`));
  }

  private async view(
    { id, content }: Result,
    lines: readonly ContentEntry[],
    { reliability, concordance, judges, flags, affiliation, confidence }: PanelStatistics,
  ): Promise<StatisticsView> {
    const label = (judge: number) => content.judges[judge].judge;
    const works = confidence && told(lines, confidence);
    const shown = flags.slice(0, MOST_FLAGS);
    const names = await titlesOf(this.dataSource, [
      ...(works ?? []).slice(0, MOST_WORKS).map(({ line }) => line.id),
      ...shown.map(({ work }) => lines[work].id),
    ]);
    return {
      result: id,
      reliability,
      concordance,
      judges: judges.map(({ judge, ...facts }) => ({ judge: label(judge), ...facts })),
      flags: {
        count: flags.length,
        items: shown.map(({ work, judge, value, expected, deviation }) => ({
          submission: names.get(lines[work].id)!,
          judge: label(judge),
          ...{ value, expected, deviation },
        })),
      },
      affiliation,
      confidence: works && {
        draws: DRAWS,
        sureFrom: SURE_FROM,
        close: works.filter(({ line, sure }) => line.tier !== null && sure < SURE_FROM).length,
        works: works.slice(0, MOST_WORKS).map(({ line: { id: work, place, tier }, sure, shares }) => ({
          submission: names.get(work)!,
          ...{ place, tier, sure, close: sure < SURE_FROM },
          shares: content.tiers.flatMap((one) => {
            const share = shares?.get(one.id);
            return share ? [{ tier: one.id, share }] : [];
          }),
        })),
      },
    };
  }
}

/** A work’s totals in points of 0–100. */
function rowsOf(panel: Panel): [string, Row][] {
  const unit = Number(panel.counter.unit);
  return panel.works.map((work) => {
    const sheets = Array.from({ length: panel.sheetsOf(work) }, (_, sheet) => sheet);
    return [
      work.id,
      {
        judges: sheets.map((sheet) => panel.judgeOf(work, sheet)),
        values: sheets.map((sheet) => Number(panel.total(work, sheet)) / unit),
      },
    ];
  });
}

/** Works whose prize is worth a word, by place. What was never drawn is where it is for sure. */
function told(lines: readonly ContentEntry[], confidence: readonly Confidence[]) {
  const drawn = new Map(confidence.map((one) => [one.id, one]));
  return lines.flatMap((line) => {
    const own = drawn.get(line.id);
    const sure = own ? (line.tier === null ? own.none : (own.tiers.get(line.tier) ?? 0)) : 1;
    if (line.tier === null && (own?.none ?? 1) > 1 - LEAST_SHARE) return [];
    return [{ line, sure, shares: own?.tiers ?? null }];
  });
}
