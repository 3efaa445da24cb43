import type { EntityManager } from 'typeorm';
import type { Pair } from './assign.js';
import { conflictIsAbout, unitOfAuthor } from './judge-conflict.entity.js';
import type { PanelJudge, PanelState, PanelTask } from './replan.js';
import type { Round } from './round.entity.js';

/** A round's panel, works, tasks and conflicts as the rows say now. */
export async function loadPanel(manager: EntityManager, round: Round): Promise<PanelState> {
  const entries = await manager.query<{ id: string }[]>(
    'SELECT id FROM round_entries WHERE round_id = $1 AND removed_at IS NULL ORDER BY id',
    [round.id],
  );
  const judges = await manager.query<PanelJudge[]>(
    `SELECT judge_id AS id, left_at IS NOT NULL AS left, replaces_id AS replaces, superseded
       FROM round_judges WHERE round_id = $1 ORDER BY position`,
    [round.id],
  );
  const tasks = await manager.query<PanelTask[]>(
    `SELECT t.id, t.entry_id AS entry, t.judge_id AS judge, t.state, t.version > 0 AS begun,
            COALESCE(v.submitted, false) AS marked
       FROM tasks t LEFT JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version
      WHERE t.round_id = $1`,
    [round.id],
  );
  return {
    entries: entries.map(({ id }) => id),
    judges,
    tasks,
    conflicts: await conflictsOf(manager, round),
    perSubmission: round.perSubmission,
    seed: round.seed,
  };
}

/** Judge × work of the round that conflicts forbid. */
function conflictsOf(manager: EntityManager, { id, contestId }: Round): Promise<Pair[]> {
  return manager.query<Pair[]>(
    `SELECT DISTINCT e.id AS entry, c.judge_id AS judge
       FROM judge_conflicts c
       JOIN round_judges p ON p.judge_id = c.judge_id AND p.round_id = $1
       JOIN round_entries e ON e.round_id = $1
       JOIN submissions s ON s.id = e.submission_id
       JOIN authors a ON a.id = s.author_id
       ${unitOfAuthor}
      WHERE c.contest_id = $2 AND ${conflictIsAbout}`,
    [id, contestId],
  );
}
