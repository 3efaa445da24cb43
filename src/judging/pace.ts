/** Marking twenty works faster than two seconds each is pointed out: nobody can have looked at them. */
export const FASTEST_TWENTY_SECONDS = 40;

/**
 * When somebody will be done who goes on as since his first mark, nights and breaks included.
 * @returns null before the first mark, and where nothing is left
 */
export function expectedEnd(
  { done, total, firstSavedAt }: { done: number; total: number; firstSavedAt: Date | null },
  now: Date,
): Date | null {
  if (firstSavedAt === null || done === 0 || done >= total) return null;
  const elapsed = now.getTime() - firstSavedAt.getTime();
  return new Date(now.getTime() + (elapsed / done) * (total - done));
}
