import type { Selection } from '../../judging/round.entity.js';
import { Fraction } from '../arithmetic/fraction.js';

/** A work of a closed round by what it is selected by; null: it got too little to be selected at all. */
export interface Candidate {
  id: string;
  value: Fraction | null;
}

export type Fate = 'yes' | 'tied' | 'no';

/**
 * Which works go on. Works with equal values are never parted: where a number falls into the middle of some, they are
 * `tied`, and go on all together (`in`) or wait for a vote of their own (`out`).
 */
export function choose(
  candidates: readonly Candidate[],
  rule: Exclude<Selection, { by: 'hand' }>,
): Map<string, Fate> {
  const valued = candidates.filter((one): one is { id: string; value: Fraction } => one.value !== null);
  const fates = new Map<string, Fate>(candidates.map(({ id }) => [id, 'no']));
  const give = (of: readonly { id: string }[], fate: Fate) => of.forEach(({ id }) => fates.set(id, fate));
  if (rule.by === 'threshold') {
    const least = Fraction.fromDecimalString(rule.least);
    give(
      valued.filter(({ value }) => value.compare(least) >= 0),
      'yes',
    );
    return fates;
  }
  const order = [...valued].sort((a, b) => b.value.compare(a.value));
  if (order.length <= rule.count) {
    give(order, 'yes');
    return fates;
  }
  const line = order[rule.count - 1].value;
  const above = order.filter(({ value }) => value.compare(line) > 0);
  const on = order.filter(({ value }) => value.compare(line) === 0);
  give(above, 'yes');
  const parted = above.length + on.length > rule.count;
  give(on, parted && rule.tied === 'out' ? 'tied' : 'yes');
  return fates;
}
