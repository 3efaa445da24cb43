import { fQuantile } from './distributions.js';
import type { Fit, Row } from './fit.js';

/** Of a complete table of n works by k judges. */
export interface MeanSquares {
  works: number;
  judges: number;
  /** Between works, within works, between judges, residual. */
  bms: number;
  wms: number;
  jms: number;
  ems: number;
}

/** @param table a row a work, a column a judge; at least two of each */
export function meanSquares(table: readonly (readonly number[])[]): MeanSquares {
  const n = table.length;
  const k = table[0].length;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rows = table.map(mean);
  const columns = Array.from({ length: k }, (_, judge) => mean(table.map((row) => row[judge])));
  const all = mean(rows);
  const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - all) ** 2, 0);
  const between = k * squares(rows);
  const ofJudges = n * squares(columns);
  const within = table.reduce(
    (sum, row, index) => sum + row.reduce((s, y) => s + (y - rows[index]) ** 2, 0),
    0,
  );
  return {
    ...{ works: n, judges: k },
    bms: between / (n - 1),
    wms: within / (n * (k - 1)),
    jms: ofJudges / (k - 1),
    ems: (within - ofJudges) / ((n - 1) * (k - 1)),
  };
}

/**
 * Intraclass correlations: what share of the differences between marks is due to the works. (2, ·) takes the judges’
 * severity for error, (3, ·) leaves it out; (·, 1) is of one judge, (·, k) of the panel’s mean.
 * Source: P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86 (1979), 420–428.
 */
export function icc({ works: n, judges: k, bms, jms, ems }: MeanSquares) {
  return {
    icc21: (bms - ems) / (bms + (k - 1) * ems + (k * (jms - ems)) / n),
    icc2k: (bms - ems) / (bms + (jms - ems) / n),
    icc3k: (bms - ems) / bms,
  };
}

/** The 95 % interval of ICC(2,k), by Shrout and Fleiss’s of ICC(2,1) and the Spearman–Brown formula. */
export function interval2k(squares: MeanSquares): { low: number; high: number } | null {
  const { works: n, judges: k, bms, jms, ems } = squares;
  if (!(ems > 0)) return null;
  const { icc21 } = icc(squares);
  const ofJudges = (k * icc21 * jms) / ems;
  const rest = n * (1 + (k - 1) * icc21) - k * icc21;
  const freedom = ((k - 1) * (n - 1) * (ofJudges + rest) ** 2) / ((n - 1) * ofJudges ** 2 + rest ** 2);
  if (!(freedom > 0)) return null;
  const other = k * jms + (k * n - k - n) * ems;
  const upper = fQuantile(0.975, n - 1, freedom);
  const lower = fQuantile(0.975, freedom, n - 1);
  const ofPanel = (one: number) => (k * one) / (1 + (k - 1) * one);
  return {
    low: ofPanel((n * (bms - upper * ems)) / (upper * other + n * bms)),
    high: ofPanel((n * (lower * bms - ems)) / (other + n * lower * bms)),
  };
}

/** σ² between works and of chance, judges’ severity taken out, and the harmonic mean of the numbers of marks. */
export interface Variances {
  works: number;
  chance: number;
  sheets: number;
}

/**
 * By Henderson’s method 3, for tables with holes too: E[R(α | μ, β)] = σ²(n − 1) + σ_α²(N − k).
 * Source: Searle, Casella and McCulloch, *Variance Components* (1992), 5.5. In a complete table σ_α² is
 * (BMS − EMS) / k. Never below zero.
 */
export function variances(rows: readonly Row[], fit: Fit): Variances {
  const sums: number[] = [];
  const squares: number[] = [];
  const counts: number[] = [];
  for (const row of rows) {
    row.judges.forEach((judge, index) => {
      const y = row.values[index] - fit.mu;
      sums[judge] = (sums[judge] ?? 0) + y;
      squares[judge] = (squares[judge] ?? 0) + y * y;
      counts[judge] = (counts[judge] ?? 0) + 1;
    });
  }
  // By `forEach`, which leaves out judges without a sheet.
  let ofJudgesOnly = 0;
  counts.forEach((count, judge) => (ofJudgesOnly += squares[judge] - sums[judge] ** 2 / count));
  const gained = ofJudgesOnly - fit.squares - fit.variance * (rows.length - 1);
  const works = Math.max(0, gained / (fit.cells - fit.present.length));
  const sheets = rows.length / rows.reduce((sum, row) => sum + 1 / row.judges.length, 0);
  return { works, chance: fit.variance, sheets };
}

/** σ_α² / (σ_α² + σ² / k̃): how much of the differences between works’ scores is the works’ own. */
export function reliabilityOf({ works, chance, sheets }: Variances): number | null {
  const all = works + chance / sheets;
  return all > 0 ? works / all : null;
}

/** How many judges for each work would reach a reliability, by the Spearman–Brown formula; null: no number would. */
export function judgesFor(target: number, { works, chance }: Variances): number | null {
  if (works <= 0) return null;
  const one = works / (works + chance);
  return one >= 1 ? 1 : Math.max(1, Math.ceil((target * (1 - one)) / (one * (1 - target)) - 1e-9));
}
