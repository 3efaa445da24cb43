import type { Override, RankedWork, Result } from '../types';

/** Where a work may be moved: a tier, out of the prizes, or back to where its score puts it. */
export type Place = { to: 'tier'; tier: string } | { to: 'out' } | { to: 'order' };

/** Of a locked result also out of the contest, and then others move up as its rules have it. */
export type Target = Place | { to: 'disqualified' };

/** The overrides with one work moved; a work has one at most. */
export function moved(
  overrides: readonly Override[],
  submission: string,
  target: Place,
  reason: string,
): Override[] {
  const others = overrides.filter((one) => one.submission !== submission);
  const own = { submission, places: null, reason };
  switch (target.to) {
    case 'tier':
      return [...others, { ...own, do: 'place', tier: target.tier }];
    case 'out':
      return [...others, { ...own, do: 'out', tier: null }];
    case 'order':
      return others;
  }
}

/** The overrides with so many places of a tier left vacant; with none it is as the order has it. */
export function vacated(
  overrides: readonly Override[],
  tier: string,
  places: number,
  reason: string,
): Override[] {
  const others = overrides.filter((one) => one.do !== 'vacate' || one.tier !== tier);
  return places === 0 ? others : [...others, { do: 'vacate', submission: null, tier, places, reason }];
}

/** What a key on a work asks for: 1 … 9 a tier, 0 or X out, U back to the order. Null: nothing. */
export function targetOfKey(
  key: string,
  tiers: readonly { id: string }[],
  work: Pick<RankedWork, 'tier' | 'overridden'>,
): Place | null {
  if (key === 'u' || key === 'U') return work.overridden ? { to: 'order' } : null;
  if (key === '0' || key === 'x' || key === 'X') return work.tier === null ? null : { to: 'out' };
  const tier = /^[1-9]$/.test(key) ? tiers[Number(key) - 1] : undefined;
  return tier && tier.id !== work.tier ? { to: 'tier', tier: tier.id } : null;
}

/** Works of two pages in one list by place, each once. */
export function joined(known: readonly RankedWork[], more: readonly RankedWork[]): RankedWork[] {
  const byPlace = new Map([...known, ...more].map((work) => [work.place, work]));
  return [...byPlace.values()].sort((a, b) => a.place - b.place);
}

/** Prizes that are in no page yet. */
export function missingAwards({ ranking, totals }: Pick<Result, 'ranking' | 'totals'>): number {
  return totals.awards - ranking.filter(({ tier }) => tier !== null).length;
}
