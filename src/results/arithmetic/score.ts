import { mean, median, sum, trimmedMean } from './aggregate.js';
import { ADJUSTED_PLACES, type Adjustment, completed, totalsOf } from './comparable.js';
import { Fraction } from './fraction.js';
import type { Panel, PanelWork, RankingRules } from './panel.js';
import { roundTo } from './rounding.js';
import { bordaPoints, byRank, zScores } from './standing.js';

/** A z-score is rounded to so many decimals, for a root has no end. */
const Z_PLACES = 9;

/** The ranking score of a work, and what each sheet counted for where that isn't the judge's total. */
export interface Score {
  score: Fraction;
  /** Borda: points; z-score: z. Parallel to the work's sheets. */
  values: Fraction[] | null;
}

/**
 * The scores of a panel, in the order of its works, by the round's method:
 *
 * | method            | score, y being the k totals as planned, adjusted and filled in by `comparable.ts`             |
 * | ----------------- | --------------------------------------------------------------------------------------------- |
 * | mean, additive    | Σy / k; in an incomplete round that is μ + α of the additive model                            |
 * | trimmed           | (Σy − the highest − the lowest) / (k − dropped)                                               |
 * | median            | the middle y, of an even number the mean of the two in the middle                             |
 * | sum               | Σy                                                                                            |
 * | borda             | Σ (N − rank), mid-ranks within each judge's own totals (J.-C. de Borda, 1781)                 |
 * | z_score           | mean of (y − ȳ_j) / s_j over the sheets that there are                                        |
 * | tokens            | number of tokens laid                                                                         |
 * | pass              | passes in a hundred of those who decided                                                      |
 *
 * An adjusted score is rounded to 10^-9: equal works come out equal. Then the rounding of the rules is applied.
 */
export function scoresOf(panel: Panel, rules: RankingRules, adjustment: Adjustment): Score[] {
  const values = valuesOf(panel, rules);
  const settled = settling(rules, adjustment);
  return panel.works.map((work, index) => ({
    score: settled(scoreOf(panel, work, rules, adjustment, values?.[index])),
    values: values?.[index] ?? null,
  }));
}

function settling({ rounding }: RankingRules, { model }: Adjustment): (score: Fraction) => Fraction {
  return (score) => {
    const settled = model === 'none' ? score : score.round(ADJUSTED_PLACES);
    return rounding.score ? roundTo(settled, rounding.score) : settled;
  };
}

function scoreOf(
  panel: Panel,
  work: PanelWork,
  { method, trim, plannedJudges, rounding }: RankingRules,
  adjustment: Adjustment,
  values: Fraction[] | undefined,
): Fraction {
  const totals = () => completed(totalsOf(panel, work, adjustment, rounding.sheet), plannedJudges);
  switch (method) {
    case 'mean':
    case 'additive':
      return mean(totals());
    case 'trimmed':
      return trimmedMean(totals(), trim!);
    case 'median':
      return median(totals());
    case 'sum':
      return sum(totals());
    case 'borda':
      return sum(completed(values!, plannedJudges));
    case 'z_score':
      return mean(values!);
    case 'tokens':
      return sum(yesNo(panel, work));
    case 'pass':
      return mean(yesNo(panel, work)).mul(Fraction.of(100n));
  }
}

/** The one mark of each sheet, 1 or 0. */
function yesNo(panel: Panel, work: PanelWork): Fraction[] {
  return Array.from({ length: panel.sheetsOf(work) }, (_, sheet) =>
    Fraction.of(BigInt(panel.above(work, sheet, 0)), panel.counter.markUnit),
  );
}

/** What each judge's totals are worth among themselves, by work and sheet; null for methods that don't ask. */
function valuesOf(panel: Panel, { method, rounding }: RankingRules): Fraction[][] | null {
  if (method !== 'borda' && method !== 'z_score') return null;
  const values: Fraction[][] = panel.works.map(() => []);
  const sheets: { work: number; sheet: number }[][] = panel.judges.map(() => []);
  panel.works.forEach((work, index) => {
    for (let sheet = 0; sheet < panel.sheetsOf(work); sheet++) {
      sheets[panel.judgeOf(work, sheet)].push({ work: index, sheet });
    }
  });
  const total = ({ work, sheet }: { work: number; sheet: number }) => {
    const exact = Fraction.of(panel.total(panel.works[work], sheet), panel.counter.unit);
    return rounding.sheet ? roundTo(exact, rounding.sheet) : exact;
  };
  for (const own of sheets) {
    if (own.length === 0) continue;
    const totals = own.map(total);
    const worths =
      method === 'borda'
        ? byRank(totals, 'highest', (rank, among) => bordaPoints(rank, among, panel.works.length))
        : zScores(totals).map((z) => z.round(Z_PLACES));
    own.forEach(({ work, sheet }, index) => (values[work][sheet] = worths[index]));
  }
  return values;
}
