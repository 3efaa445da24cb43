import { createHash } from 'node:crypto';
import { canonical } from '../../../src/exports/bundle/verifier/archive.mjs';
import type { Bundle } from '../../../src/exports/bundle/verifier/verify.mjs';

// What a forger, or chance, may do to a bundle.

export interface Slot {
  holder: Record<string, unknown>;
  key: string;
  path: string;
}

/** A prize, a place or a score of a line; a rule or a sum of the content; a rule of the round that was frozen. */
export function forgery(bundle: Bundle, change: number, roll: (below: number) => number): Slot {
  const result = bundle.results[roll(bundle.results.length)];
  const lines = bundle.lines[result.id];
  const line = lines[roll(lines.length)];
  const one = (holder: Record<string, unknown>, keys: string[], path: string): Slot => {
    const key = keys[roll(keys.length)];
    return { holder, key, path: `${path}.${key}` };
  };
  const { rules } = result.content;
  switch (change % 4) {
    case 0:
      return one(
        line,
        ['tier', 'place', 'exact', 'score', 'group', 'decidedBy', 'sheets', 'skipped'],
        'line',
      );
    case 1:
      return one(rules, ['method', 'why', 'plannedJudges', 'expectedSheets', 'leastSheets', 'kind'], 'rules');
    case 2:
      return one(result.content.tiers[roll(3)], ['quota', 'filled', 'vacated'], 'tiers');
    default:
      return one(bundle.rounds[0], ['method', 'plannedJudges', 'kind', 'seed', 'settingsHash'], 'rounds');
  }
}

/** What a forger would do who has the whole bundle in hand. */
export function rehash(bundle: Bundle): void {
  const hash = (...parts: string[]) =>
    parts.reduce((sum, one) => sum.update(one), createHash('sha256')).digest('hex');
  const over = (lines: Bundle[]) => hash(...lines.map((line) => `${canonical(line)}\n`));
  const fact = (action: string, id: string) =>
    bundle.audit.find(
      ({ action: of, facts }: Bundle) => of === action && [facts.round, facts.result].includes(id),
    ).facts;
  for (const round of bundle.rounds) {
    const within = (one: Bundle) => one.round === round.id;
    fact('round.closed', round.id).snapshot = over(
      [round, bundle.works.filter(within), bundle.tasks.filter(within)].flat(),
    );
  }
  const all = new Map<string, Bundle>(bundle.results.map((result: Bundle) => [result.id, result]));
  for (const result of bundle.results) {
    result.content.entriesHash = over(bundle.lines[result.id]);
    const before = all.get(result.supersedes);
    if (before) result.content.origin.hash = before.hash;
    result.hash = hash(canonical(result.content));
    fact('result.locked', result.id).hash = result.hash;
  }
  let previousHash = '0'.repeat(64);
  for (const entry of bundle.audit) {
    entry.previousHash = previousHash;
    const { hash: _, ...rest } = entry;
    previousHash = entry.hash = hash(canonical({ ...rest, contestId: bundle.contest.id }));
  }
}

/** Every value in there, empty lists too. */
export function leaves(value: unknown, path = ''): Slot[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const at = `${path}.${key}`;
    const inside = leaves(member, at);
    const isLeaf = member === null || typeof member !== 'object' || Object.keys(member).length === 0;
    return isLeaf ? [{ holder: value as Record<string, unknown>, key, path: at }] : inside;
  });
}

export function otherThan(value: unknown, roll: (below: number) => number): unknown {
  if (typeof value === 'number') return value + 1 + roll(3);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string' && value.length > 0) {
    const at = roll(value.length);
    const other = value[at] === '7' ? '8' : '7';
    return value.slice(0, at) + other + value.slice(at + 1);
  }
  return value === null ? 0 : 'x';
}

/** A small generator with a seed: the same changes on every machine. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
