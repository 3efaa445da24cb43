import type { Promotion } from '../../contests/award-rules.js';
import { type AllocationRules, type Candidate, mayHave, type Tier } from './allocation.js';
import { Fraction } from './fraction.js';

/** A work of a locked result: in its order, with the tier that it has. */
export interface Holder extends Candidate {
  tier: string | null;
  /** The organiser put it where it is, or took it out: it stays there. */
  overridden: boolean;
}

/** From one tier to another; from null: it had no prize; to null: it lost it. */
export interface Move {
  id: string;
  from: string | null;
  to: string | null;
}

export interface PromotionInput {
  /** The order of the result as it was locked, which nothing changes. */
  order: readonly Holder[];
  tiers: readonly (Tier & { filled: number; vacated: number })[];
  rules: AllocationRules;
  elsewhere: ReadonlyMap<string, number>;
  policy: Promotion;
  /** Works that are out from now on. */
  out: readonly string[];
}

/**
 * 递补 after a result was locked. Places that fall free are filled from the highest tier down, each by the first work
 * in order that has a lower prize or none, meets the floor, and whose author may have it; where the policy is to
 * `cascade`, the place that such a work leaves falls free in turn. Nobody is demoted; places that were empty before
 * stay empty, and a tier that held more than its quota (ties) frees a place only once it is below it.
 */
export function promote({ order, tiers, rules, elsewhere, policy, out }: PromotionInput): Move[] {
  const gone = new Set(out);
  const tierOf = new Map(order.map(({ id, tier }) => [id, tier]));
  const moves = order
    .filter(({ id, tier }) => gone.has(id) && tier !== null)
    .map(({ id, tier }): Move => ({ id, from: tier, to: null }));
  for (const { id } of moves) tierOf.set(id, null);
  if (policy === 'leave_vacant') return moves;

  const free = new Map<string, number>();
  for (const { id, filled, quota, vacated } of tiers) {
    const left = moves.filter(({ from }) => from === id).length;
    free.set(id, Math.max(0, Math.min(left, quota - vacated - (filled - left))));
  }
  const worksOf = Map.groupBy(order, ({ person }) => person);
  const rankOf = new Map(tiers.map(({ id }, rank) => [id, rank]));
  tiers.forEach((tier, rank) => {
    const floor = tier.floor === null ? null : Fraction.fromDecimalString(tier.floor);
    const rises = (one: Holder) => {
      if (gone.has(one.id) || one.excluded || one.overridden) return false;
      const has = tierOf.get(one.id) ?? null;
      if (has !== null && rankOf.get(has)! <= rank) return false;
      if (floor && one.score.compare(floor) < 0) return false;
      const held = worksOf.get(one.person)!.flatMap(({ id }) => {
        const other = id === one.id ? null : tierOf.get(id);
        return other ? [other] : [];
      });
      return mayHave(tier, held, elsewhere.get(one.person) ?? 0, rules);
    };
    for (let places = free.get(tier.id)!; places > 0; places -= 1) {
      const next = order.find(rises);
      if (!next) return;
      const from = tierOf.get(next.id) ?? null;
      moves.push({ id: next.id, from, to: tier.id });
      tierOf.set(next.id, tier.id);
      if (from !== null && policy === 'cascade') free.set(from, free.get(from)! + 1);
    }
  });
  return moves;
}
