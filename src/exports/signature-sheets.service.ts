import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Language } from '../common/problem.js';
import type { Contest } from '../contests/contest.entity.js';
import { Typesetter } from '../documents/typesetting/typesetter.js';
import { Round } from '../judging/round.entity.js';
import { exportProblem } from './errors.js';
import { signatureSheets, type SignedJudge, type SignedRow } from './signature-sheets.js';

export interface SheetChoice {
  /** Of one round only; else of all that are closed. */
  round?: string;
  /** Of one judge only, by the place on the panel, from 1. */
  judge?: number;
}

/** As many as are set in a few seconds: some 200 pages. */
const mostRows = 6000;

/** What judges sign on paper, once a round is closed and nothing of it changes any more. */
@Injectable()
export class SignatureSheetsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly typesetter: Typesetter,
  ) {}

  async pdf({ id, title }: Contest, { round, judge }: SheetChoice, language: Language): Promise<Buffer> {
    const rounds = await this.dataSource.manager.find(Round, {
      where: { contestId: id, status: 'closed', ...(round ? { id: round } : {}) },
      relations: { category: true },
      order: { openedAt: 'ASC' },
    });
    if (rounds.length === 0) throw exportProblem('EXPORT.NO_ROUND');
    const ids = rounds.map((each) => each.id);
    const chosen = [ids, judge ?? null];
    const [{ rows }] = await this.dataSource.query<[{ rows: number }]>(
      `SELECT count(*)::int AS rows ${tasksSql}`,
      chosen,
    );
    if (rows > mostRows) throw exportProblem('EXPORT.TOO_LONG', { rows, most: mostRows });
    const found = await this.dataSource.query<(SignedRow & Seat)[]>(
      `SELECT t.round_id AS round, p.position + 1 AS position, a.name, e.code, s.title, t.state, v.marks
         ${tasksSql} ORDER BY p.position, e.code`,
      chosen,
    );
    const judged = rounds.map((each) => ({ round: each, judges: panelOf(found, each.id) }));
    const { bytes } = await this.typesetter.set(signatureSheets(title, judged, language));
    return Buffer.from(bytes);
  }
}

interface Seat {
  round: string;
  position: number;
  name: string;
}

const tasksSql = `
    FROM tasks t
    JOIN round_entries e ON e.id = t.entry_id AND e.removed_at IS NULL
    JOIN submissions s ON s.id = e.submission_id
    JOIN round_judges p ON p.round_id = t.round_id AND p.judge_id = t.judge_id
    JOIN accounts a ON a.id = t.judge_id
    LEFT JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version
   WHERE t.round_id = ANY($1) AND t.state <> 'released' AND ($2::int IS NULL OR p.position + 1 = $2)`;

function panelOf(rows: (SignedRow & Seat)[], round: string): SignedJudge[] {
  const own = rows.filter((row) => row.round === round);
  return [...Map.groupBy(own, ({ position }) => position)].map(([position, sheets]) => ({
    position,
    name: sheets[0].name,
    rows: sheets,
  }));
}
