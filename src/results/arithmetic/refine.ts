/** One key of a chain: puts works that everything before it leaves equal in order, and says where they part. */
export interface RefineStep<T, N> {
  name: N;
  order: (tied: readonly T[]) => {
    sorted: T[];
    /** Parallel to `sorted`: whether a work differs from the one before it; false for the first. */
    parted: boolean[];
  };
}

/**
 * Sorts by a chain of keys. A key is made only for those whom all keys before it leave equal, and forgotten when they
 * are in order: so a long chain costs little, in time and in memory, where few are equal.
 * @param steps of which the last must part any two
 * @returns the order, and what decided between each and the next
 */
export function refine<T, N>(
  all: readonly T[],
  steps: readonly RefineStep<T, N>[],
): { order: T[]; decided: N[] } {
  const order: T[] = [];
  const decided: N[] = [];
  const go = (tied: readonly T[], depth: number) => {
    if (tied.length <= 1 || depth === steps.length) {
      order.push(...tied);
      return;
    }
    const { name, order: put } = steps[depth];
    const { sorted, parted } = put(tied);
    for (let from = 0, to = 1; from < sorted.length; from = to++) {
      while (to < sorted.length && !parted[to]) to += 1;
      if (from > 0) decided.push(name);
      go(sorted.slice(from, to), depth + 1);
    }
  };
  go(all, 0);
  return { order, decided };
}
