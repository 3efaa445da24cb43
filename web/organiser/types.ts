import type { CategoryRef, PrizeTier, Role } from '../shared/api-types';
import type {
  ResultMethod,
  ResultPlace,
  ResultSumLine,
  ResultSummary,
  ScreeningDecision,
  ScreeningStatus,
} from '../shared/api-types-desk';

export const screeningTabs: readonly ScreeningStatus[] = [
  'pending',
  'returned',
  'accepted',
  'rejected',
  'all',
];

/** A decision and, unless the work passes, the reason that its author reads. */
export interface Verdict {
  decision: ScreeningDecision;
  reason?: string;
  /** Of a return: the instant until which it may be mended. */
  until?: string;
}

export interface Person {
  id: string;
  name: string;
  /** Masked phone or e-mail address. */
  login: string;
  roles: (Role['role'] | 'entrant')[];
  /** Works sent; absent where the server doesn't count them. */
  submissions?: number;
}

/** One judge's line in the sum of a work. Marks and weights are decimals, as numbers or as text. */
export interface JudgeSum extends Omit<ResultSumLine, 'criteria'> {
  criteria: { name: string; mark: number | string | null; weight: number | string }[];
}

export interface RankedWork extends Omit<ResultPlace, 'sum' | 'skipped'> {
  skipped:
    | null
    | 'PERSON_LIMIT'
    | 'BELOW_FLOOR'
    | 'TAKEN_OUT'
    | 'NO_ROOM'
    | 'WITHDRAWN'
    | 'DISQUALIFIED'
    | 'NOT_PASSED';
  sum: JudgeSum[];
  /** Totals that were planned and nobody gave, and the value that stands for each of them. */
  fitted?: { missing: number; value: string } | null;
}

export type TieStep = NonNullable<RankedWork['tieBrokenBy']>;
export type ResultTier = PrizeTier & { filled: number };

export interface Result extends Omit<ResultSummary, 'category'> {
  category: CategoryRef;
  round: { id: string; name: string; anonymous: boolean };
  method: ResultMethod;
  ranking: RankedWork[];
  tiers: ResultTier[];
  totals: { awards: number; amountYuan: number; budgetAwards: number; budgetYuan: number };
}
