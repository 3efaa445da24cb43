/** Parsed JSON of a bundle; what it holds is told in docs/verify.md. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into, and change, all of it
export type Bundle = any;
export interface Said {
  /** Null: could not be checked. */
  holds: boolean | null;
  where: string | null;
  zh: string;
  en: string;
}
export function verifyBundle(bundle: Bundle, head?: string | null): { ok: boolean; said: Said[] };
