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

/** Walks a chain entry by entry, from its beginning. */
export class ChainWalk {
  /** Of the last entry that followed. */
  seq = 0;
  hash = genesis;

  /** Whether this entry follows from the last one and is what its hash says; if not, the walk ends here. */
  follows({ hash, ...entry }: ChainedEntry & { hash: string }): boolean {
    if (entry.seq !== this.seq + 1 || entry.previousHash !== this.hash || entryHash(entry) !== hash) {
      return false;
    }
    this.seq = entry.seq;
    this.hash = hash;
    return true;
  }
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
