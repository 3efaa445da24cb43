import { allocate, type AllocationInput, type Excluded } from '../arithmetic/allocation.js';
import { Fraction } from '../arithmetic/fraction.js';
import { normals } from './chance.js';
import type { Variances } from './reliability.js';

/** A work of the result, in its order. */
export interface Contender {
  id: string;
  person: string;
  excluded: Excluded | null;
  /** α̂ + μ, and by how many marks. */
  level: number;
  sheets: number;
}

export interface ConfidenceInput extends Omit<AllocationInput, 'order'> {
  works: readonly Contender[];
  /** Mean of all works, to which what marks say of a single one is shrunk. */
  mu: number;
  variances: Variances;
  seed: string;
  /** Points of a level to points of a score: floors are in these. Null: there is no way from one to the other. */
  toScore: number | null;
}

/** In which share of the draws a work came out in each tier; `none`: in none. They add up to 1. */
export interface Confidence {
  id: string;
  tiers: Map<string, number>;
  none: number;
}

export const DRAWS = 2000;

/** A work whose prize came out in fewer draws than this is too close to call. */
export const SURE_FROM = 0.6;

/** Works farther than this many standard deviations from every prize are not drawn: none would win in 10⁸ draws. */
const FAR = 6;

/**
 * How sure each work’s prize is. The worth of works is drawn from what the marks say of it, α* = ρα̂ + N(0, ρσ²/k) with
 * ρ = σ_α² / (σ_α² + σ²/k), and prizes are allotted by the allocator of the result: same limits, floors, overrides.
 * Drawing from the shrunk estimates is calibrated: of the places called 43 % sure 44 % were right, where a bootstrap
 * of residuals promised more than it kept (SCORING of the project, 3).
 *
 * @returns null where the marks show no difference between works beyond chance
 */
export function* tierConfidence(input: ConfidenceInput): Generator<void, Confidence[] | null> {
  const { works, variances, mu, tiers, rules, overrides = [], elsewhere, toScore } = input;
  if (variances.works <= 0) return null;
  const moved = new Set(overrides.flatMap((one) => (one.do === 'vacate' ? [] : [one.submission])));
  const field = contenders(
    works
      .filter(({ excluded, id }) => excluded === null || moved.has(id))
      .map((work) => {
        const rho = variances.works / (variances.works + variances.chance / work.sheets);
        const spread = Math.sqrt((rho * variances.chance) / work.sheets);
        return { ...work, centre: mu + rho * (work.level - mu), spread };
      }),
    input,
    moved,
  );
  const floors = toScore !== null && tiers.some(({ floor }) => floor !== null);
  const open = floors ? tiers : tiers.map((tier) => ({ ...tier, floor: null }));
  const counts = new Map(field.map(({ id }) => [id, new Map<string, number>()]));
  const normal = normals(input.seed);
  for (let draw = 0; draw < DRAWS; draw++) {
    const drawn = field.map((work) => ({ work, worth: work.centre + work.spread * normal() }));
    drawn.sort((a, b) => b.worth - a.worth);
    yield;
    const order = drawn.map(({ work: { id, person, excluded }, worth }, group) => ({
      ...{ id, person, excluded, group },
      score: floors ? decimal(worth * toScore) : Fraction.zero,
    }));
    const { entries } = allocate({ order, tiers: open, rules, overrides, elsewhere });
    for (const { id, tier } of entries) {
      if (tier === null) continue;
      const own = counts.get(id)!;
      own.set(tier, (own.get(tier) ?? 0) + 1);
    }
    yield;
  }
  return field.map(({ id }) => {
    const shares = new Map([...counts.get(id)!].map(([tier, count]) => [tier, count / DRAWS]));
    return { id, tiers: shares, none: 1 - [...shares.values()].reduce((sum, share) => sum + share, 0) };
  });
}

/** Those who could win in some draw: others have as many persons as there are prizes surely above them. */
function contenders<Work extends Contender & { centre: number; spread: number }>(
  works: Work[],
  { tiers, rules, elsewhere }: ConfidenceInput,
  moved: ReadonlySet<string>,
): Work[] {
  const prizes = tiers.reduce((sum, { quota }) => sum + quota, 0);
  const limit = rules.personLimit.contest ?? Infinity;
  const persons = new Map<string, number>();
  for (const { person, centre, spread } of works) {
    if ((elsewhere?.get(person) ?? 0) >= limit) continue;
    persons.set(person, Math.max(persons.get(person) ?? -Infinity, centre - FAR * spread));
  }
  const sure = [...persons.values()].sort((a, b) => b - a);
  const least = sure[prizes - 1] ?? -Infinity;
  return works.filter(({ id, centre, spread }) => moved.has(id) || centre + FAR * spread >= least);
}

function decimal(value: number): Fraction {
  return Fraction.of(BigInt(Math.round(value * 1e6)), 1_000_000n);
}
