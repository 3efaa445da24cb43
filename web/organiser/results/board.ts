import type { RankedWork, Result, ResultTier } from '../types';

/** One column of the board: a prize tier and the works in it, best first. */
export interface BoardColumn extends ResultTier {
  works: RankedWork[];
  /** Places that nobody has taken. */
  vacant: number;
  /** Pictures as cards while a column holds few of them, else compact rows. */
  density: 'cards' | 'rows';
}

/** Above this many awards a column of picture cards is too long to oversee. */
export const MOST_CARDS = 8;

/** The tiers in their order, each with its works, and the works left without a prize. */
export function layOut(result: Pick<Result, 'ranking' | 'tiers'>): {
  columns: BoardColumn[];
  candidates: RankedWork[];
} {
  const columns = result.tiers.map((tier) => {
    const works = result.ranking.filter((work) => work.tier === tier.id);
    return {
      ...tier,
      works,
      vacant: Math.max(0, tier.quota - works.length),
      density: tier.quota > MOST_CARDS ? ('rows' as const) : ('cards' as const),
    };
  });
  return { columns, candidates: result.ranking.filter((work) => work.tier === null) };
}

/**
 * From this spread on a work deserves a second look: one and a half times the median spread of the round, which
 * marks about a tenth of the works whatever the scale of the marks. Null where too few works make a median idle.
 */
export function secondLookFrom(ranking: readonly Pick<RankedWork, 'spread'>[]): number | null {
  const spreads = ranking
    .map((work) => Number(work.spread))
    .filter((spread) => Number.isFinite(spread))
    .sort((a, b) => a - b);
  if (spreads.length < 5) return null;
  const half = spreads.length >> 1;
  const median = spreads.length % 2 === 1 ? spreads[half]! : (spreads[half - 1]! + spreads[half]!) / 2;
  return median > 0 ? median * 1.5 : null;
}
