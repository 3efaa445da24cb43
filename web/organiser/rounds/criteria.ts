import type { CriterionRule } from '../../shared/api-types';
import type { Round, RoundMethod } from '../../shared/api-types-desk';

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

/** How marks become scores, if it isn't left to the design of the round (`auto`); docs/results.md tells each. */
export const ROUND_METHODS = [
  'auto',
  'trimmed',
  'mean',
  'median',
  'sum',
  'additive',
  'borda',
  'z_score',
] as const satisfies readonly RoundMethod[];

/** Which sentence says how marks become a score. */
export type MethodSentence =
  'methodNone' | 'methodTrimmed' | 'methodMean' | `methodFixed_${Exclude<RoundMethod, 'auto'>}`;

/**
 * While a round is being set up (`auto`, not frozen) the sentence says what the number of judges has to do with it.
 * @param judges of each work; of a frozen round as planned when it opened, for later changes don't count
 */
export function methodSentence(setting: RoundMethod, judges: number, frozen = false): MethodSentence {
  if (setting !== 'auto') return `methodFixed_${setting}`;
  const trims = judges >= LEAST_JUDGES_TO_TRIM;
  if (frozen) return trims ? 'methodFixed_trimmed' : 'methodFixed_mean';
  if (judges === 0) return 'methodNone';
  return trims ? 'methodTrimmed' : 'methodMean';
}

/** How many totals the trimmed mean drops; one and one where the number of judges chose it. */
export function trimOf({ method, scoring }: Pick<Round, 'method' | 'scoring'>): {
  highest: number;
  lowest: number;
} {
  return (method === 'trimmed' ? scoring.trim : null) ?? { highest: 1, lowest: 1 };
}
