import { assign, assignEveryone, type Assignment } from './assign.js';
import { pairsOf, type Pair } from './pairs.js';
import type { Task } from './task.entity.js';

export interface PanelJudge {
  id: string;
  /** Left the panel: keeps what was submitted, takes nothing more. */
  left: boolean;
  /** In whose place this judge came: what the other submitted is done. */
  replaces: string | null;
  /** All of this judge's marks were handed to somebody else to be made again. */
  superseded: boolean;
}

export interface PanelTask extends Pair {
  id: string;
  state: Task['state'];
  /** A sheet was saved; `marked`: and submitted. */
  begun: boolean;
  marked: boolean;
}

/** A round as it shall be after a change, and its tasks as they are before it. */
export interface PanelState {
  /** Works in the running. */
  entries: readonly string[];
  judges: readonly PanelJudge[];
  /** All that were ever handed out. */
  tasks: readonly PanelTask[];
  conflicts: readonly Pair[];
  perSubmission: number | null;
  /** A work that was out of the running and comes back with the marks that it had. */
  reinstated?: string | null;
  seed: string;
}

/** What has to be done about tasks, so that the round is as it shall be. */
export interface Replan {
  add: Pair[];
  /** Ids of tasks that were released and are now wanted again. */
  reopen: string[];
  /** Ids of tasks that leave their judges' lists. */
  release: string[];
  connected: boolean;
  /** Works with fewer judges than they shall have, for no more are left. */
  lacking: Assignment['lacking'];
}

/**
 * Keeps every valid mark, and what a judge who stays has begun; hands out anew only what nobody has begun.
 * A mark is valid unless its work or judge has a conflict, or the judge was replaced in everything.
 */
export function replan(state: PanelState): Replan {
  const wanted = wantedPairs(state);
  const there = pairsOf(state.tasks);
  const target = pairsOf(wanted.pairs);
  return {
    add: wanted.pairs.filter((pair) => !there.has(pair)),
    reopen: wanted.pairs.flatMap((pair) => {
      const task = there.get(pair);
      return task?.state === 'released' ? [task.id] : [];
    }),
    release: state.tasks.filter((task) => isLive(task) && !target.has(task)).map(({ id }) => id),
    connected: wanted.connected,
    lacking: wanted.lacking,
  };
}

function wantedPairs(state: PanelState): Assignment {
  const running = new Set(state.entries);
  const judges = new Map(state.judges.map((judge) => [judge.id, judge]));
  const recused = state.tasks.filter(({ state: is }) => is === 'recused');
  const conflicts = [...state.conflicts, ...recused];
  const barred = pairsOf(conflicts);
  const usable = state.tasks.filter((task) => {
    const comesBack = task.state === 'released' && task.marked && task.entry === state.reinstated;
    return running.has(task.entry) && !barred.has(task) && (isLive(task) || comesBack);
  });
  const stays = ({ judge, marked, begun }: PanelTask) => {
    const of = judges.get(judge)!;
    return !of.superseded && (marked || (begun && !of.left));
  };
  const kept = usable.filter(stays);
  const active = state.judges.filter(({ left }) => !left);
  const problem = { entries: state.entries, judges: active.map(({ id }) => id), conflicts, kept };
  const { perSubmission, seed } = state;
  if (perSubmission === null) {
    const done = pairsOf(kept);
    // A replacement does what the one before him hasn't.
    const covered = active.flatMap((judge) => {
      const before = predecessors(judge, judges);
      return state.entries
        .filter((entry) => before.some((other) => done.has({ entry, judge: other })))
        .map((entry) => ({ entry, judge: judge.id }));
    });
    const pairs = assignEveryone({ ...problem, conflicts: [...conflicts, ...covered] });
    return { pairs, connected: true, lacking: [] };
  }
  // What somebody left undone goes to whoever came in his place, where nothing speaks against it.
  const successor = new Map(
    active.flatMap(({ id, replaces }) => (replaces === null ? [] : [[replaces, id]])),
  );
  const current = usable
    .filter((task) => !stays(task))
    .map(({ entry, judge }) => ({ entry, judge: successor.get(judge) ?? judge }));
  return assign({ ...problem, perEntry: perSubmission, current, seed });
}

function predecessors(judge: PanelJudge, judges: ReadonlyMap<string, PanelJudge>): string[] {
  const before: string[] = [];
  for (let at = judge.replaces; at !== null; at = judges.get(at)?.replaces ?? null) {
    if (before.includes(at)) break;
    before.push(at);
  }
  return before;
}

function isLive({ state }: PanelTask): boolean {
  return state === 'open' || state === 'submitted';
}
