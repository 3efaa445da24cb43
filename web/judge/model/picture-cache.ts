/**
 * The last pictures that were decoded, so that the next key shows one without waiting. Knows nothing of the
 * browser: a loader is handed in.
 */
export interface Loading<Picture> {
  done: Promise<Picture>;
  /** Stops what is still on its way. */
  abort(): void;
}

interface Slot<Picture> extends Loading<Picture> {
  picture: Picture | null;
}

export class PictureCache<Picture> {
  /** In the order of use, the least recent first. */
  private readonly slots = new Map<string, Slot<Picture>>();

  constructor(
    private readonly load: (url: string, urgent: boolean) => Loading<Picture>,
    private readonly capacity: number,
  ) {}

  /** The decoded picture, if it is there. */
  ready(url: string): Picture | null {
    return this.slots.get(url)?.picture ?? null;
  }

  /** The picture as soon as it is decoded. A failure is not kept: the next call tries again. */
  get(url: string, urgent = true): Promise<Picture> {
    const known = this.slots.get(url);
    if (known) {
      this.slots.delete(url);
      this.slots.set(url, known);
      return known.done;
    }
    const loading = this.load(url, urgent);
    const slot: Slot<Picture> = { ...loading, picture: null };
    this.slots.set(url, slot);
    this.trim(new Set([url]));
    slot.done = loading.done.then(
      (picture) => {
        slot.picture = picture;
        return picture;
      },
      (error: unknown) => {
        if (this.slots.get(url) === slot) this.slots.delete(url);
        throw error;
      },
    );
    return slot.done;
  }

  /**
   * These are wanted now, the most urgent first. Others that are still on their way are stopped, and the least
   * recently used decoded ones go when there are too many.
   */
  want(urls: readonly string[]): void {
    const wanted = new Set(urls);
    for (const [url, slot] of this.slots) {
      if (wanted.has(url) || slot.picture) continue;
      this.slots.delete(url);
      slot.done.catch(() => undefined);
      slot.abort();
    }
    // The last asked for is the last to be evicted: go from the least urgent to the most.
    for (const [index, url] of [...urls.entries()].reverse()) {
      this.get(url, index === 0).catch(() => undefined);
    }
    this.trim(wanted);
  }

  private trim(spared: ReadonlySet<string>): void {
    for (const [url, slot] of this.slots) {
      if (this.slots.size <= this.capacity) break;
      if (slot.picture && !spared.has(url)) this.slots.delete(url);
    }
  }
}
