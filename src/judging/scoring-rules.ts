// How marks become scores: what a round may fix, frozen with it. What each of these means is told in docs/results.md.

/** `additive` is the mean with judges' severity taken out; in a complete round the two are the same. */
export const scoreMethods = ['mean', 'trimmed', 'median', 'sum', 'borda', 'additive', 'z_score'] as const;
export type ScoreMethod = (typeof scoreMethods)[number];

/** What an organiser may ask for; `auto` lets the design of the round decide. */
export const roundMethods = ['auto', ...scoreMethods] as const;
export type RoundMethod = (typeof roundMethods)[number];

/** How many of the highest and of the lowest totals the trimmed mean drops. */
export interface Trim {
  highest: number;
  lowest: number;
}

/** Of a value half-way between two: away from zero, to the even one; or always towards −∞ or +∞. */
export const roundingModes = ['half-away', 'half-even', 'down', 'up'] as const;
export interface Rounding {
  places: number;
  mode: (typeof roundingModes)[number];
}

/** Steps between equal scores, in their usual order. The draw ends every chain and can't be left out. */
export const tieSteps = [
  'criterion',
  'untrimmed_mean',
  'median',
  'sorted_marks',
  'chair',
  'earlier_submission',
] as const;
export type TieStep = (typeof tieSteps)[number];

/** What a round of marks fixes beside its method. */
export interface ScoringRules {
  /** Of the trimmed mean; null: one and one. */
  trim: Trim | null;
  /** Of each judge's total, and of the score; null: exact. */
  rounding: { sheet: Rounding | null; score: Rounding | null };
  ties: TieStep[];
}

export const usualScoring: ScoringRules = {
  trim: null,
  rounding: { sheet: null, score: null },
  ties: [...tieSteps],
};
