import type { Override } from '../arithmetic/allocation.js';
import type { ContentEntry, ResultContent } from '../content.js';
import { kendallW, pairwiseW, type Concordance } from './concordance.js';
import { tierConfidence, type Confidence } from './confidence.js';
import { type Fit, fitTable, type Row } from './fit.js';
import { affiliation, type Affiliation, flagsOf, type Flag, type JudgeFacts, judgeFacts } from './judges.js';
import {
  icc,
  interval2k,
  judgesFor,
  meanSquares,
  reliabilityOf,
  type Variances,
  variances,
} from './reliability.js';

/** The judges’ totals of each work, parallel to the lines of the result. */
export interface StatisticsInput {
  content: Pick<ResultContent, 'rules' | 'tiers' | 'overrides' | 'elsewhere'>;
  lines: readonly Pick<ContentEntry, 'id' | 'person' | 'excluded'>[];
  rows: readonly Row[];
  seed: string;
  isSame: (work: number, judge: number) => boolean;
}

export interface Reliability {
  complete: boolean;
  works: number;
  judges: number;
  /** k̃, the harmonic mean of the sheets of works. */
  sheets: number;
  /** Only of complete tables. */
  icc21: number | null;
  icc2k: number | null;
  interval: { low: number; high: number } | null;
  icc3k: number | null;
  /** For which severity is taken out; in a complete table it is ICC(3,k). */
  reliability: number | null;
  /** Judges for each work that would reach 0.8. */
  judgesForGood: number | null;
  /** Standard deviations between works, and of chance in a single mark. */
  deviation: { works: number; chance: number };
}

export interface PanelStatistics {
  reliability: Reliability;
  concordance: Concordance | null;
  judges: JudgeFacts[];
  flags: Flag[];
  affiliation: Affiliation;
  confidence: Confidence[] | null;
}

/** What is asked of a good panel. */
const GOOD = 0.8;

/** @returns null where the marks are too few: fewer than two works or judges, or no mark to spare */
export function* panelStatistics(input: StatisticsInput): Generator<void, PanelStatistics | null> {
  const { rows, content, lines, seed, isSame } = input;
  const fit = yield* fitTable(rows);
  if (!fit || fit.freedom <= 0) return null;
  const spread = variances(rows, fit);
  const complete = rows.every(({ judges }) => judges.length === fit.present.length);
  yield;
  const judges = judgeFacts(rows, fit);
  yield;
  const overrides: readonly Override[] = content.overrides;
  return {
    reliability: reliability(rows, fit, spread, complete),
    concordance: complete
      ? yield* kendallW(fit.present.map((_, seat) => rows.map(({ values }) => values[seat])))
      : yield* pairwiseW(rows, fit.present),
    judges,
    flags: flagsOf(rows, fit),
    affiliation: affiliation(rows, fit, isSame),
    confidence: yield* tierConfidence({
      works: lines.map(({ id, person, excluded }, index) => ({
        ...{ id, person, excluded },
        ...{ level: fit.mu + fit.works[index], sheets: rows[index].judges.length },
      })),
      mu: fit.mu,
      variances: spread,
      seed,
      toScore: toScore(content.rules),
      tiers: content.tiers,
      rules: content.rules.allocation,
      overrides,
      elsewhere: new Map(content.elsewhere.map(({ person, prizes }) => [person, prizes])),
    }),
  };
}

function reliability(rows: readonly Row[], fit: Fit, spread: Variances, complete: boolean): Reliability {
  const squares = complete ? meanSquares(rows.map(({ values }) => values)) : null;
  const coefficients = squares ? icc(squares) : { icc21: null, icc2k: null, icc3k: null };
  return {
    ...{ complete, works: rows.length, judges: fit.present.length, sheets: spread.sheets },
    ...coefficients,
    interval: squares && interval2k(squares),
    reliability: reliabilityOf(spread),
    judgesForGood: judgesFor(GOOD, spread),
    deviation: { works: Math.sqrt(spread.works), chance: Math.sqrt(spread.chance) },
  };
}

/** Ranks and standard scores are on no scale that a level could be brought to. */
function toScore({ method, expectedSheets }: ResultContent['rules']): number | null {
  if (method === 'borda' || method === 'z_score') return null;
  return method === 'sum' ? expectedSheets : 1;
}
