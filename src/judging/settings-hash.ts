import { createHash } from 'node:crypto';
import { canonicalJson } from '../audit/chain.js';
import type { Round } from './round.entity.js';

const frozenColumns = [
  'kind',
  'criteria',
  'method',
  'scoring',
  'quorum',
  'passPercent',
  'tokens',
  'seed',
  'anonymous',
  'ofTied',
  'marksBeforeClose',
] as const;

/** All of a round that its opening freezes, but for its panel and the number of judges a work, which may change. */
export type FrozenSettings = Pick<Round, (typeof frozenColumns)[number] | 'sourceIds'>;

/** SHA-256 of a round's settings as it opens: with its judges in their order, and how many of them each work has. */
export function settingsHashOf(
  round: FrozenSettings,
  judges: readonly string[],
  perSubmission: number | null,
): string {
  const frozen = Object.fromEntries(frozenColumns.map((column) => [column, round[column]]));
  return createHash('sha256')
    .update(canonicalJson({ ...frozen, sources: round.sourceIds, judges, perSubmission }))
    .digest('hex');
}

/**
 * Whether these settings can be the ones that gave the hash. Judges who joined since stand behind those of the opening,
 * and k may have been changed: with `plannedJudges` there is one number of judges for each k that may have been.
 */
export function hashHolds(
  round: FrozenSettings & Pick<Round, 'plannedJudges' | 'settingsHash'>,
  judges: readonly string[],
): boolean {
  const holds = (panel: readonly string[], perSubmission: number | null) =>
    settingsHashOf(round, panel, perSubmission) === round.settingsHash;
  const planned = round.plannedJudges!;
  return (
    holds(judges.slice(0, planned), null) ||
    judges.some((_, place) => holds(judges.slice(0, place + 1), planned))
  );
}
