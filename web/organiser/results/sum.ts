import type { JudgeSum, RankedWork, Result } from '../types';

/** The sum of a work, ready to be read aloud: which totals counted, and how they became the score. */
export interface ReadableSum {
  counted: JudgeSum[];
  /** `(93.00 + 94.20 + 91.60) ÷ 3 = 92.93`; with `≈` where the rounded figures shown give another last digit. */
  equation: string;
  /** False if the figures shown, rounded to two places, don't give the score to the last digit. */
  even: boolean;
}

/**
 * Only totals that were not dropped count; totals that nobody gave count as the value fitted for them. Points by rank
 * and totals may be added up; a median is found among the totals in their order.
 */
export function readSum(
  work: Pick<RankedWork, 'sum' | 'score' | 'fitted'>,
  method: Result['method']['key'] = 'mean',
): ReadableSum {
  const counted = work.sum.filter(({ dropped }) => dropped === null);
  if (method === 'tokens') return { counted, equation: work.score, even: true };
  if (method === 'median') return { counted, equation: inOrder(counted, work), even: true };
  const terms = counted.map(({ total, adjustment, counted: worth }) => {
    if (worth !== null) return Number(worth) < 0 ? `(${worth})` : worth;
    return adjustment && Number(adjustment) !== 0 ? `(${total} ${signed(adjustment)})` : total;
  });
  const missing = work.fitted?.missing ?? 0;
  if (work.fitted && missing > 0) {
    terms.push(missing > 1 ? `${work.fitted.value} × ${missing}` : work.fitted.value);
  }

  const values = counted.map((judge) => counts(judge));
  const size = counted.length + missing;
  const sum = values.reduce((all, value) => all + value, 0) + Number(work.fitted?.value ?? 0) * missing;
  const divisor = method === 'sum' || method === 'borda' ? 1 : size;
  const even = size > 0 && Math.abs(sum / divisor - Number(work.score)) < 0.005001;
  const sign = even ? '=' : '≈';
  if (size === 0) return { counted, equation: work.score, even: true };
  if (size === 1) return { counted, equation: `${terms.join('')} ${sign} ${work.score}`, even };
  if (divisor === 1) return { counted, equation: `${terms.join(' + ')} ${sign} ${work.score}`, even };
  return { counted, equation: `(${terms.join(' + ')}) ÷ ${size} ${sign} ${work.score}`, even };
}

/** `70.00 ≤ 75.00 ≤ 80.00 → 75.00` */
function inOrder(
  judges: readonly JudgeSum[],
  { fitted, score }: Pick<RankedWork, 'fitted' | 'score'>,
): string {
  const values = judges.map((judge) => counts(judge));
  for (let missing = fitted?.missing ?? 0; missing > 0; missing--) values.push(Number(fitted!.value));
  const sorted = values.sort((a, b) => a - b).map((value) => value.toFixed(2));
  return `${sorted.join(' ≤ ')} → ${score}`;
}

/** What a judge's sheet counts for: its points by rank or z-score, else the total after the adjustment. */
export function counts({
  total,
  adjustment,
  counted,
}: Omit<JudgeSum, 'judge' | 'criteria' | 'dropped'>): number {
  return counted === null ? Number(total) + Number(adjustment ?? 0) : Number(counted);
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
