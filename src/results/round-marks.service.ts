import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import type { Contest } from '../contests/contest.entity.js';
import type { Round } from '../judging/round.entity.js';
import type { Excluded } from './arithmetic/allocation.js';
import { type ChosenMethod, chooseMethod, LEAST_JUDGES } from './arithmetic/method.js';
import { Panel, type RankingRules } from './arithmetic/panel.js';
import { resultProblem } from './errors.js';

/** Who made a work, for the limit of prizes, and whether it is still in the running. */
export interface Standing {
  person: string;
  excluded: Exclude<Excluded, 'NOT_PASSED'> | null;
}

/** A closed round out of the database, as the arithmetic takes it. */
export interface ClosedRound {
  panel: Panel;
  /** `plannedJudges` is how many sheets each work should have in the end. */
  rules: RankingRules;
  chosen: ChosenMethod;
  auditSeq: number;
  standings: Map<string, Standing>;
}

interface WorkRow {
  id: string;
  sequence: string;
  person: string;
  status: string;
  /** `seat,mark,mark…;seat,mark,mark…`; null without a sheet. */
  sheets: string | null;
}

/** Works come out of the database so many at a time: so a million of them are never there twice. */
const BATCH = 5000;

/** Reads a closed round out of the database into what the arithmetic takes. */
@Injectable()
export class RoundMarksService {
  constructor(private readonly audit: AuditService) {}

  /**
   * In the caller's transaction.
   * @param leastJudges below which the round is refused: fewer than usual where no prize is given by it
   */
  async read(
    manager: EntityManager,
    contest: Contest,
    round: Round,
    leastJudges = LEAST_JUDGES,
  ): Promise<ClosedRound> {
    const chosen = methodOf(round, leastJudges);
    const judges = await this.judges(manager, round.id);
    const leastSheets = leastSheetsOf(round, Math.min(leastJudges, LEAST_JUDGES));
    const panel = new Panel(
      round.criteria,
      judges.map(({ id }, index) => ({ id, label: `评委${index + 1}` })),
      leastSheets,
    );
    const standings = new Map<string, Standing>();
    let most = 0;
    for await (const rows of this.works(manager, round)) {
      for (const { id, sequence, person, status, sheets } of rows) {
        const seats = seatsOf(sheets);
        most = Math.max(most, seats.length);
        panel.addSeats(id, Number(sequence), seats);
        standings.set(id, { person, excluded: excludedAs(status) });
      }
    }
    const active = judges.filter(({ left }) => !left).length;
    const planned = round.kind === 'score' ? Math.max(round.perSubmission ?? active, most) : 0;
    requireLeft(chosen, planned);
    const { seq, hash } = await this.audit.headAtClose(manager, contest.id, round.openedAt!);
    return {
      panel,
      rules: {
        criteria: round.criteria,
        method: chosen.method,
        trim: chosen.trim,
        plannedJudges: planned,
        leastSheets,
        rounding: round.scoring.rounding,
        ties: tiesOf(round),
        seed: contest.seed,
        auditHead: hash,
        chair: await this.chair(manager, round.id),
      },
      chosen,
      auditSeq: seq,
      standings,
    };
  }

  /** The sheets of some works only, to show their sums. */
  async someOf(manager: EntityManager, round: Round, ids: readonly string[]): Promise<Panel> {
    const judges = await this.judges(manager, round.id);
    const panel = new Panel(
      round.criteria,
      judges.map(({ id }, index) => ({ id, label: `评委${index + 1}` })),
      0,
    );
    const { sql, criteria } = worksSql(round, 'AND submission_id = ANY($2::uuid[])', 3);
    const rows = await manager.query<WorkRow[]>(sql, [round.id, ids, ...criteria]);
    for (const { id, sequence, sheets } of rows) panel.addSeats(id, Number(sequence), seatsOf(sheets));
    return panel;
  }

  private async *works(manager: EntityManager, round: Round): AsyncGenerator<WorkRow[]> {
    const { sql, criteria } = worksSql(round, '', 2);
    await manager.query(`DECLARE round_works NO SCROLL CURSOR FOR ${sql}`, [round.id, ...criteria]);
    const fetch = () => manager.query<WorkRow[]>(`FETCH ${BATCH} FROM round_works`);
    // The next batch is on its way while the last one is taken in.
    for (let next = fetch(); ;) {
      const rows = await next;
      if (rows.length === BATCH) next = fetch();
      yield rows;
      if (rows.length < BATCH) break;
    }
    await manager.query('CLOSE round_works');
  }

