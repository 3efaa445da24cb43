/** One judge for one work. */
export interface Pair {
  entry: string;
  judge: string;
}

/** Something for pairs of work and judge. Not by one string of both ids: a round has hundreds of thousands of them. */
export class PairMap<Value> {
  private readonly byEntry = new Map<string, Map<string, Value>>();

  set({ entry, judge }: Pair, value: Value): this {
    const known = this.byEntry.get(entry);
    if (known) known.set(judge, value);
    else this.byEntry.set(entry, new Map([[judge, value]]));
    return this;
  }

  get({ entry, judge }: Pair): Value | undefined {
    return this.byEntry.get(entry)?.get(judge);
  }

  has(pair: Pair): boolean {
    return this.get(pair) !== undefined;
  }
}

export function pairsOf<P extends Pair>(pairs: Iterable<P>): PairMap<P> {
  const map = new PairMap<P>();
  for (const pair of pairs) map.set(pair, pair);
  return map;
}
