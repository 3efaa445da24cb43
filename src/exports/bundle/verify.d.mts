/** Shapes of verify.mjs for its tests; what a bundle holds is told in docs/verify.md. */
export type Fraction = readonly [numerator: bigint, denominator: bigint];
export interface Said {
  /** Null: could not be checked. */
  holds: boolean | null;
  where: string | null;
  zh: string;
  en: string;
}
export function unzip(bytes: Buffer): Map<string, Buffer>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- parsed JSON of any kind
export type Bundle = any;
export function readBundle(files: Map<string, Buffer>): Bundle;
export function verifyBundle(bundle: Bundle, head?: string | null): { ok: boolean; said: Said[] };
export function canonical(value: unknown): string;
export function decimal(value: number | string): Fraction;
export function rounded(value: Fraction, places: number, mode?: string): Fraction;
export function middle(values: Fraction[]): Fraction;
export function trimmed(values: Fraction[], trim: { highest: number; lowest: number }): Fraction;
export function bordaPoints(values: Fraction[], works: number): Fraction[];
export function zScores(values: Fraction[]): Fraction[];
export function severity(
  cells: { work: number; judge: number; y: number }[],
  lambda?: number | null,
): { lambda: number | null; effects: Map<number, number> };
export function rankWorks(round: Bundle): { lines: Bundle[]; problems: string[] };
export function allot(input: Bundle): { placements: Map<string, Bundle>; tiers: Bundle[]; totals: Bundle };
export function promoted(input: Bundle): { id: string; from: string | null; to: string | null }[];
