import type { EntityManager } from 'typeorm';
import type { PanelEffect } from './panel-dto.js';
import { loadPanel } from './panel-state.js';
import type { PanelState, Replan } from './replan.js';
import type { Round } from './round.entity.js';

/** What a change did to a round: what moved, what counts on, and each judge's load before and after. */
export async function effectOf(
  manager: EntityManager,
  round: Round,
  before: PanelState,
  plan: Replan,
): Promise<PanelEffect> {
  const after = await loadPanel(manager, round);
  const names = await manager.query<{ id: string; name: string }[]>(
    'SELECT p.judge_id AS id, a.name FROM round_judges p JOIN accounts a ON a.id = p.judge_id WHERE p.round_id = $1',
    [round.id],
  );
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const counted = (state: PanelState) => new Set(submitted(state).map(({ id }) => id));
  const countedAfter = counted(after);
  const ofSheets = (count: number) => (round.kind === 'tokens' ? null : count);
  const works = await manager.query<{ id: string; code: string; number: string }[]>(
    `SELECT e.id, e.code, s.number FROM round_entries e JOIN submissions s ON s.id = e.submission_id
      WHERE e.id = ANY($1)`,
    [plan.lacking.map(({ entry }) => entry)],
  );
  const workOf = new Map(works.map((work) => [work.id, work]));
  return {
    added: plan.add.length + plan.reopen.length,
    released: plan.release.length,
    kept: ofSheets(countedAfter.size),
    uncounted: ofSheets([...counted(before)].filter((id) => !countedAfter.has(id)).length),
    works: { before: worksIn(before), after: after.entries.length },
    judges: after.judges.map(({ id, left }) => ({
      id,
      name: nameOf.get(id)!,
      left,
      before: loadOf(before, id, ofSheets),
      after: loadOf(after, id, ofSheets),
    })),
    lacking: plan.lacking.map(({ entry, eligible }) => {
      const { code, number } = workOf.get(entry)!;
      return { code, number, eligible };
    }),
    connected: plan.connected,
  };
}

const submitted = ({ tasks }: PanelState) => tasks.filter(({ state }) => state === 'submitted');

/** Works that somebody had to judge before: the rows already say what shall be. */
function worksIn({ tasks }: PanelState): number {
  return new Set(tasks.filter(({ state }) => state !== 'released').map(({ entry }) => entry)).size;
}

function loadOf({ tasks }: PanelState, judge: string, ofSheets: (count: number) => number | null) {
  const own = tasks.filter((task) => task.judge === judge);
  const done = own.filter(({ state }) => state === 'submitted').length;
  return { done: ofSheets(done), total: done + own.filter(({ state }) => state === 'open').length };
}
