import { createHash } from 'node:crypto';
import { canonicalJson } from '../audit/chain.js';
import type { Promotion } from '../contests/award-rules.js';
import type { RoundKind } from '../judging/round.entity.js';
import type { Rounding, Trim } from '../judging/scoring-rules.js';
import type { Criterion } from './arithmetic/aggregate.js';
import type { Allocation, AllocationRules, Excluded, Override, Placement } from './arithmetic/allocation.js';
import type { Adjustment } from './arithmetic/comparable.js';
import type { ChosenMethod } from './arithmetic/method.js';
import type { Move } from './arithmetic/promotion.js';
import type { Decider, RankedEntry } from './arithmetic/ranking.js';

/**
 * All that a result says, but for its works, which stand beside it line by line: see `ContentEntry`. Its hash covers
 * every byte of both. docs/results.md specifies it for whoever recomputes a result: the two change together.
 */
export interface ResultContent {
  /** Version of the arithmetic. */
  version: 2;
  round: string;
  /** Of the round, as it was frozen at opening. */
  settingsHash: string;
  /** Every rule that was used, also where it was a default. */
  rules: {
    kind: RoundKind;
    method: ChosenMethod['method'];
    why: ChosenMethod['why'];
    trim: Trim | null;
    /** Planned when the round opened; the method was chosen by it. */
    plannedJudges: number;
    /** Judges that each work was to have in the end: a work with fewer sheets is filled in up to it. */
    expectedSheets: number;
    /** A work with fewer complete sheets isn't ranked. */
    leastSheets: number;
    /** Of pass or fail: so many of a hundred must pass a work, or it can have no prize. */
    passPercent: number | null;
    criteria: Criterion[];
    rounding: { sheet: Rounding | null; score: Rounding | null };
    /** The whole chain, from the score to the draw. */
    ties: Decider[];
    allocation: AllocationRules;
    promotion: Promotion;
  };
  seed: string;
  auditHead: string;
  /** Number of the audit entry whose hash that is; 0: before the first. */
  auditSeq: number;
  /** What the jury's chair decided between works that were tied, as orders of their ids. */
  chair: string[][];
  /** Severity of each judge, in the order of the panel; frozen with the result. */
  adjustment: { model: Adjustment['model']; lambda: string | null };
  judges: { judge: string; effect: string; criteria: string[] }[];
  /** Prizes that authors of works in here have in other categories, by author. */
  elsewhere: { person: string; prizes: number }[];
  overrides: RecordedOverride[];
  /** Of a version that supersedes another: which, why, and how it came from it. Null: computed from the marks. */
  origin: Origin | null;
  entries: number;
  /** SHA-256 over the lines of the works, hex. */
  entriesHash: string;
  tiers: Allocation['tiers'];
  totals: Allocation['totals'];
}

/** An override with its reason, which is kept apart, so that it can be erased: the hash of the salted words. */
export type RecordedOverride = Override & { reasonHash: string };

export interface Origin {
  /** The result that this one supersedes, whose order, scores and groups it keeps. */
  result: string;
  hash: string;
  /** Works were disqualified and others moved up; or the prizes were allotted anew, with other overrides. */
  by: 'promotion' | 'revision';
  disqualified: string[];
  moves: Move[];
  reasonHash: string;
}

/** One work. Ids only: names are looked up when it is shown, so that they can be erased. */
export interface ContentEntry extends RankedEntry {
  person: string;
  excluded: Excluded | null;
  tier: string | null;
  skipped: Placement['skipped'];
  passed: Placement['passed'];
  overridden: boolean;
}

/** A work as it is stored and hashed: canonical JSON, written without sorting keys a hundred thousand times. */
export function lineOf(entry: ContentEntry): string {
  const { decidedBy, exact, excluded, group, id, overridden, person, place } = entry;
  const { score, sequence, sheets, skipped, tier, values } = entry;
  const passed = entry.passed.map(({ reason, tier: of }) => ({ reason, tier: of }));
  return JSON.stringify({
    ...{ decidedBy, exact, excluded, group, id, overridden, passed, person, place },
    ...{ score, sequence, sheets, skipped, tier, values },
  });
}

/** Over the lines in the order of places, each with a line feed at its end. */
export class LinesHash {
  private readonly hash = createHash('sha256');

  add(lines: readonly string[]): void {
    for (const line of lines) this.hash.update(line).update('\n');
  }

  digest(): string {
    return this.hash.digest('hex');
  }
}

export function hashOf(content: ResultContent): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
