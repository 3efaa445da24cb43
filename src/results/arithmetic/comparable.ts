import { type Disconnected, fitAdditive, fitConnected, type Table } from './additive.js';
import { mean } from './aggregate.js';
import { Fraction } from './fraction.js';
import { isComplete, type Panel, type PanelWork } from './panel.js';

/**
 * The rule for rounds in which a judge stood back, was absent, or each work had only some of the judges.
 *
 * 1. If the same judges, and all that were planned, marked every work, the marks stand as they are.
 * 2. Otherwise, for every work of the round alike:
 *    a. from each judge's total his effect β̂_j is subtracted (additive least squares, or the mixed model where a
 *       judge has fewer than ten works), for losing a harsh judge must not be an advantage;
 *    b. each total that the plan foresaw and nobody gave is filled in with the value the model fits for it, which
 *       after (a) is μ + α_i, the mean of the work's own adjusted totals;
 *    c. the frozen method then takes the same number of totals from every work: trimmed drops one highest and one
 *       lowest of k, the mean divides by k.
 *
 * So a short work is “fitted by the additive model, never trimmed differently”. Under the mean its score is exactly
 * μ + α_i. Under trimming it keeps the protection that the others have: were it simply scored μ + α_i, one
 * favour (or one grudge) would count in full for it and be dropped for all others; were its fewer totals trimmed,
 * it would stand on a smaller middle than the others.
 *
 * Source: F. Yates, “The analysis of replicated experiments when the field results are incomplete”, Empire Journal
 * of Experimental Agriculture 1 (1933), 129–142: fit what is missing, then analyse the table as complete.
 */
export interface ComparableRound {
  works: ComparableWork[];
  /** True if judge effects were subtracted. */
  adjusted: boolean;
  model: 'none' | 'additive' | 'mixed';
  /** β̂ by judge number, in points of the 0–100 scale; all zero if nothing was adjusted. */
  judgeEffects: Fraction[];
}

/** Totals are in points (0–100), marks by criterion in marks above the criterion's lowest. */
export interface ComparableWork extends PanelWork {
  /** The judges' totals, adjusted where the round is; parallel to `sheets`. */
  totals: Fraction[];
  /** As many totals as the plan foresaw: `totals`, then the fitted one as often as a total is missing. */
  completed: Fraction[];
  /** By criterion, completed likewise. */
  criteria: Fraction[][];
  missing: number;
}

export function makeComparable(
  panel: Panel,
  judgeCount: number,
  plannedJudges: number,
): ComparableRound | Disconnected {
  const { works, counter } = panel;
  const criteria = works[0]?.sheets[0].counted.marks.map((_, index) => index) ?? [];
  const none = Array.from({ length: judgeCount }, () => Fraction.zero);

  if (isComplete(works, plannedJudges)) {
    const asMarked = criteria.map(() => none);
    return {
      works: works.map((work) => complete(work, none, asMarked, counter, 0)),
      adjusted: false,
      model: 'none',
      judgeEffects: none,
    };
  }

  const ofTotals = fitAdditive(tableOf(works, (sheet) => sheet.counted.total));
  if ('code' in ofTotals) return ofTotals;
  // The totals' λ for each criterion: then β̂ of the total is the weighted sum of the criteria's, as it must be.
  const byCriterion = criteria.map((criterion) => {
    const table = tableOf(works, (sheet) => sheet.counted.marks[criterion]);
    return padded(fitConnected(table, ofTotals.lambda).judges, none);
  });
  const effects = padded(ofTotals.judges, none);
  return {
    works: works.map((work) =>
      complete(work, effects, byCriterion, counter, Math.max(0, plannedJudges - work.sheets.length)),
    ),
    adjusted: true,
    model: ofTotals.model,
    judgeEffects: effects.map((effect) => effect.div(Fraction.of(counter.unit))),
  };
}

function tableOf(works: readonly PanelWork[], value: (sheet: PanelWork['sheets'][number]) => bigint): Table {
  return works.map(({ sheets }) => sheets.map((sheet) => ({ judge: sheet.judge, value: value(sheet) })));
}

/** The fit knows judges up to the last who has a sheet; the round may have more. */
function padded(effects: readonly Fraction[], none: readonly Fraction[]): Fraction[] {
  return none.map((zero, judge) => effects[judge] ?? zero);
}

function complete(
  work: PanelWork,
  effects: readonly Fraction[],
  effectsByCriterion: readonly (readonly Fraction[])[],
  counter: Panel['counter'],
  missing: number,
): ComparableWork {
  const adjusted = (value: bigint, effect: Fraction, unit: bigint) =>
    Fraction.of(value * effect.denominator - effect.numerator, effect.denominator * unit);
  const totals = work.sheets.map(({ judge, counted }) =>
    adjusted(counted.total, effects[judge], counter.unit),
  );
  const criteria = effectsByCriterion.map((ofJudges, criterion) =>
    work.sheets.map(({ judge, counted }) =>
      adjusted(counted.marks[criterion], ofJudges[judge], counter.markUnit),
    ),
  );
  return {
    ...work,
    totals,
    completed: filled(totals, missing),
    criteria: criteria.map((values) => filled(values, missing)),
    missing,
  };
}

function filled(values: readonly Fraction[], missing: number): Fraction[] {
  return missing === 0 ? [...values] : [...values, ...Array<Fraction>(missing).fill(mean(values))];
}
