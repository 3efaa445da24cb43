import type { Category, Result } from './api-types.js';

/**
 * Compares a result with what the contest promises.
 * @param entrants how many may win at most: authors where a person wins once, else works
 * @returns a sentence for each difference; empty when all agrees
 */
export function awardDifferences(category: Category, result: Result, entrants: number): string[] {
  const differences: string[] = [];
  const promised = category.prizeTiers.reduce((sum, tier) => sum + tier.quota, 0);
  const full = entrants >= promised;
  let awards = 0;
  let amount = 0;
  for (const tier of category.prizeTiers) {
    const filled = result.ranking.filter((row) => row.tier === tier.id).length;
    awards += filled;
    amount += filled * tier.amountYuan;
    if (full ? filled !== tier.quota : filled > tier.quota) {
      differences.push(`${category.name} ${tier.name}: ${filled} ≠ ${tier.quota}`);
    }
    const said = result.tiers.find(({ id }) => id === tier.id)?.filled;
    if (said !== filled) {
      differences.push(`${category.name} ${tier.name}: filled ${said} ≠ ${filled} in the ranking`);
    }
  }
  const expected = Math.min(entrants, promised);
  if (awards !== expected) differences.push(`${category.name}: ${awards} awards ≠ ${expected}`);
  if (result.totals.awards !== awards) {
    differences.push(`${category.name}: totals.awards ${result.totals.awards} ≠ ${awards}`);
  }
  if (result.totals.amountYuan !== amount) {
    differences.push(`${category.name}: totals.amountYuan ${result.totals.amountYuan} ≠ ${amount}`);
  }
  return differences;
}
