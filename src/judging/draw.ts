import { hash, randomInt } from 'node:crypto';

/**
 * A judge's own order of the entries: by SHA-256(seed, judge, entry). The same seed gives the same order to
 * whoever recomputes it; two judges' orders have nothing in common with each other or with that of submission.
 */
export function judgeOrder(seed: string, judgeId: string, entryIds: readonly string[]): string[] {
  return entryIds
    .map((id) => ({ id, key: hash('sha256', `${seed}|${judgeId}|${id}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ id }) => id);
}

/** Distinct codes for so many works, drawn at random; wide enough that the number of works doesn't show. */
export function drawCodes(count: number, random: (limit: number) => number = randomInt): string[] {
  const digits = Math.max(4, String(count * 4).length);
  const lowest = 10 ** (digits - 1);
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(lowest + random(9 * lowest));
  return [...drawn].map(String);
}
