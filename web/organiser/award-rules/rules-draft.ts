import { isWithin, type NumberField } from '../components/numbers';

export type QuotaTies = 'resolve' | 'expand' | 'vacate';
export type Promotion = 'cascade' | 'fill_same_tier' | 'leave_vacant';

export interface TierRules {
  id: string;
  name: string;
  quota: number;
  amountYuan: number;
  /** The least score for it; null: none. */
  floor: number | null;
  /** The most prizes of the tier for one author; null: no limit. */
  personLimit: number | null;
}

export interface CategoryRules {
  key: string;
  name: string;
  /** When its first round opened; null: rules may still change. */
  frozenAt: string | null;
  personLimit: number | null;
  quotaTies: QuotaTies;
  promotion: Promotion;
  tiers: TierRules[];
}

export interface AwardRules {
  personLimit: number | null;
  /** Whoever locks a result is not who made it. */
  secondLock: boolean;
  categories: CategoryRules[];
}

/** What is left out stays as it is. */
export interface AwardRulesChange {
  personLimit?: number | null;
  secondLock?: boolean;
  categories?: {
    key: string;
    personLimit: number | null;
    quotaTies: QuotaTies;
    promotion: Promotion;
    tiers: Pick<TierRules, 'id' | 'floor' | 'personLimit'>[];
  }[];
}

/** A category's rules while they are changed: an empty field is no limit. */
export interface CategoryDraft {
  personLimit: NumberField;
  quotaTies: QuotaTies;
  promotion: Promotion;
  tiers: { id: string; floor: NumberField; personLimit: NumberField }[];
}

const MOST_PRIZES = 1000;
const HIGHEST_FLOOR = 1_000_000;

export function draftOf({ personLimit, quotaTies, promotion, tiers }: CategoryRules): CategoryDraft {
  return {
    personLimit: personLimit ?? '',
    quotaTies,
    promotion,
    tiers: tiers.map(({ id, floor, personLimit: limit }) => ({
      ...{ id, floor: floor ?? '', personLimit: limit ?? '' },
    })),
  };
}

/** Of a draft without problems. */
export function changeOf(key: string, draft: CategoryDraft): AwardRulesChange {
  const { personLimit, quotaTies, promotion, tiers } = draft;
  return {
    categories: [
      {
        ...{ key, quotaTies, promotion, personLimit: numberOf(personLimit) },
        tiers: tiers.map(({ id, floor, personLimit: limit }) => ({
          ...{ id, floor: numberOf(floor), personLimit: numberOf(limit) },
        })),
      },
    ],
  };
}

/** Fields that make no sense, by the paths that the API names them within its category. */
export function wrongFields({ personLimit, tiers }: CategoryDraft): Set<string> {
  const fields: [path: string, right: boolean][] = [
    ['personLimit', isLimit(personLimit)],
    ...tiers.flatMap(({ floor, personLimit: limit }, index): [string, boolean][] => [
      [`tiers.${index}.floor`, isFloor(floor)],
      [`tiers.${index}.personLimit`, isLimit(limit)],
    ]),
  ];
  return new Set(fields.filter(([, right]) => !right).map(([path]) => path));
}

export function isLimit(value: NumberField): boolean {
  return value === '' || isWithin(value, 1, MOST_PRIZES);
}

/** Scores are compared in ten-thousandths. */
function isFloor(value: NumberField): boolean {
  if (value === '') return true;
  return value >= 0 && value <= HIGHEST_FLOOR && Number(value.toFixed(4)) === value;
}

export function numberOf(value: NumberField): number | null {
  return value === '' ? null : value;
}
