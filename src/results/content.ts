import type { Allocation, SkipReason } from './arithmetic/allocation.js';
import type { Ranking, RankedEntry } from './arithmetic/ranking.js';

/** A ranked work with its prize. Ids only: names are looked up when it is shown, so that they can be erased. */
export interface ContentEntry extends RankedEntry {
  tier: string | null;
  skipped: SkipReason | null;
}

/** All that a result says; its hash covers every byte. */
export interface ResultContent {
  /** Version of the arithmetic. */
  version: 1;
  settingsHash: string;
  seed: string;
  auditHead: string;
  method: 'trimmed' | 'mean';
  plannedJudges: number;
  adjusted: boolean;
  judgeEffects: Ranking['judgeEffects'];
  entries: ContentEntry[];
  tiers: Allocation['tiers'];
  totals: Allocation['totals'];
}