  /** All who ever were on the panel: somebody who left may have marks that count. */
  private judges(manager: EntityManager, roundId: string): Promise<{ id: string; left: boolean }[]> {
    return manager.query(
      'SELECT judge_id AS id, left_at IS NOT NULL AS left FROM round_judges WHERE round_id = $1 ORDER BY position',
      [roundId],
    );
  }

  /** Of two decisions between the same works the later counts. */
  private async chair(manager: EntityManager, roundId: string): Promise<string[][]> {
    const rows = await manager.query<{ order: string[] }[]>(
      'SELECT "order" FROM tie_decisions WHERE round_id = $1 ORDER BY decided_at, id',
      [roundId],
    );
    const last = new Map(rows.map(({ order }) => [[...order].sort().join(), order]));
    return [...last.values()];
  }
}

function seatsOf(sheets: WorkRow['sheets']): string[][] {
  return (sheets?.split(';') ?? []).map((sheet) => sheet.split(','));
}

/** As it was frozen: by the setting and the design that the round opened with. */
function methodOf(round: Round, leastJudges: number): ChosenMethod {
  const planned = round.plannedJudges!;
  if (round.kind !== 'score') {
    if (planned < leastJudges) throw resultProblem('RESULT.TOO_FEW_JUDGES', { planned, needed: leastJudges });
    return { method: round.kind, trim: null, why: 'kind' };
  }
  const chosen = chooseMethod(
    round.method,
    { planned, someOfPanel: round.perSubmission !== null },
    round.scoring.trim,
    leastJudges,
  );
  if ('method' in chosen) return chosen;
  throw resultProblem(chosen.refusal.code, { planned, needed: chosen.refusal.needed });
}

function leastSheetsOf({ kind, quorum }: Round, leastJudges: number): number {
  switch (kind) {
    case 'score':
      return leastJudges;
    case 'pass':
      return quorum!;
    case 'tokens':
      return 0;
  }
}

/** Whoever laid no token may have saved a nought or nothing: between equal votes there is nothing to be averaged. */
function tiesOf({ kind, scoring: { ties } }: Round): RankingRules['ties'] {
  return kind === 'score' ? ties : ties.filter((step) => step === 'chair' || step === 'earlier_submission');
}

/** So many judges may have left that nothing is left of a trimmed mean. */
function requireLeft({ trim }: ChosenMethod, planned: number): void {
  const needed = trim ? trim.highest + trim.lowest + 1 : 0;
  if (planned < needed) throw resultProblem('RESULT.TOO_FEW_JUDGES', { planned, needed });
}

function excludedAs(status: string): Standing['excluded'] {
  if (status === 'withdrawn') return 'WITHDRAWN';
  return status === 'accepted' ? null : 'DISQUALIFIED';
}

/** A row a work, its complete and submitted sheets in one text: a sheet that lacks a mark is null, and not in it. */
function worksSql(round: Round, only: string, from: number): { sql: string; criteria: string[] } {
  const criteria = round.criteria.map(({ id }) => id);
  const tasksOf = only && `AND t.entry_id IN (SELECT id FROM round_entries WHERE round_id = $1 ${only})`;
  const marks = criteria.map((_, index) => `(v.marks->>$${from + index}::text)`).join(` || ',' || `);
  return {
    criteria,
    sql: `
      SELECT s.id, s.submitted_seq AS sequence, COALESCE(a.merged_into, a.id) AS person, s.status, m.sheets
        FROM round_entries e
        JOIN submissions s ON s.id = e.submission_id
        JOIN authors a ON a.id = s.author_id
        LEFT JOIN (SELECT t.entry_id, string_agg(p.seat || ',' || ${marks}, ';') AS sheets
                     FROM tasks t
                     JOIN (SELECT judge_id, row_number() OVER (ORDER BY position) - 1 AS seat
                             FROM round_judges WHERE round_id = $1) p ON p.judge_id = t.judge_id
                     JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version AND v.submitted
                    WHERE t.round_id = $1 AND t.state = 'submitted' ${tasksOf}
                    GROUP BY t.entry_id) m ON m.entry_id = e.id
       WHERE e.round_id = $1 AND e.removed_at IS NULL ${only}`,
  };
}
