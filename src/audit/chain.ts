import { createHash } from 'node:crypto';

/** What an entry's hash covers. */
export interface ChainedEntry {
  contestId: string;
  seq: number;
  /** ISO 8601 in UTC with milliseconds. */
  at: string;
  actorId: string | null;
  action: string;
  facts: Record<string, unknown>;
  textHash: string | null;
  previousHash: string;
}

/** The hash before the first entry. */
export const genesis = '0'.repeat(64);

/** SHA-256 over the canonical JSON of an entry, its predecessor's hash included; hex. */
export function entryHash(entry: ChainedEntry): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex');
}

/** Seq of the first entry that does not follow from its predecessor, or null when the chain is whole. */
export function firstBreak(entries: Iterable<ChainedEntry & { hash: string }>): number | null {
  let previousHash = genesis;
  let seq = 0;
  for (const entry of entries) {
    seq += 1;
    if (entry.seq !== seq || entry.previousHash !== previousHash || entryHash(entry) !== entry.hash)
      return seq;
    previousHash = entry.hash;
  }
  return null;
}

/** JSON with the keys of every object in code-point order, so that equal values give equal bytes. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
