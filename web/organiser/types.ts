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
  /** The organiser put it there, or took it out. */
  overridden?: boolean;
  /** Totals that were planned and nobody gave, and the value that stands for each of them. */
  fitted?: { missing: number; value: string } | null;
}

/** `vacated`: places that the organiser left vacant. */
export type ResultTier = PrizeTier & { filled: number; vacated: number };

/** What the organiser decides against the order. */
export interface Override {
  do: 'place' | 'out' | 'vacate';
  submission: string | null;
  tier: string | null;
  places: number | null;
  /** Null: erased. */
  reason: string | null;
}

export interface Move {
  submission: { id: string; number: string; title: string; author: string };
  place: number;
  from: string | null;
  to: string | null;
}

/** What a new version of a locked result changes. */
export interface ResultChange {
  result: string | null;
  status: ResultSummary['status'] | null;
  moves: Move[];
  totals: Result['totals'];
  before: Result['totals'];
}

export interface Result extends Omit<ResultSummary, 'category'> {
  category: CategoryRef;
  round: { id: string; name: string; anonymous: boolean };
  method: ResultMethod;
  /** Of a run that somebody else than its maker has to lock; null: it is locked, or anybody may. */
  secondPerson: { madeBy: string; own: boolean; others: string[] } | null;
  /** Of a later version: why, and what it changed. */
  origin: { result: string; by: 'promotion' | 'revision'; reason: string | null; moves: Move[] } | null;
  judgeEffects: { judge: string; effect: string }[];
  overrides: Override[];
  ranking: RankedWork[];
  /** Ranked works in all, of which `ranking` may have only the first. */
  entries: number;
  /** After which place the next page begins; null: there is none. */
  next: number | null;
  tiers: ResultTier[];
  totals: { awards: number; amountYuan: number; budgetAwards: number; budgetYuan: number };
}
