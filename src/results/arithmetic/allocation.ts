import type { QuotaTies } from '../../contests/award-rules.js';
import { type Decimal, Fraction } from './fraction.js';

/** A work in the order of the ranking, the best first. */
export interface Candidate {
  id: string;
  /** Whoever counts as one author (name and phone, merged by the organiser). A work has one: teams enter as one name. */
  person: string;
  /** Works that the marks leave equal share a number; they stand next to each other. */
  group: number;
  score: Fraction;
  /** Out of the running, though ranked; null for everyone else. */
  excluded?: Excluded | null;
}

export type Excluded = 'WITHDRAWN' | 'DISQUALIFIED' | 'NOT_PASSED';

/** A prize tier; the list of them goes from the highest down. */
export interface Tier {
  id: string;
  quota: number;
  amountYuan: number;
  /** The least score for it; null for none. */
  floor: Decimal | null;
  /** The most prizes of this tier for one person; null for no limit. */
  personLimit: number | null;
}

export interface AllocationRules {
  quotaTies: QuotaTies;
  /** The most prizes one person may get in this category, and in the contest; null for no limit. */
  personLimit: { category: number | null; contest: number | null };
}

/** What the organiser decides against the order, each with a reason that the caller keeps. */
export type Override =
  | { do: 'place'; submission: string; tier: string }
  | { do: 'out'; submission: string }
  /** 空缺: so many places of the tier are not given. */
  | { do: 'vacate'; tier: string; places: number };

export interface AllocationInput {
  /** The best first. */
  order: readonly Candidate[];
  tiers: readonly Tier[];
  rules: AllocationRules;
  overrides?: readonly Override[];
  /** Prizes that persons have in other categories of the contest. */
  elsewhere?: ReadonlyMap<string, number>;
}

/** Why a work has no prize. `PERSON_LIMIT` and `BELOW_FLOOR` only where there was a place that it could not take. */
export type SkipReason = Excluded | 'PERSON_LIMIT' | 'BELOW_FLOOR' | 'TAKEN_OUT' | 'NO_ROOM';

export interface Placement {
  id: string;
  tier: string | null;
  skipped: SkipReason | null;
  /** Tiers with room that it was passed over for, from the highest down. */
  passed: { tier: string; reason: 'PERSON_LIMIT' | 'BELOW_FLOOR' }[];
  /** Whether the organiser put it there, or took it out. */
  overridden: boolean;
}

export interface Allocation {
  /** In the order given. */
  entries: Placement[];
  /** In the order of the tiers. */
  tiers: (Tier & { filled: number; vacated: number })[];
  /** Given out, and what all tiers would hold. */
  totals: { awards: number; amountYuan: number; budgetAwards: number; budgetYuan: number };
}

/**
 * Hands out the prizes of one category: each work in turn gets the highest tier with room, unless it is excluded,
 * below the tier's floor, or its author has reached a limit. So a person's best work wins, and the place of a work
 * that is passed over goes to the next in order (递补). What a floor leaves empty, or the organiser declares vacant
 * (空缺), enlarges no lower tier.
 *
 * Where a tier would part works that the marks leave equal, `resolve` lets the tie chain decide; `expand` gives all of
 * them the tier, beyond its quota, and leaves the others as large as they were (Sydney 2000: a shared 18th place of 18,
 * 19 went on); `vacate` gives it to none of them, and the places stay empty.
 */
export function allocate(input: AllocationInput): Allocation {
  const desk = new Desk(input);
  const placed = new Map<string, Placement>();
  for (const override of input.overrides ?? []) {
    if (override.do === 'vacate') continue;
    const { submission: id } = override;
    placed.set(id, override.do === 'place' ? desk.put(id, override.tier) : takenOut(id));
  }
  const rest = input.order.filter(({ id }) => !placed.has(id));
  for (let from = 0, to = 0; from < rest.length; from = to) {
    while (to < rest.length && rest[to].group === rest[from].group) to += 1;
    for (const placement of desk.serve(rest.slice(from, to))) placed.set(placement.id, placement);
  }
  return {
    entries: input.order.map(({ id }) => placed.get(id)!),
    ...countUp(input.tiers, (tier) => desk.filled(tier), desk.vacated),
  };
}

/** Tiers with what was given of them, and the totals. */
export function countUp(
  tiers: readonly Tier[],
  filledOf: (tier: string) => number,
  vacatedOf: (tier: string) => number,
): Pick<Allocation, 'tiers' | 'totals'> {
  const counted = tiers.map((tier) => ({
    ...tier,
    filled: filledOf(tier.id),
    vacated: vacatedOf(tier.id),
  }));
  return {
    tiers: counted,
    totals: {
      awards: counted.reduce((sum, tier) => sum + tier.filled, 0),
      amountYuan: yuan(counted, (tier) => tier.filled),
      budgetAwards: counted.reduce((sum, tier) => sum + tier.quota, 0),
      budgetYuan: yuan(counted, (tier) => tier.quota),
    },
  };
}

/** What stands in the way of overrides, or null: a place too many in a tier, a work twice, or one that isn't there. */
export function overrideProblem({
  order,
  tiers,
  overrides = [],
}: Pick<AllocationInput, 'order' | 'tiers' | 'overrides'>): { tier?: string; submission?: string } | null {
  const running = new Set(order.filter(({ excluded }) => !excluded).map(({ id }) => id));
  const left = new Map(tiers.map(({ id, quota }) => [id, quota]));
  for (const override of overrides) {
    if (override.do !== 'vacate' && !running.delete(override.submission)) {
      return { submission: override.submission };
    }
    if (override.do === 'out') continue;
    const room = (left.get(override.tier) ?? 0) - (override.do === 'vacate' ? override.places : 1);
    if (room < 0) return { tier: override.tier };
    left.set(override.tier, room);
  }
  return null;
}

