import { type Decimal, Fraction, leastCommonMultiple } from './fraction.js';

/** How the judges' totals of one work become its score. */
export type Method = 'trimmed' | 'mean';

/** What an organiser may ask for; `auto` lets the size of the panel decide. */
export type MethodSetting = Method | 'auto';

/** One question on the score sheet. Marks run from `min` to `max`; weights need not add up to anything. */
export interface Criterion {
  id: string;
  name: string;
  weight: Decimal;
  min: Decimal;
  max: Decimal;
  step?: Decimal;
}

/** A judge's marks of one work by criterion id. No mark is null (or absent), never 0. */
export type Marks = Readonly<Record<string, Decimal | null | undefined>>;

export interface TooFewJudges {
  code: 'RESULT.TOO_FEW_JUDGES';
  planned: number;
  needed: number;
}

/** Below this many judges no score is published, whatever the method. */
export const LEAST_JUDGES = 3;

/** From this many planned judges on, `auto` drops the highest and the lowest total (去掉一个最高分和一个最低分). */
export const LEAST_JUDGES_TO_TRIM = 5;

/** Marks may have this many decimals; they are counted in whole units of 10^-4. */
const MARK_DECIMALS = 4;
const MARK_UNIT = 10n ** BigInt(MARK_DECIMALS);

/**
 * The method of a round, fixed when it opens by the number of judges planned for each work. Judges who drop out
 * later never change it: see `comparable.ts` for what happens to the works that they leave short.
 */
export function chooseMethod(
  setting: MethodSetting,
  plannedJudges: number,
  leastJudges = LEAST_JUDGES,
): { method: Method } | { refusal: TooFewJudges } {
  if (plannedJudges < leastJudges) {
    return { refusal: { code: 'RESULT.TOO_FEW_JUDGES', planned: plannedJudges, needed: leastJudges } };
  }
  // Nothing is left of one or two totals once the highest and the lowest are gone.
  if (plannedJudges < LEAST_JUDGES) return { method: 'mean' };
  if (setting !== 'auto') return { method: setting };
  return { method: plannedJudges >= LEAST_JUDGES_TO_TRIM ? 'trimmed' : 'mean' };
}

/** @throws RangeError if there is no value */
export function mean(values: readonly Fraction[]): Fraction {
  return sum(values).div(Fraction.of(BigInt(values.length)));
}

/**
 * The mean without one highest and one lowest value; of a tied extreme one instance goes.
 * @throws RangeError below three values
 */
export function trimmedMean(values: readonly Fraction[]): Fraction {
  if (values.length < 3) throw new RangeError(`a trimmed mean needs three values, not ${values.length}`);
  return mean(ascending(values).slice(1, -1));
}

/** @throws RangeError if there is no value */
export function median(values: readonly Fraction[]): Fraction {
  const sorted = ascending(values);
  const half = sorted.length >> 1;
  return mean(sorted.length % 2 === 1 ? [sorted[half]] : sorted.slice(half - 1, half + 1));
}

export function aggregate(method: Method, values: readonly Fraction[]): Fraction {
  return method === 'trimmed' ? trimmedMean(values) : mean(values);
}

export function ascending(values: readonly Fraction[]): Fraction[] {
  return [...values].sort((a, b) => a.compare(b));
}

export function sum(values: readonly Fraction[]): Fraction {
  return values.reduce((total, value) => total.add(value), Fraction.zero);
}

/** A complete sheet in whole numbers, so that a round of 10,000 works is added up without a division. */
export interface CountedSheet {
  /** The judge's total × `SheetCounter.unit`. */
  total: bigint;
  /** Mark − min by criterion, in the order of the criteria, × `SheetCounter.markUnit`. */
  marks: bigint[];
}

/**
 * Counts score sheets: y = Σ_c w_c · 100 · (x_c − min_c) / (max_c − min_c) / Σw, from 0 to 100.
 * All of it is brought to one denominator first, so a sheet costs a multiplication for each criterion.
 */
export class SheetCounter {
  readonly unit: bigint;
  readonly markUnit = MARK_UNIT;
  private readonly rows: { id: string; name: string; min: bigint; span: bigint; factor: bigint }[];
  private readonly seen = new Map<Decimal, bigint>();

  /** @throws RangeError if there is no criterion, a weight is not positive or a range is empty */
  constructor(criteria: readonly Criterion[]) {
    if (criteria.length === 0) throw new RangeError('a score sheet needs a criterion');
    const weights = criteria.map(({ weight }) => Fraction.fromDecimalString(weight));
    const allWeights = sum(weights);
    const ranges = criteria.map(({ min, max }) => ({
      min: this.inUnits(min),
      span: this.inUnits(max) - this.inUnits(min),
    }));
    criteria.forEach(({ name }, index) => {
      if (weights[index].numerator <= 0n) throw new RangeError(`the weight of “${name}” must be above zero`);
      if (ranges[index].span <= 0n) {
        throw new RangeError(`the highest mark of “${name}” must be above the lowest`);
      }
    });
    const shares = criteria.map((_, index) =>
      weights[index]
        .mul(Fraction.of(100n))
        .div(allWeights.mul(Fraction.of(ranges[index].span)))
        .reduce(),
    );
    this.unit = leastCommonMultiple(shares.map((share) => share.denominator));
    this.rows = criteria.map(({ id, name }, index) => ({
      id,
      name,
      ...ranges[index],
      factor: (shares[index].numerator * this.unit) / shares[index].denominator,
    }));
  }

  /**
   * The sheet in whole units, or null if a mark is missing: an incomplete sheet does not count.
   * @throws RangeError for a mark outside its range or with more than four decimals
   */
  count(marks: Marks): CountedSheet | null {
    const counted: bigint[] = [];
    let total = 0n;
    for (const { id, name, min, span, factor } of this.rows) {
      const mark = marks[id];
      if (mark === null || mark === undefined) return null;
      const above = this.inUnits(mark) - min;
      if (above < 0n || above > span) throw new RangeError(`the mark ${mark} for “${name}” is out of range`);
      counted.push(above);
      total += factor * above;
    }
    return { total, marks: counted };
  }

  /** Rounds repeat the same few marks, so each is read once. */
  private inUnits(value: Decimal): bigint {
    let units = this.seen.get(value);
    if (units === undefined) {
      const { numerator, denominator } = Fraction.fromDecimalString(value);
      if ((numerator * MARK_UNIT) % denominator !== 0n) {
        throw new RangeError(`“${value}” has more than ${MARK_DECIMALS} decimals`);
      }
      units = (numerator * MARK_UNIT) / denominator;
      this.seen.set(value, units);
    }
    return units;
  }
}
