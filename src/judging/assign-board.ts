/** Work and judge by number. */
export interface Cell {
  entry: number;
  judge: number;
}

export interface BoardSettings {
  entries: number;
  /** All of them; the first `taking` can be given works, the others only keep what they have. */
  judges: number;
  taking: number;
  perEntry: number;
  conflicts: readonly Cell[];
  kept: readonly Cell[];
  current: readonly Cell[];
  /** In which works get their judges, and in which equal judges are asked. */
  entryOrder: readonly number[];
  judgeOrder: readonly number[];
}

/** Who judges what while it is being found: sets and loads that stay true through every change. */
export class Board {
  readonly settings: BoardSettings;
  readonly loads: number[];
  /** Few each, so arrays are faster than sets. */
  private readonly on: number[][];
  private readonly works: Set<number>[];
  private readonly fixed = new Set<number>();
  private readonly settled = new Set<number>();
  private readonly barred = new Set<number>();

  constructor(settings: BoardSettings) {
    this.settings = settings;
    this.loads = Array.from({ length: settings.judges }, () => 0);
    this.on = Array.from({ length: settings.entries }, () => []);
    this.works = Array.from({ length: settings.judges }, () => new Set<number>());
    for (const { entry, judge } of settings.conflicts) this.barred.add(this.key(entry, judge));
    for (const { entry, judge } of settings.kept) {
      this.fixed.add(this.key(entry, judge));
      this.put(entry, judge);
    }
    for (const { entry, judge } of settings.current) {
      if (judge >= settings.taking || !this.isFree(entry, judge)) continue;
      this.settled.add(this.key(entry, judge));
      this.put(entry, judge);
    }
    this.trim();
  }

  judgesOf(entry: number): readonly number[] {
    return this.on[entry];
  }

  /** Whether the judge could take the work: neither has it nor may not. */
  isFree(entry: number, judge: number): boolean {
    return !this.on[entry].includes(judge) && !this.barred.has(this.key(entry, judge));
  }

  /** What somebody has in hand moves only for the sake of loads, or where judges couldn't be compared. */
  isMovable(entry: number, judge: number): boolean {
    return !this.fixed.has(this.key(entry, judge));
  }

  isNew(entry: number, judge: number): boolean {
    return this.isMovable(entry, judge) && !this.settled.has(this.key(entry, judge));
  }

  /** Works that can't have their judges, whoever takes what: nothing limits a load, so each is decided by itself. */
  lacking(): { entry: number; eligible: number }[] {
    const { entries, taking, perEntry } = this.settings;
    const lacking: { entry: number; eligible: number }[] = [];
    for (let entry = 0; entry < entries; entry += 1) {
      let eligible = this.on[entry].length;
      for (let judge = 0; judge < taking; judge += 1) if (this.isFree(entry, judge)) eligible += 1;
      if (eligible < perEntry) lacking.push({ entry, eligible });
    }
    return lacking;
  }

  /** Slot after slot, each work gets the judge of least load whom an alternating path reaches. */
  fill(): void {
    const { perEntry, entryOrder } = this.settings;
    for (let slot = 1; slot <= perEntry; slot += 1) {
      for (const entry of entryOrder) {
        if (this.on[entry].length >= slot) continue;
        const path = this.lightest(
          this.settings.judgeOrder.filter((judge) => this.isFree(entry, judge)),
          null,
        );
        // Nobody is left without a conflict: `lacking` names the work.
        if (!path) continue;
        this.flip(path);
        this.put(entry, path.judges[0]);
      }
    }
  }

  /** Moves what can be moved while somebody has two works more than one whom a path from him reaches. */
  even(): void {
    for (let moved = true; moved;) {
      moved = false;
      const heaviestFirst = [...this.settings.judgeOrder].sort((a, b) => this.loads[b] - this.loads[a]);
      for (const judge of heaviestFirst) {
        const path = this.lightest([judge], this.loads[judge] - 2);
        if (!path) continue;
        this.flip(path);
        moved = true;
        break;
      }
    }
  }

  put(entry: number, judge: number): void {
    if (this.on[entry].includes(judge)) return;
    this.on[entry].push(judge);
    this.works[judge].add(entry);
    this.loads[judge] += 1;
  }

  take(entry: number, judge: number): void {
    this.on[entry].splice(this.on[entry].indexOf(judge), 1);
    this.works[judge].delete(entry);
    this.loads[judge] -= 1;
  }

  /** A work with more judges than it shall have gives up those with the most to do, but never what is kept. */
  private trim(): void {
    for (const entry of this.settings.entryOrder) {
      const movable = this.on[entry]
        .filter((judge) => this.isMovable(entry, judge))
        .sort((a, b) => this.loads[b] - this.loads[a]);
      for (const judge of movable) {
        if (this.on[entry].length <= this.settings.perEntry) break;
        this.take(entry, judge);
      }
    }
  }

  /**
   * The shortest path from one of `from` to the judge of least load: each step hands a work of one judge to the next.
   * @param atMost the load that the path's end may have; null for any
   */
  private lightest(from: readonly number[], atMost: number | null): Path | null {
    const { judgeOrder } = this.settings;
    const least = Math.min(...judgeOrder.map((judge) => this.loads[judge]));
    if (atMost !== null && least > atMost) return null;
    const cameFrom = new Map<number, { judge: number; entry: number } | null>(
      from.map((judge) => [judge, null]),
    );
    const queue = [...from];
    let best: number | null = null;
    for (let at = 0; at < queue.length; at += 1) {
      const judge = queue[at];
      if (best === null || this.loads[judge] < this.loads[best]) best = judge;
      if (this.loads[best] === least) break;
      for (const next of judgeOrder) {
        if (cameFrom.has(next)) continue;
        const entry = this.handsOver(judge, next);
        if (entry === null) continue;
        cameFrom.set(next, { judge, entry });
        queue.push(next);
      }
    }
    if (best === null || (atMost !== null && this.loads[best] > atMost)) return null;
    const judges = [best];
    const entries: number[] = [];
    for (let step = cameFrom.get(best); step; step = cameFrom.get(step.judge)) {
      judges.unshift(step.judge);
      entries.unshift(step.entry);
    }
    return { judges, entries };
  }

  /** A work that one judge could give to another. */
  private handsOver(judge: number, next: number): number | null {
    for (const entry of this.works[judge]) {
      if (this.isFree(entry, next) && this.isMovable(entry, judge)) return entry;
    }
    return null;
  }

  private flip({ judges, entries }: Path): void {
    entries.forEach((entry, step) => {
      this.take(entry, judges[step]);
      this.put(entry, judges[step + 1]);
    });
  }

  private key(entry: number, judge: number): number {
    return entry * this.settings.judges + judge;
  }
}

/** `entries[n]` goes from `judges[n]` to `judges[n + 1]`. */
interface Path {
  judges: number[];
  entries: number[];
}
