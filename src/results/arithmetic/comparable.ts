import type { Rounding } from '../../judging/scoring-rules.js';
import { type Disconnected, fitAdditive, fitConnected, type Table } from './additive.js';
import { mean } from './aggregate.js';
import { Fraction } from './fraction.js';
import type { Panel, PanelWork } from './panel.js';
import { roundTo } from './rounding.js';

/**
 * The rule for rounds in which a judge stood back, was absent, or each work had only some of the judges.
 *
 * 1. If the same judges, and all that were planned, marked every work, the marks stand as they are.
 * 2. Otherwise, for every work of the round alike:
 *    a. from each judge's total his effect β̂_j is subtracted (additive least squares, or the mixed model where a
 *       judge has fewer than ten works), for losing a harsh judge must not be an advantage;
 *    b. each total that the plan foresaw and nobody gave is filled in with the value the model fits for it, which
 *       after (a) is μ + α_i, the mean of the work's own adjusted totals;
 *    c. the frozen method then takes the same number of totals from every work: trimmed drops as many of k as it
 *       always does, the mean divides by k.
 *
 * So a short work is “fitted by the additive model, never trimmed differently”. Under the mean its score is exactly
 * μ + α_i. Under trimming it keeps the protection that the others have: were it simply scored μ + α_i, one
 * favour (or one grudge) would count in full for it and be dropped for all others; were its fewer totals trimmed,
 * it would stand on a smaller middle than the others.
 *
 * Source: F. Yates, “The analysis of replicated experiments when the field results are incomplete”, Empire Journal
 * of Experimental Agriculture 1 (1933), 129–142: fit what is missing, then analyse the table as complete.
 */
export interface Adjustment {
  model: 'none' | 'additive' | 'mixed';
  /** The penalty of the mixed model. */
  lambda: Fraction | null;
  /** β̂ by judge number, in points of the 0–100 scale, rounded to `EFFECT_PLACES`; all zero if nothing is adjusted. */
  judges: Fraction[];
  /** The same in each criterion's own marks: by criterion, then by judge number. */
  criteria: Fraction[][];
}

/**
 * Effects are rounded so that they can be written down, printed and frozen. With so many places works of equal worth
 * still come out equal when their scores are rounded to `ADJUSTED_PLACES`.
 */
export const EFFECT_PLACES = 15;

/** Adjusted values are equal if they agree to this many decimals. */
export const ADJUSTED_PLACES = 9;

export function adjustmentOf(panel: Panel, plannedJudges: number): Adjustment | Disconnected {
  if (panel.isComplete(plannedJudges)) return noAdjustment(panel);
  const ofTotals = fitAdditive(tableOf(panel, (work, sheet) => panel.total(work, sheet)));
  if ('code' in ofTotals) return ofTotals;
  // The totals' λ for each criterion: then β̂ of the total is the weighted sum of the criteria's, as it must be.
  const criteria = Array.from({ length: panel.counter.width }, (_, criterion) => {
    const table = tableOf(panel, (work, sheet) => BigInt(panel.above(work, sheet, criterion)));
    return written(panel, fitConnected(table, ofTotals.lambda).judges, panel.counter.markUnit);
  });
  return {
    model: ofTotals.model,
    lambda: ofTotals.model === 'mixed' ? ofTotals.lambda : null,
    judges: written(panel, ofTotals.judges, panel.counter.unit),
    criteria,
  };
}

export function noAdjustment({ judges, counter }: Panel): Adjustment {
  const none = judges.map(() => Fraction.zero);
  return {
    model: 'none',
    lambda: null,
    judges: none,
    criteria: Array.from({ length: counter.width }, () => none),
  };
}

function tableOf(panel: Panel, value: (work: PanelWork, sheet: number) => bigint): Table {
  return panel.works.map((work) =>
    Array.from({ length: panel.sheetsOf(work) }, (_, sheet) => ({
      judge: panel.judgeOf(work, sheet),
      value: value(work, sheet),
    })),
  );
}

/** The fit knows judges up to the last who has a sheet; the round may have more. */
function written({ judges }: Panel, effects: readonly Fraction[], unit: bigint): Fraction[] {
  return judges.map((_, judge) =>
    (effects[judge] ?? Fraction.zero).div(Fraction.of(unit)).round(EFFECT_PLACES),
  );
}

/** A work's totals in points (0–100), each less its judge's effect, and rounded where the rules round sheets. */
export function totalsOf(
  panel: Panel,
  work: PanelWork,
  { model, judges }: Adjustment,
  rounding: Rounding | null,
): Fraction[] {
  return Array.from({ length: panel.sheetsOf(work) }, (_, sheet) => {
    const total = Fraction.of(panel.total(work, sheet), panel.counter.unit);
    const adjusted = model === 'none' ? total : total.sub(judges[panel.judgeOf(work, sheet)]);
    return rounding ? roundTo(adjusted, rounding) : adjusted;
  });
}

/** A work's marks in one criterion above its lowest, each less its judge's effect in it. */
export function marksOf(
  panel: Panel,
  work: PanelWork,
  { model, criteria }: Adjustment,
  criterion: number,
): Fraction[] {
  return Array.from({ length: panel.sheetsOf(work) }, (_, sheet) => {
    const mark = Fraction.of(BigInt(panel.above(work, sheet, criterion)), panel.counter.markUnit);
    return model === 'none' ? mark : mark.sub(criteria[criterion][panel.judgeOf(work, sheet)]);
  });
}

/** The values, then the fitted one, their mean, as often as one that was planned is missing. */
export function completed(values: readonly Fraction[], planned: number): readonly Fraction[] {
  const missing = planned - values.length;
  if (missing <= 0 || values.length === 0) return values;
  return [...values, ...Array<Fraction>(missing).fill(mean(values))];
}
