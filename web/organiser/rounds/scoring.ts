import type { RoundMethod, Rounding, RoundingMode, Scoring, TieStep } from '../../shared/api-types-desk';
import { isWithin, type NumberField } from '../components/numbers';

/** Steps between equal scores in their usual order; who sent earlier can only be the last before the draw. */
export const TIE_STEPS = [
  'criterion',
  'untrimmed_mean',
  'median',
  'sorted_marks',
  'chair',
  'earlier_submission',
] as const satisfies readonly TieStep[];

/** What is fixed where nobody asks for anything else. */
export const usualScoring: Scoring = {
  trim: null,
  rounding: { sheet: null, score: null },
  ties: [...TIE_STEPS],
};

/** Decimals, '' for no rounding. */
export interface RoundingDraft {
  places: NumberField;
  mode: RoundingMode;
}

export interface TieChoice {
  step: TieStep;
  on: boolean;
}

export interface ScoringDraft {
  highest: NumberField;
  lowest: NumberField;
  sheet: RoundingDraft;
  score: RoundingDraft;
  /** Every step; the last one is who sent earlier. */
  ties: TieChoice[];
}

const MOST_DROPPED = 20;
/** With fewer judges nothing is dropped, and no prize given: such a round only selects. */
const LEAST_TO_TRIM = 3;

export function scoringDraftOf({ trim, rounding, ties }: Scoring): ScoringDraft {
  const last: TieStep = 'earlier_submission';
  const on = ties.filter((step) => step !== last);
  const off = TIE_STEPS.filter((step) => step !== last && !ties.includes(step));
  return {
    ...(trim ?? { highest: 1, lowest: 1 }),
    sheet: roundingDraftOf(rounding.sheet),
    score: roundingDraftOf(rounding.score),
    ties: [
      ...on.map((step) => ({ step, on: true })),
      ...off.map((step) => ({ step, on: false })),
      { step: last, on: ties.includes(last) },
    ],
  };
}

/** Of a draft without problems. */
export function scoringSettings(draft: ScoringDraft, method: RoundMethod): Scoring {
  const trim = { highest: Number(draft.highest), lowest: Number(draft.lowest) };
  const usual = trim.highest === 1 && trim.lowest === 1;
  return {
    trim: method === 'trimmed' && !usual ? trim : null,
    rounding: { sheet: roundingOf(draft.sheet), score: roundingOf(draft.score) },
    ties: draft.ties.filter(({ on }) => on).map(({ step }) => step),
  };
}

/** Something has to be left of a work's totals. */
export function trimWrong({ highest, lowest }: ScoringDraft, judges: number): boolean {
  if (!isWithin(highest, 0, MOST_DROPPED) || !isWithin(lowest, 0, MOST_DROPPED)) return true;
  return judges >= LEAST_TO_TRIM && Number(highest) + Number(lowest) >= judges;
}

function roundingDraftOf(rounding: Rounding | null): RoundingDraft {
  return rounding ? { ...rounding } : { places: '', mode: 'half-away' };
}

function roundingOf({ places, mode }: RoundingDraft): Rounding | null {
  return places === '' ? null : { places, mode };
}
