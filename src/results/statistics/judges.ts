import { correlation } from './concordance.js';
import { type Fit, meanOf, type Row } from './fit.js';

export interface JudgeFacts {
  judge: number;
  sheets: number;
  /** β̂ in points: how far above the average judge; and σ̂√C_jj. */
  severity: number;
  error: number;
  /** s_j / σ̂, s_j² = Σe² / Σ(1 − h): 1 is as consistent as the panel; more is more erratic. Null: no mark to spare. */
  scatter: number | null;
  /** With the mean of the other judges, their severity taken out, over the same works. */
  agreement: number | null;
  /** Of the judge’s marks on the works’ worth: 1 as the panel; near 0, all works get the same mark. */
  slope: number | null;
}

/** What the marks say of each judge. Source: SCORING of the project, 3; Linacre, *Many-Facet Rasch Measurement* (1989). */
export function judgeFacts(rows: readonly Row[], fit: Fit): JudgeFacts[] {
  const own = new Map(
    fit.present.map((judge) => [
      judge,
      {
        marks: [] as number[],
        others: [] as number[],
        met: [] as number[],
        worth: [] as number[],
        e: 0,
        room: 0,
      },
    ]),
  );
  rows.forEach(({ judges, values }, work) => {
    const fair = values.map((y, at) => y - fit.judges[judges[at]]);
    const sum = fair.reduce((all, y) => all + y, 0);
    judges.forEach((judge, at) => {
      const facts = own.get(judge)!;
      facts.marks.push(values[at]);
      facts.worth.push(fit.works[work]);
      facts.e += fit.residuals[work][at] ** 2;
      facts.room += 1 - fit.leverages[work][at];
      if (judges.length < 2) return;
      facts.met.push(values[at]);
      facts.others.push((sum - fair[at]) / (judges.length - 1));
    });
  });
  const sigma = Math.sqrt(fit.variance);
  return fit.present.map((judge, index) => {
    const { marks, others, met, worth, e, room } = own.get(judge)!;
    return {
      ...{ judge, sheets: marks.length, severity: fit.judges[judge] },
      error: sigma * Math.sqrt(Math.max(0, fit.inverse[index][index])),
      scatter: sigma > 0 && room > 1e-9 ? Math.sqrt(e / room) / sigma : null,
      agreement: correlation(met, others),
      slope: slopeOf(marks, worth),
    };
  });
}

function slopeOf(marks: readonly number[], worth: readonly number[]): number | null {
  const [centre, middle] = [meanOf(marks), meanOf(worth)];
  const spread = worth.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  if (spread < 1e-12) return null;
  return worth.reduce((sum, value, at) => sum + (value - middle) * (marks[at] - centre), 0) / spread;
}

/** A mark that lies far from what the judge’s severity and the work’s worth foretell. */
export interface Flag {
  work: number;
  judge: number;
  value: number;
  expected: number;
  /** e / (σ̂√(1 − h)) */
  deviation: number;
}

/** Beyond so many standard deviations a human should look. */
export const FLAG_FROM = 3;

/** The farthest first. They are for a human to look at: nothing is ever left out for them. */
export function flagsOf(rows: readonly Row[], fit: Fit): Flag[] {
  const sigma = Math.sqrt(fit.variance);
  if (sigma === 0) return [];
  const flags = rows.flatMap(({ judges, values }, work) =>
    judges.flatMap((judge, at) => {
      const room = 1 - fit.leverages[work][at];
      if (room < 1e-9) return [];
      const e = fit.residuals[work][at];
      const deviation = e / (sigma * Math.sqrt(room));
      return Math.abs(deviation) > FLAG_FROM
        ? [{ work, judge, value: values[at], expected: values[at] - e, deviation }]
        : [];
    }),
  );
  return flags.sort((a, b) => Math.abs(b.deviation) - Math.abs(a.deviation));
}

/** Marks for works of the judge’s own unit beside all others, severity taken out. */
export interface Affiliation {
  same: { sheets: number; difference: number };
  other: { sheets: number; difference: number };
  /** Student’s t of the two means with one variance; null where either has no mark, or nothing varies. */
  t: number | null;
}

/**
 * How far a judge is above the other judges of the same work, severity taken out, on average: for works of people of
 * the judge’s own unit, and for all others. Source: E. Zitzewitz, Journal of Economics & Management Strategy 15
 * (2006), 67–99, who so found judges’ favour for their own country.
 */
export function affiliation(
  rows: readonly Row[],
  fit: Fit,
  isSame: (work: number, judge: number) => boolean,
): Affiliation {
  const same: number[] = [];
  const other: number[] = [];
  rows.forEach(({ judges, values }, work) => {
    if (judges.length < 2) return;
    const fair = values.map((y, at) => y - fit.judges[judges[at]]);
    const sum = fair.reduce((all, y) => all + y, 0);
    judges.forEach((judge, at) => {
      const difference = fair[at] - (sum - fair[at]) / (judges.length - 1);
      (isSame(work, judge) ? same : other).push(difference);
    });
  });
  const summary = (values: number[]) => ({
    sheets: values.length,
    difference: values.length > 0 ? meanOf(values) : 0,
  });
  return { same: summary(same), other: summary(other), t: studentT(same, other) };
}

/** (x̄ − ȳ) / √(s²(1/n + 1/m)), s² pooled. */
export function studentT(a: readonly number[], b: readonly number[]): number | null {
  const [n, m] = [a.length, b.length];
  if (n === 0 || m === 0 || n + m < 3) return null;
  const squares = (values: readonly number[]) => {
    const centre = meanOf(values);
    return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  };
  const variance = (squares(a) + squares(b)) / (n + m - 2);
  return variance > 1e-12 ? (meanOf(a) - meanOf(b)) / Math.sqrt(variance * (1 / n + 1 / m)) : null;
}
