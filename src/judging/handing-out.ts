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
  await add(manager, round, before.tasks, plan.add);
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

/** In each judge's own order over all works he ever had here: what comes later stands anywhere in it. */
async function add(
  manager: EntityManager,
  round: Round,
  before: readonly Pair[],
  added: readonly Pair[],
): Promise<void> {
  const had = Map.groupBy(before, ({ judge }) => judge);
  const ordered = [...Map.groupBy(added, ({ judge }) => judge)].map(([judge, pairs]) => {
    const entries = [...(had.get(judge) ?? []), ...pairs].map(({ entry }) => entry);
    return {
      judge,
      order: judgeOrder(round.seed, judge, entries),
      fresh: new Set(pairs.map(({ entry }) => entry)),
    };
  });
  const places = ordered.flatMap(({ judge, order, fresh }) =>
    order.map((entry, position) => ({ judge, entry, position, isNew: fresh.has(entry) })),
  );
  const columns = (of: typeof places) => [
    round.id,
    of.map(({ entry }) => entry),
    of.map(({ judge }) => judge),
    of.map(({ position }) => position),
  ];
  await manager.query(
    `UPDATE tasks t SET position = o.position
       FROM unnest($2::uuid[], $3::uuid[], $4::int[]) AS o (entry_id, judge_id, position)
      WHERE t.round_id = $1 AND t.judge_id = o.judge_id AND t.entry_id = o.entry_id`,
    columns(places.filter(({ isNew }) => !isNew)),
  );
  await manager.query(
    `INSERT INTO tasks (round_id, entry_id, judge_id, position)
     SELECT $1, entry_id, judge_id, position
       FROM unnest($2::uuid[], $3::uuid[], $4::int[]) AS t (entry_id, judge_id, position)`,
    columns(places.filter(({ isNew }) => isNew)),
  );
}
