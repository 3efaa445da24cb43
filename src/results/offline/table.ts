import type { Fraction } from '../arithmetic/fraction.js';

/** A judge's value for an entry in a criterion; after judges or criteria were brought together theirs is `''`. */
export interface Cell {
  entry: string;
  judge: string;
  criterion: string;
  value: Fraction;
}

/** Values at some step on the way from marks to scores. */
export type Table = readonly Cell[];

/** Groups cells by some of their coordinates, in the order in which they come. */
export function grouped(table: Table, by: readonly ('entry' | 'judge' | 'criterion')[]): Cell[][] {
  return [...Map.groupBy(table, (cell) => JSON.stringify(by.map((name) => cell[name]))).values()];
}
