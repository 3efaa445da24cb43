import type { ComparableRound, ComparableWork } from './comparable.js';
import type { Decimal } from './fraction.js';
import type { RoundMarks } from './panel.js';

/** “Show the sum”: everything a person needs to recompute one work's score by hand. */
export interface EntrySum {
  /** Highest less lowest judge's total (adjusted where the round is), in points to two decimals. */
  spread: string;
  sum: JudgeSum[];
  /** Totals that were planned and nobody gave, and the value that stands for each of them; null if none. */
  fitted: { missing: number; value: string } | null;
}

export interface JudgeSum {
  /** The judge's label, such as 评委1. */
  judge: string;
  /** The judge's total as marked, in points of 0–100 to two decimals. */
  total: string;
  /** Set by the trimmed method for the two totals that do not count. */
  dropped: null | 'highest' | 'lowest';
  /** What was added to the total before it counted, with its sign: `'+2.35'`. Null in a round without adjustment. */
  adjustment: string | null;
  criteria: { name: string; mark: Decimal | null; weight: Decimal }[];
}

export function explain(work: ComparableWork, round: RoundMarks, comparable: ComparableRound): EntrySum {
  const { lowest, highest } = extremes(work);
  const sum = work.sheets.map(({ judge, marks }, index): JudgeSum => {
    const effect = comparable.judgeEffects[judge];
    const shown = comparable.adjusted ? work.totals[index].add(effect) : work.totals[index];
    return {
      judge: round.judges[judge].label,
      total: shown.toDecimalString(2),
      dropped: round.method === 'trimmed' ? droppedAs(index, lowest, highest) : null,
      adjustment: comparable.adjusted ? signed(effect.negate().toDecimalString(2)) : null,
      criteria: round.criteria.map(({ id, name, weight }) => ({ name, mark: marks[id] ?? null, weight })),
    };
  });
  return {
    spread: work.totals[highest].sub(work.totals[lowest]).toDecimalString(2),
    sum,
    fitted:
      work.missing === 0
        ? null
        : { missing: work.missing, value: work.completed[work.completed.length - 1].toDecimalString(2) },
  };
}

/**
 * Where the lowest and the highest total stand: of equal ones the last is the lowest and the first the highest, so
 * the two differ even if all are equal. A fitted total is the mean of the others, hence never the only extreme.
 */
function extremes({ totals }: ComparableWork): { lowest: number; highest: number } {
  let lowest = 0;
  let highest = 0;
  totals.forEach((total, index) => {
    if (total.compare(totals[lowest]) <= 0) lowest = index;
    if (total.compare(totals[highest]) > 0) highest = index;
  });
  return { lowest, highest };
}

function droppedAs(index: number, lowest: number, highest: number): JudgeSum['dropped'] {
  if (index === highest) return 'highest';
  return index === lowest ? 'lowest' : null;
}

function signed(decimal: string): string {
  return decimal.startsWith('-') ? decimal : `+${decimal}`;
}