function takenOut(id: string): Placement {
  return { id, tier: null, skipped: 'TAKEN_OUT', passed: [], overridden: true };
}

interface Answer {
  placement: Placement;
  /** Tiers that it would have got, had there been room. */
  wanted: string[];
}

/** Prizes as they are given out. */
class Desk {
  private readonly taken = new Map<string, number>();
  private readonly capacity: Map<string, number>;
  private readonly floors: Map<string, Fraction>;
  private readonly prizes = new Map<string, string[]>();
  private readonly persons: Map<string, string>;

  constructor(private readonly input: AllocationInput) {
    this.capacity = new Map(input.tiers.map(({ id, quota }) => [id, quota - this.vacated(id)]));
    this.floors = new Map(
      input.tiers.flatMap(({ id, floor }) =>
        floor === null ? [] : [[id, Fraction.fromDecimalString(floor)] as const],
      ),
    );
    this.persons = new Map();
    if (input.overrides?.length) for (const { id, person } of input.order) this.persons.set(id, person);
  }

  filled(tier: string): number {
    return this.taken.get(tier) ?? 0;
  }

  readonly vacated = (tier: string): number =>
    (this.input.overrides ?? []).reduce(
      (sum, one) => sum + (one.do === 'vacate' && one.tier === tier ? one.places : 0),
      0,
    );

  /** By the organiser's word. */
  put(id: string, tier: string): Placement {
    this.give(this.persons.get(id)!, tier);
    return { id, tier, skipped: null, passed: [], overridden: true };
  }

  /** Works that are equal, in the order of the chain. */
  serve(equals: readonly Candidate[]): Placement[] {
    if (this.isEmpty()) {
      return equals.map(({ id, excluded }) => ({
        ...{ id, tier: null, passed: [], overridden: false },
        skipped: excluded ?? 'NO_ROOM',
      }));
    }
    for (;;) {
      const open = new Set<string>();
      const answers = equals.map((one) => this.place(one, open));
      const parted =
        this.input.rules.quotaTies === 'vacate' &&
        answers
          .map(({ placement }) => placement.tier)
          .find((tier) => tier !== null && answers.some(({ wanted }) => wanted.includes(tier)));
      if (!parted) return answers.map(({ placement }) => placement);
      // Nobody of them gets it: what they took is given back, and the tier is closed.
      equals.forEach(({ person }, index) => {
        const { tier } = answers[index].placement;
        if (tier !== null) this.takeBack(person, tier);
      });
      this.capacity.set(parted, this.filled(parted));
    }
  }

  /** Nothing is left to be given: so it is for most works of most contests. */
  private isEmpty(): boolean {
    return this.input.tiers.every(({ id }) => this.filled(id) >= this.capacity.get(id)!);
  }

  private place({ id, person, score, excluded }: Candidate, open: Set<string>): Answer {
    const passed: Placement['passed'] = [];
    const wanted: string[] = [];
    const { quotaTies } = this.input.rules;
    const answer = (tier: string | null, skipped: SkipReason | null) => ({
      placement: { id, tier, skipped, passed, overridden: false },
      wanted,
    });
    if (excluded) return answer(null, excluded);
    for (const tier of this.input.tiers) {
      const room = this.filled(tier.id) < this.capacity.get(tier.id)! || open.has(tier.id);
      // Only whoever vacates tied places asks what would have been.
      if (!room && quotaTies !== 'vacate') continue;
      const reason = this.refusal(tier, person, score);
      if (!room) {
        if (!reason) wanted.push(tier.id);
        continue;
      }
      if (reason) {
        passed.push({ tier: tier.id, reason });
        continue;
      }
      if (quotaTies === 'expand') open.add(tier.id);
      this.give(person, tier.id);
      return answer(tier.id, null);
    }
    if (passed.length === 0) return answer(null, 'NO_ROOM');
    return answer(
      null,
      passed.some(({ reason }) => reason === 'PERSON_LIMIT') ? 'PERSON_LIMIT' : 'BELOW_FLOOR',
    );
  }

  private refusal(tier: Tier, person: string, score: Fraction): 'PERSON_LIMIT' | 'BELOW_FLOOR' | null {
    const floor = this.floors.get(tier.id);
    if (floor && score.compare(floor) < 0) return 'BELOW_FLOOR';
    const held = this.prizes.get(person) ?? [];
    const elsewhere = this.input.elsewhere?.get(person) ?? 0;
    return mayHave(tier, held, elsewhere, this.input.rules) ? null : 'PERSON_LIMIT';
  }

  private give(person: string, tier: string): void {
    this.taken.set(tier, this.filled(tier) + 1);
    this.prizes.set(person, [...(this.prizes.get(person) ?? []), tier]);
  }

  private takeBack(person: string, tier: string): void {
    this.taken.set(tier, this.filled(tier) - 1);
    const held = this.prizes.get(person)!;
    held.splice(held.indexOf(tier), 1);
  }
}

/** Whether somebody who holds such tiers of this category, and so many prizes elsewhere, may have one more of a tier. */
export function mayHave(
  tier: Tier,
  held: readonly string[],
  elsewhere: number,
  { personLimit: { category, contest } }: AllocationRules,
): boolean {
  if (category !== null && held.length >= category) return false;
  if (contest !== null && held.length + elsewhere >= contest) return false;
  return tier.personLimit === null || held.filter((id) => id === tier.id).length < tier.personLimit;
}

/** Added up in fen, so that amounts with decimals come out even. */
function yuan<T extends Tier>(tiers: readonly T[], count: (tier: T) => number): number {
  return tiers.reduce((fen, tier) => fen + Math.round(tier.amountYuan * 100) * count(tier), 0) / 100;
}
