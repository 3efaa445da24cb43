/** How many at a time: a store at the far end of a network answers each after a while, and many beside each other. */
const lanes = 8;

/** Examines what an iterator yields, several at a time, and yields what was found. */
export async function* inLanes<T, F>(
  items: AsyncIterable<T>,
  examine: (item: T) => Promise<F[]>,
): AsyncGenerator<F> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < lanes) continue;
    for (const found of await Promise.all(batch.map(examine))) yield* found;
    batch = [];
  }
  for (const found of await Promise.all(batch.map(examine))) yield* found;
}
