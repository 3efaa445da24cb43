import type { Trim } from '../../judging/scoring-rules.js';
import { mean } from './aggregate.js';
import { type Adjustment, completed, totalsOf } from './comparable.js';
import { type Decimal, Fraction } from './fraction.js';
import type { Panel, PanelWork, RankingRules } from './panel.js';

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
  /** Set by the trimmed method for totals that do not count. */
  dropped: null | 'highest' | 'lowest';
  /** What was added to the total before it counted, with its sign: `'+2.35'`. Null in a round without adjustment. */
  adjustment: string | null;
  /** What the sheet counted for, where that isn't its total: points by rank, or a z-score. */
  counted: string | null;
  criteria: { name: string; mark: Decimal | null; weight: Decimal }[];
}

const TWO = 2;

/** @param values what the work's sheets counted for, as a ranking tells it */
export function explain(
  panel: Panel,
  work: PanelWork,
  rules: RankingRules,
  adjustment: Adjustment,
  values: readonly string[] | null,
): EntrySum {
  const adjusted = adjustment.model !== 'none';
  const totals = totalsOf(panel, work, adjustment, rules.rounding.sheet);
  const counted = values?.map((value) => Fraction.parse(value));
  const full = completed(counted ?? totals, rules.plannedJudges);
  const missing = full.length - totals.length;
  const dropped = rules.method === 'trimmed' ? droppedOf(full, rules.trim!) : [];
  return {
    spread: spreadOf(totals),
    sum: totals.map((_, sheet): JudgeSum => {
      const judge = panel.judgeOf(work, sheet);
      return {
        judge: panel.judges[judge].label,
        total: Fraction.of(panel.total(work, sheet), panel.counter.unit).toDecimalString(TWO),
        dropped: dropped[sheet] ?? null,
        adjustment: adjusted ? signed(adjustment.judges[judge].negate().toDecimalString(TWO)) : null,
        counted: counted?.[sheet].toDecimalString(rules.method === 'z_score' ? 4 : TWO) ?? null,
        criteria: rules.criteria.map(({ name, weight }, criterion) => ({
          name,
          mark: panel.counter.markOf(criterion, panel.above(work, sheet, criterion)),
          weight,
        })),
      };
    }),
    fitted:
      missing > 0 && countsFitted(rules)
        ? { missing, value: mean(counted ?? totals).toDecimalString(TWO) }
        : null,
  };
}

/** A z-score is averaged over the sheets that there are; tokens and passes are counted. */
function countsFitted({ method }: RankingRules): boolean {
  return method !== 'z_score' && method !== 'tokens' && method !== 'pass';
}

function spreadOf(totals: readonly Fraction[]): string {
  if (totals.length === 0) return Fraction.zero.toDecimalString(TWO);
  const least = totals.reduce((a, b) => (b.compare(a) < 0 ? b : a));
  const most = totals.reduce((a, b) => (b.compare(a) > 0 ? b : a));
  return most.sub(least).toDecimalString(TWO);
}

/** Of equal totals the last are the lowest and the first the highest, so that nobody is dropped twice. */
function droppedOf(totals: readonly Fraction[], { highest, lowest }: Trim): JudgeSum['dropped'][] {
  const dropped: JudgeSum['dropped'][] = totals.map(() => null);
  const order = totals.map((_, index) => index).sort((a, b) => totals[a].compare(totals[b]) || b - a);
  for (const index of order.slice(0, lowest)) dropped[index] = 'lowest';
  for (const index of order.slice(order.length - highest)) dropped[index] = 'highest';
  return dropped;
}

function signed(decimal: string): string {
  return decimal.startsWith('-') ? decimal : `+${decimal}`;
}
