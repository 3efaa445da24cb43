import { mean, median } from '../arithmetic/aggregate.js';
import { compareLists, Fraction } from '../arithmetic/fraction.js';
import { decimalOf } from '../arithmetic/rounding.js';
import type { Rules, Tie } from './rules.js';
import { take } from './steps.js';
import { grouped, type Table } from './table.js';

export interface OfflineRank {
  entry: string;
  /** Entries that nothing tells apart share a rank, and the next one is as many further on: 1, 2, 2, 4. */
  rank: number;
  score: string;
  /** What the score is made of: the entry's value in each criterion, or where there never was one, by each judge. */
  components: Record<string, string>;
  /** What decided against the neighbour with the same score, as the rules name it; null where nothing had to. */
  tieBrokenBy: string | null;
}

interface Contender {
  entry: string;
  score: Fraction;
  components: Map<string, Fraction>;
  /** By judge. */
  totals: Fraction[];
  firsts: number;
}

/**
 * Ranks marks by rules, without a database: the steps bring the table of marks down to one value an entry, which is
 * exact but for roundings that the rules name.
 * @throws RangeError where the steps leave more than one value for an entry, or can't be taken
 */
export function rankOffline(rules: Rules, marks: Table): OfflineRank[] {
  const absent = rules.absent === undefined ? null : Fraction.fromDecimalString(rules.absent);
  const stages: Table[] = [
    inOrder(marks, rules).filter(({ value }) => !absent || value.compare(absent) !== 0),
  ];
  for (const step of rules.steps) stages.push(take(step, stages.at(-1)!, rules));
  const contenders = contendersOf(stages, rules);
  const direction = rules.best === 'highest' ? 1 : -1;
  const chain = rules.ties.map((tie) => ({ name: nameOf(tie), compare: comparison(tie, rules) }));
  const decide = (a: Contender, b: Contender) => {
    const byScore = direction * b.score.compare(a.score);
    if (byScore !== 0) return { order: byScore, by: null };
    for (const { name, compare } of chain) {
      const order = compare(a, b);
      if (order !== 0) return { order, by: name };
    }
    return { order: 0, by: null };
  };
  contenders.sort((a, b) => decide(a, b).order);
  let rank = 0;
  return contenders.map((one, index) => {
    const above = index > 0 ? decide(contenders[index - 1], one) : null;
    if (above?.order !== 0) rank = index + 1;
    const below = index + 1 < contenders.length ? decide(one, contenders[index + 1]) : null;
    return {
      entry: one.entry,
      rank,
      score: decimalOf(one.score, rules.precision),
      components: Object.fromEntries(
        [...one.components].map(([name, value]) => [name, decimalOf(value, rules.precision)]),
      ),
      tieBrokenBy: above?.by ?? below?.by ?? null,
    };
  });
}

/** Criteria in the order that the rules give them, without those that they don't name. */
function inOrder(marks: Table, { criteria }: Rules): Table {
  if (!criteria) return marks;
  const places = new Map(criteria.map(({ id }, index) => [id, index]));
  return marks
    .filter(({ criterion }) => places.has(criterion))
    .sort((a, b) => places.get(a.criterion)! - places.get(b.criterion)!);
}

function contendersOf(stages: readonly Table[], rules: Rules): Contender[] {
  const final = stages.at(-1)!;
  const several = grouped(final, ['entry']).find((cells) => cells.length > 1);
  if (several) {
    throw new RangeError(
      `the steps leave ${several.length} values for ${several[0].entry}; they must bring judges and criteria together`,
    );
  }
  const byCriterion = stages.findLast(
    (table) => table.every(({ judge }) => judge === '') && table.some(({ criterion }) => criterion !== ''),
  );
  const byJudge = stages.findLast((table) => table.some(({ judge }) => judge !== ''));
  const parts = Map.groupBy(byCriterion ?? byJudge ?? [], ({ entry }) => entry);
  const totals = judgesTotals(byJudge ?? []);
  const direction = rules.best === 'highest' ? 1 : -1;
  const first = new Map<string, number>();
  for (const of of Map.groupBy(totals, ({ judge }) => judge).values()) {
    const best = of.reduce((a, b) => (direction * b.value.compare(a.value) > 0 ? b : a));
    for (const { entry } of of.filter(({ value }) => value.compare(best.value) === 0)) {
      first.set(entry, (first.get(entry) ?? 0) + 1);
    }
  }
  const totalsOf = Map.groupBy(totals, ({ entry }) => entry);
  return final.map(({ entry, value }) => ({
    entry,
    score: value,
    components: new Map(
      (parts.get(entry) ?? []).map((cell) => [byCriterion ? cell.criterion : cell.judge, cell.value]),
    ),
    totals: (totalsOf.get(entry) ?? []).map((cell) => cell.value),
    firsts: first.get(entry) ?? 0,
  }));
}

/** What each judge gave in all, where criteria were never brought together for him. */
function judgesTotals(table: Table): Table {
  return grouped(table, ['entry', 'judge']).map((cells) => ({
    ...cells[0],
    criterion: '',
    value: cells.reduce((sum, { value }) => sum.add(value), Fraction.zero),
  }));
}

function nameOf(tie: Tie): string {
  return tie.by === 'criterion' ? `criterion ${tie.criterion}` : tie.by;
}

/** Below zero if a goes first. */
function comparison(tie: Tie, { best }: Rules): (a: Contender, b: Contender) => number {
  const direction = best === 'highest' ? 1 : -1;
  const better = (value: (one: Contender) => Fraction) => (a: Contender, b: Contender) =>
    direction * value(b).compare(value(a));
  switch (tie.by) {
    case 'criterion':
      return better(({ components }) => components.get(tie.criterion) ?? Fraction.zero);
    case 'mean':
      return better(({ totals }) => averageOf(totals, mean));
    case 'median':
      return better(({ totals }) => averageOf(totals, median));
    case 'firsts':
      return (a, b) => b.firsts - a.firsts;
    case 'marks':
      return (a, b) => direction * compareLists(sortedMarks(b, direction), sortedMarks(a, direction));
    case 'order': {
      const place = ({ entry }: Contender) => {
        const at = tie.entries.indexOf(entry);
        return at === -1 ? Infinity : at;
      };
      return (a, b) => (place(a) === place(b) ? 0 : place(a) - place(b));
    }
  }
}

/** Nought for an entry whose judges never stood apart. */
function averageOf(totals: readonly Fraction[], by: typeof mean): Fraction {
  return totals.length === 0 ? Fraction.zero : by(totals);
}

/** The best first. */
function sortedMarks({ totals }: Contender, direction: number): Fraction[] {
  return [...totals].sort((a, b) => direction * b.compare(a));
}
