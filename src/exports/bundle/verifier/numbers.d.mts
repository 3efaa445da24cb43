export type Fraction = readonly [numerator: bigint, denominator: bigint];
export function decimal(value: number | string): Fraction;
export function rounded(value: Fraction, places: number, mode?: string): Fraction;
export function middle(values: Fraction[]): Fraction;
export function trimmed(values: Fraction[], trim: { highest: number; lowest: number }): Fraction;
export function bordaPoints(values: Fraction[], works: number): Fraction[];
export function zScores(values: Fraction[]): Fraction[];
