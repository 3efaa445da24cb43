import type { JudgeSum, RankedWork, Result } from '../types';

/** The sum of a work, ready to be read aloud: which totals counted, and how they became the score. */
export interface ReadableSum {
  counted: JudgeSum[];
  /** `(93.00 + 94.20 + 91.60) ÷ 3 = 92.93`; with `≈` where the rounded figures shown give another last digit. */
  equation: string;
  /** False if the figures shown, rounded to two places, don't give the score to the last digit. */
  even: boolean;
}

/** Only totals that were not dropped count; totals that nobody gave count as the value fitted for them. */
export function readSum(work: Pick<RankedWork, 'sum' | 'score' | 'fitted'>): ReadableSum {
  const counted = work.sum.filter(({ dropped }) => dropped === null);
  const terms = counted.map(({ total, adjustment }) =>
    adjustment && Number(adjustment) !== 0 ? `(${total} ${signed(adjustment)})` : total,
  );
  const missing = work.fitted?.missing ?? 0;
  if (work.fitted && missing > 0) {
    terms.push(missing > 1 ? `${work.fitted.value} × ${missing}` : work.fitted.value);
  }

  const values = counted.map((judge) => counts(judge));
  const size = counted.length + missing;
  const sum = values.reduce((all, value) => all + value, 0) + Number(work.fitted?.value ?? 0) * missing;
  const even = size > 0 && Math.abs(sum / size - Number(work.score)) < 0.005001;
  const sign = even ? '=' : '≈';
  if (size === 0) return { counted, equation: work.score, even: true };
  if (size === 1) return { counted, equation: `${terms.join('')} ${sign} ${work.score}`, even };
  return { counted, equation: `(${terms.join(' + ')}) ÷ ${size} ${sign} ${work.score}`, even };
}

/** What a judge's total counts for after the adjustment, in points. */
export function counts({ total, adjustment }: Pick<JudgeSum, 'total' | 'adjustment'>): number {
  return Number(total) + Number(adjustment ?? 0);
}

/** `-1.25` → `− 1.25`, `+0.4` → `+ 0.4`. */
export function signed(adjustment: string): string {
  const text = adjustment.trim();
  if (/^[-−]/.test(text)) return `− ${text.slice(1).trim()}`;
  return `+ ${text.replace(/^\+/, '').trim()}`;
}

/** The share of each criterion in per cent to one decimal, weights being relative. */
export function weightShares(criteria: readonly { weight: number | string }[]): number[] {
  const all = criteria.reduce((sum, { weight }) => sum + Number(weight), 0);
  return criteria.map(({ weight }) => (all > 0 ? Math.round((Number(weight) / all) * 1000) / 10 : 0));
}

/** Which sentence of the dictionary says the method in words. */
export function methodKey(method: Result['method']): 'trimmed' | 'mean' | 'trimmedAdjusted' | 'meanAdjusted' {
  return method.adjusted ? `${method.key}Adjusted` : method.key;
}
