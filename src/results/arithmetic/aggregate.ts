import type { Trim } from '../../judging/scoring-rules.js';
import { type Decimal, Fraction, leastCommonMultiple } from './fraction.js';

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

/** Marks may have this many decimals; they are counted in whole units of 10^-4. */
const MARK_DECIMALS = 4;
const MARK_UNIT = 10n ** BigInt(MARK_DECIMALS);

/** @throws RangeError if there is no value */
export function mean(values: readonly Fraction[]): Fraction {
  return sum(values).div(Fraction.of(BigInt(values.length)));
}

/**
 * The values in order without so many of the highest and of the lowest (去掉最高分和最低分); of tied extremes as many
 * instances go as are dropped.
 */
export function trim(values: readonly Fraction[], { highest, lowest }: Trim): Fraction[] {
  return ascending(values).slice(lowest, Math.max(lowest, values.length - highest));
}

/**
 * (Σy − the dropped) / (k − highest − lowest).
 * @throws RangeError where nothing is left
 */
export function trimmedMean(
  values: readonly Fraction[],
  dropped: Trim = { highest: 1, lowest: 1 },
): Fraction {
  const kept = trim(values, dropped);
  if (kept.length === 0) throw new RangeError(`nothing is left of ${values.length} values`);
  return mean(kept);
}

/** @throws RangeError if there is no value */
export function median(values: readonly Fraction[]): Fraction {
  const sorted = ascending(values);
  const half = sorted.length >> 1;
  return mean(sorted.length % 2 === 1 ? [sorted[half]] : sorted.slice(half - 1, half + 1));
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
}

/**
 * Counts score sheets: y = Σ_c w_c · 100 · (x_c − min_c) / (max_c − min_c) / Σw, from 0 to 100.
 * All of it is brought to one denominator first, so a sheet costs a multiplication for each criterion.
 */
export class SheetCounter {
  readonly unit: bigint;
  readonly markUnit = MARK_UNIT;
  private readonly rows: { id: string; name: string; min: number; span: number; factor: bigint }[];
  private readonly seen = new Map<Decimal, number>();

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
      if (ranges[index].span <= 0) {
        throw new RangeError(`the highest mark of “${name}” must be above the lowest`);
      }
    });
    const shares = criteria.map((_, index) =>
      weights[index]
        .mul(Fraction.of(100n))
        .div(allWeights.mul(Fraction.of(BigInt(ranges[index].span))))
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

  /** How many criteria a sheet has. */
  get width(): number {
    return this.rows.length;
  }

  /**
   * Mark − min by criterion, in the order of the criteria, × `markUnit`; or null if a mark is missing: an incomplete
   * sheet does not count.
   * @throws RangeError for a mark outside its range or with more than four decimals
   */
  read(marks: Marks): number[] | null {
    const row: Decimal[] = [];
    for (const { id } of this.rows) {
      const mark = marks[id];
      if (mark === null || mark === undefined) return null;
      row.push(mark);
    }
    return this.readRow(row);
  }

  /** The same for marks in the order of the criteria, all of them there. */
  readRow(marks: readonly Decimal[]): number[] {
    return this.rows.map(({ name, min, span }, index) => {
      const above = this.inUnits(marks[index]) - min;
      if (above < 0 || above > span) {
        throw new RangeError(`the mark ${marks[index]} for “${name}” is out of range`);
      }
      return above;
    });
  }

  /** The total of a sheet that stands, as `read` gives it, in `cells` from there on; × `unit`. */
  total(cells: readonly number[], from = 0): bigint {
    let total = 0n;
    for (let index = 0; index < this.rows.length; index++) {
      total += this.rows[index].factor * BigInt(cells[from + index]);
    }
    return total;
  }

  /** The sheet in whole units, or null if a mark is missing. */
  count(marks: Marks): CountedSheet | null {
    const read = this.read(marks);
    return read && { total: this.total(read) };
  }

  /** The mark that stands so far above its criterion's lowest, as it was given. */
  markOf(criterion: number, above: number): number {
    return (this.rows[criterion].min + above) / Number(MARK_UNIT);
  }

  /** Rounds repeat the same few marks, so each is read once. Whole numbers of units are far below 2^53. */
  private inUnits(value: Decimal): number {
    let units = this.seen.get(value);
    if (units === undefined) {
      const { numerator, denominator } = Fraction.fromDecimalString(value);
      if ((numerator * MARK_UNIT) % denominator !== 0n) {
        throw new RangeError(`“${value}” has more than ${MARK_DECIMALS} decimals`);
      }
      units = Number((numerator * MARK_UNIT) / denominator);
      if (!Number.isSafeInteger(units)) throw new RangeError(`“${value}” is too large for a mark`);
      this.seen.set(value, units);
    }
    return units;
  }
}
