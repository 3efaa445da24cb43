/** A work in the order of the ranking, the best first. */
export interface Candidate {
  id: string;
  /** Whoever counts as one author (name and phone, merged by the organiser); decided by the caller. */
  person: string;
  /** Out of the running, though ranked; null for everyone else. */
  excluded?: 'WITHDRAWN' | 'DISQUALIFIED' | null;
}

/** A prize tier; the list of them goes from the highest down. */
export interface Tier {
  id: string;
  quota: number;
  amountYuan: number;
}

export interface AllocationPolicy {
  /** The most prizes one person may get in this category; null for no limit. */
  personLimit: number | null;
}

/** Why a work has no prize. `PERSON_LIMIT` only where there was a place that the person had to leave. */
export type SkipReason = 'WITHDRAWN' | 'DISQUALIFIED' | 'PERSON_LIMIT' | 'NO_ROOM';

export interface Placement {
  id: string;
  tier: string | null;
  skipped: SkipReason | null;
}

export interface Allocation {
  /** In the order given. */
  entries: Placement[];
  /** In the order of the tiers. */
  tiers: (Tier & { filled: number })[];
  /** Given out, and what all tiers would hold. */
  totals: { awards: number; amountYuan: number; budgetAwards: number; budgetYuan: number };
}

/**
 * Hands out the prizes of one category: each work in turn gets the highest tier with room, unless it is excluded or
 * its author has reached the limit. So a person's best work wins, and the place of a work that is passed over goes
 * to the next in order (递补).
 */
export function allocate(
  order: readonly Candidate[],
  tiers: readonly Tier[],
  { personLimit }: AllocationPolicy,
): Allocation {
  const filled = tiers.map((tier) => ({ ...tier, filled: 0 }));
  const prizesOf = new Map<string, number>();
  const entries = order.map(({ id, person, excluded }): Placement => {
    if (excluded) return { id, tier: null, skipped: excluded };
    const tier = filled.find(({ quota, filled: taken }) => taken < quota);
    if (!tier) return { id, tier: null, skipped: 'NO_ROOM' };
    const prizes = prizesOf.get(person) ?? 0;
    if (personLimit !== null && prizes >= personLimit) return { id, tier: null, skipped: 'PERSON_LIMIT' };
    tier.filled += 1;
    prizesOf.set(person, prizes + 1);
    return { id, tier: tier.id, skipped: null };
  });
  return {
    entries,
    tiers: filled,
    totals: {
      awards: filled.reduce((sum, tier) => sum + tier.filled, 0),
      amountYuan: yuan(filled, (tier) => tier.filled),
      budgetAwards: filled.reduce((sum, tier) => sum + tier.quota, 0),
      budgetYuan: yuan(filled, (tier) => tier.quota),
    },
  };
}

/** Added up in fen, so that amounts with decimals come out even. */
function yuan<T extends Tier>(tiers: readonly T[], count: (tier: T) => number): number {
  return tiers.reduce((fen, tier) => fen + Math.round(tier.amountYuan * 100) * count(tier), 0) / 100;
}
