import { createHash } from 'node:crypto';
import { evenPairs, joinGroups } from './assign-pairs.js';
import { Board } from './assign-board.js';
import { pairsOf, type Pair } from './pairs.js';

export type { Pair };

export interface AssignmentProblem {
  entries: readonly string[];
  /** Those who can take works now. */
  judges: readonly string[];
  /** So many different judges each work shall have. */
  perEntry: number;
  /** Who may not judge what: recusals, own works, what the organiser says. */
  conflicts?: readonly Pair[];
  /** What stays whatever happens, because marks were saved; also of judges who take no more works. */
  kept?: readonly Pair[];
  /** What was handed out and not begun: stays where nothing speaks against it. */
  current?: readonly Pair[];
  /** The same seed gives the same assignment to whoever recomputes it. */
  seed: string;
}

export interface Assignment {
  /** All of them, what was kept included: by work, then by judge, in the order of the problem. */
  pairs: Pair[];
  /** Whether each judge can be compared with each other through works that both judge, if over others. */
  connected: boolean;
  /** Works that have fewer judges than they shall have, for no more are left without a conflict. */
  lacking: { entry: string; eligible: number }[];
}

/**
 * Gives each work `perEntry` judges: no conflict, loads as even as can be, each two judges together as often as any
 * other two where that can be had, and one connected whole where the conflicts allow it.
 *
 * Loads: a semi-matching in which no alternating path leads from a judge to one with two works less, which is optimal
 * (Harvey, Ladner, Lovász and Tamir, *Semi-Matchings for Bipartite Graphs and Load Balancing*, J. Algorithms 59, 2006).
 * Pairs: exchanges between two works while Σ pair² falls. It leaves loads as they are, and ends, for a sum of integers
 * can't fall for ever.
 */
export function assign(problem: AssignmentProblem): Assignment {
  const board = boardOf(problem);
  const lacking = board.lacking();
  board.fill();
  board.even();
  evenPairs(board);
  const connected = joinGroups(board);
  return {
    pairs: pairsOn(problem, board),
    connected,
    lacking: lacking.map(({ entry, eligible }) => ({ entry: problem.entries[entry], eligible })),
  };
}

/** All judges × all works, but for conflicts; what was kept stays. */
export function assignEveryone({
  entries,
  judges,
  conflicts = [],
  kept = [],
}: Pick<AssignmentProblem, 'entries' | 'judges' | 'conflicts' | 'kept'>): Pair[] {
  const barred = pairsOf(conflicts);
  const wanted = entries.flatMap((entry) =>
    judges.map((judge) => ({ entry, judge })).filter((pair) => !barred.has(pair)),
  );
  const [works, people] = [new Set(entries), new Set(judges)];
  const isWanted = (pair: Pair) => works.has(pair.entry) && people.has(pair.judge) && !barred.has(pair);
  return [...wanted, ...kept.filter((pair) => !isWanted(pair))];
}

/** The problem in numbers: works and judges by their places in seeded orders, so that ties are nobody's choice. */
function boardOf(problem: AssignmentProblem): Board {
  const { entries, perEntry, conflicts = [], kept = [], current = [], seed } = problem;
  const drawn = (ids: readonly string[], what: string) =>
    ids
      .map((id, index) => ({
        index,
        key: createHash('sha256').update(`${seed}|${what}|${id}`).digest('hex'),
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ index }) => index);
  const judges = peopleOf(problem);
  const entryOf = new Map(entries.map((id, index) => [id, index]));
  const judgeOf = new Map(judges.map((id, index) => [id, index]));
  const inNumbers = (pairs: readonly Pair[]) =>
    pairs.flatMap(({ entry, judge }) => {
      const e = entryOf.get(entry);
      const j = judgeOf.get(judge);
      return e === undefined || j === undefined ? [] : [{ entry: e, judge: j }];
    });
  return new Board({
    entries: entries.length,
    judges: judges.length,
    taking: problem.judges.length,
    perEntry,
    conflicts: inNumbers(conflicts),
    kept: inNumbers(kept),
    current: inNumbers(current),
    entryOrder: drawn(entries, 'entry'),
    judgeOrder: drawn(problem.judges, 'judge'),
  });
}

/** Those who take works first, then those whose marks stay. */
function peopleOf({ judges, kept = [] }: AssignmentProblem): string[] {
  return [...new Set([...judges, ...kept.map(({ judge }) => judge)])];
}

function pairsOn(problem: AssignmentProblem, board: Board): Pair[] {
  const judges = peopleOf(problem);
  return problem.entries.flatMap((entry, e) =>
    [...board.judgesOf(e)].sort((a, b) => a - b).map((judge) => ({ entry, judge: judges[judge] })),
  );
}
