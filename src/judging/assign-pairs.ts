import type { Board } from './assign-board.js';

/** So many pairs of works are tried in a pass, each against as many others as that allows; small rounds are tried whole. */
const triesPerPass = 400_000;
/** So many works of a group are looked at for one that joins it to another. */
const looked = 300;

/**
 * Exchanges judges between two works while the sum of the squares of pair counts falls: loads stay as they are, and
 * each two judges come to meet about as often as any other two.
 */
export function evenPairs(board: Board): void {
  const pairs = new PairCounts(board);
  const { entryOrder } = board.settings;
  const count = entryOrder.length;
  const partners = Math.min(count - 1, Math.max(10, Math.floor(triesPerPass / count)));
  let quiet = 0;
  // Ends once as many works in a row as there are brought nothing.
  for (let at = 0; quiet < count && !pairs.isEven(); at = (at + 1) % count) {
    let improved = false;
    for (let step = 1; step <= partners; step += 1) {
      if (exchange(board, pairs, entryOrder[at], entryOrder[(at + step) % count])) improved = true;
    }
    quiet = improved ? 0 : quiet + 1;
  }
}

/** Exchanges judges until every judge is connected with every other; false where conflicts or marks forbid it. */
export function joinGroups(board: Board): boolean {
  for (let groups = groupsOf(board); ; groups = groupsOf(board)) {
    if (groups.count <= 1) return true;
    if (!joinTwo(board, groups)) return false;
  }
}

/** How often each two judges share a work. */
class PairCounts {
  private readonly counts: Int32Array;

  constructor(private readonly board: Board) {
    const { judges, entries } = board.settings;
    this.counts = new Int32Array(judges * judges);
    for (let entry = 0; entry < entries; entry += 1) {
      const on = board.judgesOf(entry);
      for (const a of on) for (const b of on) if (a !== b) this.counts[a * judges + b] += 1;
    }
  }

  of(a: number, b: number): number {
    return this.counts[a * this.board.settings.judges + b];
  }

  /** The judge's place among the others of a work is given up, or taken. */
  change(entry: number, judge: number, by: 1 | -1): void {
    const { judges } = this.board.settings;
    for (const other of this.board.judgesOf(entry)) {
      if (other === judge) continue;
      this.counts[judge * judges + other] += by;
      this.counts[other * judges + judge] += by;
    }
  }

  /** Whether those who take works meet within one of each other: it can't get better. */
  isEven(): boolean {
    const { taking } = this.board.settings;
    let least = Infinity;
    let most = -Infinity;
    for (let a = 0; a < taking; a += 1) {
      for (let b = a + 1; b < taking; b += 1) {
        least = Math.min(least, this.of(a, b));
        most = Math.max(most, this.of(a, b));
      }
    }
    return most - least <= 1;
  }
}

/** The first exchange between the two works that lowers the sum, if there is one. */
function exchange(board: Board, pairs: PairCounts, first: number, second: number): boolean {
  for (const a of board.judgesOf(first)) {
    if (!board.isNew(first, a) || !board.isFree(second, a)) continue;
    for (const b of board.judgesOf(second)) {
      if (!board.isNew(second, b) || !board.isFree(first, b)) continue;
      if (change(board, pairs, first, second, a, b) >= 0) continue;
      swap(board, first, second, a, b, pairs);
      return true;
    }
  }
  return false;
}

/** By how much the sum changes, halved, when `a` goes from `first` to `second` and `b` the other way. */
function change(
  board: Board,
  pairs: PairCounts,
  first: number,
  second: number,
  a: number,
  b: number,
): number {
  // (n + 1)² − n² = 2n + 1 for each pair that is made, (n − 1)² − n² = −2n + 1 for each that is given up.
  let sum = 0;
  for (const other of board.judgesOf(first)) {
    if (other !== a && !board.judgesOf(second).includes(other)) {
      sum += pairs.of(b, other) - pairs.of(a, other) + 1;
    }
  }
  for (const other of board.judgesOf(second)) {
    if (other !== b && !board.judgesOf(first).includes(other)) {
      sum += pairs.of(a, other) - pairs.of(b, other) + 1;
    }
  }
  return sum;
}

function swap(board: Board, first: number, second: number, a: number, b: number, pairs?: PairCounts): void {
  pairs?.change(first, a, -1);
  pairs?.change(second, b, -1);
  board.take(first, a);
  board.take(second, b);
  pairs?.change(first, b, 1);
  pairs?.change(second, a, 1);
  board.put(first, b);
  board.put(second, a);
}

interface Groups {
  /** Of judges who have works. */
  count: number;
  of: (judge: number) => number;
}

/** Judges who share a work are in one group, and so are those who share one with them. */
function groupsOf(board: Board): Groups {
  const { judges, entries } = board.settings;
  const parents = Array.from({ length: judges }, (_, judge) => judge);
  const rootOf = (judge: number): number => {
    let root = judge;
    while (parents[root] !== root) root = parents[root]!;
    parents[judge] = root;
    return root;
  };
  for (let entry = 0; entry < entries; entry += 1) {
    const [first, ...others] = board.judgesOf(entry);
    for (const other of others) parents[rootOf(other)] = rootOf(first);
  }
  const roots = new Set<number>();
  for (let judge = 0; judge < judges; judge += 1) if (board.loads[judge] > 0) roots.add(rootOf(judge));
  return { count: roots.size, of: rootOf };
}

/** One exchange between works of two groups after which there are fewer groups. */
function joinTwo(board: Board, groups: Groups): boolean {
  const works = Map.groupBy(
    board.settings.entryOrder.filter((entry) => board.judgesOf(entry).length > 1),
    (entry) => groups.of(board.judgesOf(entry)[0]),
  );
  const [largest, ...others] = [...works.values()].sort((a, b) => b.length - a.length);
  return others.some((other) =>
    other
      .slice(0, looked)
      .some((first) => largest.slice(0, looked).some((second) => joins(board, groups, first, second))),
  );
}

/** Exchanges one judge of each work, and undoes it where that joins nothing. */
function joins(board: Board, groups: Groups, first: number, second: number): boolean {
  for (const a of [...board.judgesOf(first)]) {
    for (const b of [...board.judgesOf(second)]) {
      if (!board.isMovable(first, a) || !board.isMovable(second, b)) continue;
      if (!board.isFree(second, a) || !board.isFree(first, b)) continue;
      swap(board, first, second, a, b);
      if (groupsOf(board).count < groups.count) return true;
      swap(board, first, second, b, a);
    }
  }
  return false;
}
