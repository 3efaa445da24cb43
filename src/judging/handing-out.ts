import type { EntityManager } from 'typeorm';
import type { Pair } from './assign.js';
import { judgeOrder } from './draw.js';
import { loadPanel } from './panel-state.js';
import { replan, type PanelState, type Replan } from './replan.js';
import type { Round } from './round.entity.js';

/**
 * Makes a round's tasks what its panel, works and conflicts call for, in the caller's transaction, which holds the
 * round's row: so no sheet is saved meanwhile.
 */
export async function handOut(
  manager: EntityManager,
  round: Round,
  reinstated: string | null = null,
): Promise<{ before: PanelState; plan: Replan }> {
  const before = await loadPanel(manager, round);
  const plan = replan({ ...before, reinstated });
  await release(manager, plan.release);
  await reopen(manager, plan.reopen);
  await add(manager, round, plan.add);
  const gained = new Set(plan.add.map(({ judge }) => judge));
  for (const judge of gained) await renumber(manager, round, judge);
  return { before, plan };
}

/** Off the judge's list, and its links dead; what was marked stays on record. */
async function release(manager: EntityManager, taskIds: readonly string[]): Promise<void> {
  await manager.query(`UPDATE tasks SET state = 'released' WHERE id = ANY($1)`, [taskIds]);
  await manager.query('INSERT INTO revoked_grants (id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING', [
    taskIds,
  ]);
}

async function reopen(manager: EntityManager, taskIds: readonly string[]): Promise<void> {
  await manager.query(
    `UPDATE tasks t SET state = CASE WHEN v.submitted THEN 'submitted' ELSE 'open' END
       FROM tasks own LEFT JOIN sheet_versions v ON v.task_id = own.id AND v.version = own.version
      WHERE t.id = own.id AND t.id = ANY($1)`,
    [taskIds],
  );
  await manager.query('DELETE FROM revoked_grants WHERE id = ANY($1)', [taskIds]);
}

async function add(manager: EntityManager, round: Round, pairs: readonly Pair[]): Promise<void> {
  await manager.query(
    `INSERT INTO tasks (round_id, entry_id, judge_id, position)
     SELECT $1, entry_id, judge_id, 0 FROM unnest($2::uuid[], $3::uuid[]) AS t (entry_id, judge_id)`,
    [round.id, pairs.map(({ entry }) => entry), pairs.map(({ judge }) => judge)],
  );
}

/** A judge's own order over all works he ever had here: what came later stands anywhere in it. */
async function renumber(manager: EntityManager, round: Round, judge: string): Promise<void> {
  const rows = await manager.query<{ entry: string }[]>(
    'SELECT entry_id AS entry FROM tasks WHERE round_id = $1 AND judge_id = $2',
    [round.id, judge],
  );
  const order = judgeOrder(
    round.seed,
    judge,
    rows.map(({ entry }) => entry),
  );
  await manager.query(
    `UPDATE tasks t SET position = o.position - 1
       FROM unnest($3::uuid[]) WITH ORDINALITY AS o (entry_id, position)
      WHERE t.round_id = $1 AND t.judge_id = $2 AND t.entry_id = o.entry_id`,
    [round.id, judge, order],
  );
}
