import type { RoundMethod, ScoreMethod, Trim } from '../../judging/scoring-rules.js';

/** How the judges' sheets of one work become its score; the last two are of rounds of tokens and of pass or fail. */
export type Method = ScoreMethod | 'tokens' | 'pass';

/** What is known of a round when it opens, and decides its method. */
export interface Design {
  /** Judges that each work is to have. */
  planned: number;
  /** Whether each work has only some of the panel. */
  someOfPanel: boolean;
}

export interface ChosenMethod {
  method: Method;
  /** Of the trimmed mean. */
  trim: Trim | null;
  /** Whether the organiser asked for it, or else what in the design decided. */
  why: 'asked' | 'five_or_more' | 'three_or_four' | 'some_of_panel' | 'kind';
}

export interface TooFewJudges {
  code: 'RESULT.TOO_FEW_JUDGES';
  planned: number;
  needed: number;
}

/** Below this many judges no score is published, whatever the method. */
export const LEAST_JUDGES = 3;

/** From this many planned judges on, `auto` drops the highest and the lowest total (去掉一个最高分和一个最低分). */
export const LEAST_JUDGES_TO_TRIM = 5;

const oneEach: Trim = { highest: 1, lowest: 1 };

/**
 * The method of a round, fixed when it opens by its design: trimmed 1/1 from five judges on who mark every work, the
 * mean for three and four, additive judge effects where each work has only some of the panel. Judges who drop out
 * later never change it: see `comparable.ts` for what happens to the works that they leave short.
 * @param leastJudges fewer than usual where no prize is given by it
 */
export function chooseMethod(
  setting: RoundMethod,
  { planned, someOfPanel }: Design,
  trim: Trim | null = null,
  leastJudges = LEAST_JUDGES,
): ChosenMethod | { refusal: TooFewJudges } {
  const refuse = (needed: number) => ({
    refusal: { code: 'RESULT.TOO_FEW_JUDGES' as const, planned, needed },
  });
  if (planned < leastJudges) return refuse(leastJudges);
  if (setting === 'trimmed') {
    const dropped = trim ?? oneEach;
    const needed = dropped.highest + dropped.lowest + 1;
    if (planned >= needed) return { method: 'trimmed', trim: dropped, why: 'asked' };
    // Where no prize is given, the few totals that there are count as they are.
    return leastJudges < LEAST_JUDGES ? { method: 'mean', trim: null, why: 'asked' } : refuse(needed);
  }
  if (setting !== 'auto') return { method: setting, trim: null, why: 'asked' };
  if (someOfPanel) return { method: 'additive', trim: null, why: 'some_of_panel' };
  return planned >= LEAST_JUDGES_TO_TRIM
    ? { method: 'trimmed', trim: oneEach, why: 'five_or_more' }
    : { method: 'mean', trim: null, why: 'three_or_four' };
}
