import type { ResultMethod } from '../../shared/api-types-desk';

interface Work {
  id: string;
  number: string;
  title: string;
}

/** `GET /results/:id/statistics`; the meaning of each number stands on the page, and in the API’s description. */
export interface Statistics {
  reliability: {
    complete: boolean;
    works: number;
    judges: number;
    sheets: number;
    icc21: number | null;
    icc2k: number | null;
    interval: { low: number; high: number } | null;
    icc3k: number | null;
    reliability: number | null;
    judgesForGood: number | null;
    deviation: { works: number; chance: number };
  };
  concordance: { w: number; chiSquare: number | null; freedom: number | null } | null;
  judges: {
    judge: string;
    sheets: number;
    severity: number;
    error: number;
    scatter: number | null;
    agreement: number | null;
    slope: number | null;
  }[];
  flags: {
    count: number;
    items: { submission: Work; judge: string; value: number; expected: number; deviation: number }[];
  };
  affiliation: {
    same: { sheets: number; difference: number };
    other: { sheets: number; difference: number };
    t: number | null;
  };
  confidence: {
    draws: number;
    sureFrom: number;
    close: number;
    works: {
      submission: Work;
      place: number;
      tier: string | null;
      sure: number;
      close: boolean;
      shares: { tier: string; share: number }[];
    }[];
  } | null;
}

/** What is changed for a comparison; what is left out is as in the result. */
export interface CompareWith {
  method?: Exclude<ResultMethod['key'], 'tokens' | 'pass'>;
  withoutJudge?: string;
  ties?: string[];
  quotaTies?: 'resolve' | 'expand' | 'vacate';
}

interface Both<Value> {
  before: Value;
  after: Value;
}

export interface Comparison {
  method: ResultMethod;
  /** Works whose place, and whose prize, differs. */
  places: number;
  awards: number;
  totals: Both<{ awards: number; amountYuan: number }>;
  works: { submission: Work; place: Both<number>; score: Both<string>; tier: Both<string | null> }[];
}
