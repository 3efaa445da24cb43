import type { CriterionRule } from '../../shared/api-types';

/** A criterion while it is typed: number fields may be empty. */
export interface CriterionDraft {
  name: string;
  weight: number | '';
  min: number | '';
  max: number | '';
  step: number | '';
}

/** The criterion as it can be sent, or null if something in it is missing or makes no sense. */
export function readCriterion(draft: CriterionDraft): CriterionRule | null {
  const { weight, min, max, step } = draft;
  const name = draft.name.trim();
  if (weight === '' || min === '' || max === '' || step === '') return null;
  return name && weight > 0 && step > 0 && max > min ? { name, weight, min, max, step } : null;
}

/** From this many judges on, `auto` drops the highest and the lowest total; the server decides the same way. */
export const LEAST_JUDGES_TO_TRIM = 5;

/**
 * Which sentence says how marks become a score. While a round is being set up (`auto`, not frozen) the sentence
 * says what the number of judges has to do with it.
 */
export function methodSentence(
  setting: string,
  judges: number,
  frozen = false,
): 'methodNone' | 'methodTrimmed' | 'methodMean' | 'methodFixedTrimmed' | 'methodFixedMean' {
  const trims = setting === 'trimmed' || (setting === 'auto' && judges >= LEAST_JUDGES_TO_TRIM);
  if (frozen || setting !== 'auto') return trims ? 'methodFixedTrimmed' : 'methodFixedMean';
  if (judges === 0) return 'methodNone';
  return trims ? 'methodTrimmed' : 'methodMean';
}
