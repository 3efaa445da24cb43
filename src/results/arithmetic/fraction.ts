/** A decimal as people and JSON write it. A number stands for the shortest decimal that prints it: 0.1 is 1/10. */
export type Decimal = number | string;

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i;

/**
 * An exact rational number. Immutable. Kept unreduced, because the marks of one round share a denominator and
 * adding and comparing over a shared one needs no common divisor; it is reduced only where it is printed.
 */
export class Fraction {
  static readonly zero = new Fraction(0n, 1n);

  private constructor(
    readonly numerator: bigint,
    /** Always positive. */
    readonly denominator: bigint,
  ) {}

  /** @throws RangeError if the denominator is zero */
  static of(numerator: bigint, denominator = 1n): Fraction {
    if (denominator === 0n) throw new RangeError('a fraction cannot have the denominator zero');
    return denominator < 0n ? new Fraction(-numerator, -denominator) : new Fraction(numerator, denominator);
  }

  /**
   * Reads a decimal exactly: `'8.75'`, `0.1`, `'-3'`, `1e-7`.
   * @throws RangeError for anything that is not a finite decimal
   */
  static fromDecimalString(text: Decimal): Fraction {
    const parts = DECIMAL.exec(String(text).trim());
    if (!parts) throw new RangeError(`“${text}” is not a decimal number`);
    const [, sign, whole, decimals = '', exponent = '0'] = parts;
    const digits = BigInt(`${whole}${decimals}`);
    const shift = Number(exponent) - decimals.length;
    const signed = sign === '-' ? -digits : digits;
    return shift >= 0
      ? new Fraction(signed * powerOfTen(shift), 1n)
      : new Fraction(signed, powerOfTen(-shift));
  }

  /**
   * Reads what `toString` writes: `'281/3'`.
   * @throws SyntaxError for anything else
   */
  static parse(text: string): Fraction {
    const [numerator, denominator] = text.split('/');
    return Fraction.of(BigInt(numerator), BigInt(denominator));
  }

  add(other: Fraction): Fraction {
    if (this.denominator === other.denominator) {
      return new Fraction(this.numerator + other.numerator, this.denominator);
    }
    return new Fraction(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  sub(other: Fraction): Fraction {
    return this.add(other.negate());
  }

  mul(other: Fraction): Fraction {
    return new Fraction(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** @throws RangeError if the other is zero */
  div(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  negate(): Fraction {
    return new Fraction(-this.numerator, this.denominator);
  }

  /** Negative, zero or positive as this is below, equal to or above the other. */
  compare(other: Fraction): number {
    if (this.denominator === other.denominator) return compareBigInts(this.numerator, other.numerator);
    return compareBigInts(this.numerator * other.denominator, other.numerator * this.denominator);
  }

  reduce(): Fraction {
    const divisor = greatestCommonDivisor(this.numerator, this.denominator);
    return divisor === 1n ? this : new Fraction(this.numerator / divisor, this.denominator / divisor);
  }

  /** The nearest multiple of 10^-places; a half goes away from zero, as people (and the ISU) round. */
  round(places: number): Fraction {
    const unit = powerOfTen(places);
    const magnitude = this.numerator < 0n ? -this.numerator : this.numerator;
    const rounded = (2n * magnitude * unit + this.denominator) / (2n * this.denominator);
    return new Fraction(this.numerator < 0n ? -rounded : rounded, unit);
  }

  /** Rounded as by `round` and written with exactly that many places: `'84.50'`. Never `'-0.00'`. */
  toDecimalString(places: number): string {
    const { numerator } = this.round(places);
    const digits = String(numerator < 0n ? -numerator : numerator).padStart(places + 1, '0');
    const sign = numerator < 0n ? '-' : '';
    const whole = digits.slice(0, digits.length - places);
    return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-places)}`;
  }

  /** The reduced fraction, always as `a/b`: `'281/3'`, `'84/1'`. */
  toString(): string {
    const { numerator, denominator } = this.reduce();
    return `${numerator}/${denominator}`;
  }
}

/** By the first difference; of two that agree as far as both go, the longer one is the greater. */
export function compareLists(a: readonly Fraction[], b: readonly Fraction[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const order = a[index].compare(b[index]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function compareBigInts(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

export function leastCommonMultiple(values: Iterable<bigint>): bigint {
  let multiple = 1n;
  for (const value of values) multiple = (multiple / greatestCommonDivisor(multiple, value)) * value;
  return multiple;
}

function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}
