import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import type { Contest } from '../contests/contest.entity.js';
import type { Marks } from '../judging/sheet-version.entity.js';
import { Round } from '../judging/round.entity.js';
import { chooseMethod, LEAST_JUDGES } from './arithmetic/aggregate.js';
import type { RoundMarks } from './arithmetic/panel.js';
import { resultProblem } from './errors.js';

interface SheetRow {
  submission: string;
  judge: string;
  marks: Marks;
}

/** Who made a work, for the limit of prizes, and whether it is still in the running. */
export interface Standing {
  id: string;
  person: string;
  excluded: 'WITHDRAWN' | 'DISQUALIFIED' | null;
}

/** Reads a closed round out of the database into what the arithmetic takes. */
@Injectable()
export class RoundMarksService {
  constructor(private readonly audit: AuditService) {}

  /** @param leastJudges below which the round is refused: fewer than usual where no prize is given by it */
  async read(
    manager: EntityManager,
    contest: Contest,
    round: Round,
    leastJudges = LEAST_JUDGES,
  ): Promise<RoundMarks> {
    const judges = await this.judges(manager, round.id);
    const chosen = chooseMethod(round.method, round.plannedJudges!, leastJudges);
    if ('refusal' in chosen) {
      const { code, planned, needed } = chosen.refusal;
      throw resultProblem(code, { planned, needed });
    }
    const entries = await manager.query<{ id: string; sequence: string }[]>(
      `SELECT s.id, s.submitted_seq AS sequence FROM round_entries e
         JOIN submissions s ON s.id = e.submission_id WHERE e.round_id = $1 AND e.removed_at IS NULL`,
      [round.id],
    );
    const sheets = await manager.query<SheetRow[]>(
      `SELECT e.submission_id AS submission, t.judge_id AS judge, v.marks
         FROM tasks t
         JOIN round_entries e ON e.id = t.entry_id
         JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version
        WHERE t.round_id = $1 AND t.state = 'submitted' AND v.submitted AND e.removed_at IS NULL`,
      [round.id],
    );
    const sheetsOf = Map.groupBy(sheets, ({ submission }) => submission);
    return {
      criteria: round.criteria,
      judges: judges.map(({ judge_id: id }, index) => ({ id, label: `评委${index + 1}` })),
      method: chosen.method,
      plannedJudges: Math.max(
        round.perSubmission ?? judges.filter(({ left }) => !left).length,
        ...[...sheetsOf.values()].map(({ length }) => length),
      ),
      entries: entries.map(({ id, sequence }) => ({
        id,
        sequence: Number(sequence),
        sheets: (sheetsOf.get(id) ?? []).map(({ judge, marks }) => ({ judge, marks })),
      })),
      seed: contest.seed,
      auditHead: await this.audit.headWhen(manager, contest.id, 'round.opened', round.id),
    };
  }

  /** The same works as they stand now: a person is the author that the organiser's merging leads to. */
  async standings(manager: EntityManager, roundId: string): Promise<Map<string, Standing>> {
    const rows = await manager.query<(Omit<Standing, 'excluded'> & { status: string })[]>(
      `SELECT s.id, COALESCE(a.merged_into, a.id) AS person, s.status
         FROM round_entries e
         JOIN submissions s ON s.id = e.submission_id
         JOIN authors a ON a.id = s.author_id
        WHERE e.round_id = $1 AND e.removed_at IS NULL`,
      [roundId],
    );
    const excluded = (status: string): Standing['excluded'] => {
      if (status === 'withdrawn') return 'WITHDRAWN';
      return status === 'accepted' ? null : 'DISQUALIFIED';
    };
    return new Map(rows.map(({ id, person, status }) => [id, { id, person, excluded: excluded(status) }]));
  }

  /** All who ever were on the panel: somebody who left may have marks that count. */
  private judges(manager: EntityManager, roundId: string): Promise<{ judge_id: string; left: boolean }[]> {
    return manager.query(
      'SELECT judge_id, left_at IS NOT NULL AS left FROM round_judges WHERE round_id = $1 ORDER BY position',
      [roundId],
    );
  }
}
