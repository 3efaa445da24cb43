import { meanOf, type Row } from './fit.js';

/** How far judges put the works in the same order: 0 not at all, 1 all in the same. */
export interface Concordance {
  w: number;
  /** χ² = m(n − 1)W, with n − 1 degrees of freedom; null where not everybody marked everything. */
  chiSquare: number | null;
  freedom: number | null;
}

/**
 * Kendall’s W = 12S / (m²(n³ − n) − mΣT_j), T_j = Σ(t³ − t) over the ties of a judge.
 * Source: M. G. Kendall, *Rank Correlation Methods* (1948), ch. 6.
 * @param marks by judge, of the same works in the same order
 */
export function* kendallW(marks: readonly (readonly number[])[]): Generator<void, Concordance> {
  const m = marks.length;
  const n = marks[0].length;
  const sums = Array.from({ length: n }, () => 0);
  let ties = 0;
  for (const own of marks) {
    yield;
    const { ranks, tied } = midRanks(own);
    ranks.forEach((rank, work) => (sums[work] += rank));
    ties += tied;
  }
  const centre = (m * (n + 1)) / 2;
  const s = sums.reduce((all, sum) => all + (sum - centre) ** 2, 0);
  const most = m * m * (n ** 3 - n) - m * ties;
  const w = most > 0 ? (12 * s) / most : 0;
  return { w, chiSquare: m * (n - 1) * w, freedom: n - 1 };
}

/** Two judges who share fewer works than this say nothing of each other. */
const LEAST_SHARED = 3;

/**
 * The same where each work has only some of the judges: (1 + r̄(k − 1)) / k, r̄ being the mean of Spearman’s correlation
 * over pairs of judges, each over the works that they share. Source: KendallW of R’s DescTools.
 */
export function* pairwiseW(
  rows: readonly Row[],
  present: readonly number[],
): Generator<void, Concordance | null> {
  const by = new Map<number, Map<number, number>>(present.map((judge) => [judge, new Map()]));
  rows.forEach(({ judges, values }, work) =>
    judges.forEach((judge, at) => by.get(judge)!.set(work, values[at])),
  );
  const correlations: number[] = [];
  for (const [index, first] of present.entries()) {
    for (const second of present.slice(index + 1)) {
      yield;
      const [a, b] = [by.get(first)!, by.get(second)!];
      const shared = [...a.keys()].filter((work) => b.has(work));
      if (shared.length < LEAST_SHARED) continue;
      const ranksOf = (of: Map<number, number>) => midRanks(shared.map((work) => of.get(work)!)).ranks;
      const r = correlation(ranksOf(a), ranksOf(b));
      if (r !== null) correlations.push(r);
    }
  }
  if (correlations.length === 0) return null;
  const k = present.length;
  return { w: (1 + meanOf(correlations) * (k - 1)) / k, chiSquare: null, freedom: null };
}

/** Equal values share the mean of their ranks; `tied` is Σ(t³ − t). */
function midRanks(values: readonly number[]): { ranks: number[]; tied: number } {
  const order = values.map((_, index) => index).sort((a, b) => values[a] - values[b]);
  const ranks: number[] = Array.from({ length: values.length }, () => 0);
  let tied = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to += 1;
    for (let at = from; at < to; at++) ranks[order[at]] = (from + to + 1) / 2;
    tied += (to - from) ** 3 - (to - from);
  }
  return { ranks, tied };
}

/** Pearson’s r; null where one of the two does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number | null {
  if (a.length < 2) return null;
  const [centreA, centreB] = [meanOf(a), meanOf(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  a.forEach((value, index) => {
    both += (value - centreA) * (b[index] - centreB);
    ofA += (value - centreA) ** 2;
    ofB += (b[index] - centreB) ** 2;
  });
  return ofA > 1e-12 && ofB > 1e-12 ? both / Math.sqrt(ofA * ofB) : null;
}
