/**
 * The way of a sheet to the server: one lane, in order, one request at a time, kept on the device until the server
 * has it. No browser in here: sending, keeping and waiting are handed in, so that every loss of connection can be
 * played through in a test.
 *
 * Nothing is lost: an entry leaves the store only when the server answered, or the judge gave it up.
 * Nothing counts twice: each save names the version it builds on. If the answer to a save was lost, its repetition
 * is refused as stale with our own words in it; that echo is recognised and taken as the answer.
 */
import { sameDraft } from './sheet';
import type { Sheet, SheetDraft } from './types';

/** What goes over the wire. */
export interface SheetWrite extends SheetDraft {
  submitted: boolean;
}

/** The server's answer, or its absence. */
export type SendOutcome =
  | { kind: 'saved'; sheet: Sheet }
  | { kind: 'stale'; current: Sheet }
  | { kind: 'closed'; detail: string }
  | { kind: 'paused' }
  | { kind: 'signed-out'; detail: string }
  | { kind: 'refused'; code: string; detail: string }
  | { kind: 'offline' };

export interface QueueEntry {
  taskId: string;
  /** The order in which works were first touched since they were last saved. */
  order: number;
  /** The version that the judge saw: 0 = the server had no sheet. */
  base: number;
  write: SheetWrite;
  /** Writes that went out and whose fate is unknown: any of them may come back as the server's sheet. */
  unanswered: SheetWrite[];
  state: 'waiting' | 'conflict' | 'refused' | 'closed';
  /** With `conflict`: what the server has. */
  theirs?: Sheet;
  /** With `refused` and `closed`: the server's sentence. */
  detail?: string;
}

/** Where entries outlive the page. `write` may throw (a full or forbidden store): the queue goes on in memory. */
export interface QueueStore {
  read(): QueueEntry[];
  write(entry: QueueEntry): void;
  remove(taskId: string): void;
}

export type QueuePhase =
  'saved' | 'saving' | 'offline' | 'paused' | 'signed-out' | 'conflict' | 'refused' | 'closed';

export interface QueueStatus {
  phase: QueuePhase;
  /** Works whose latest sheet the server does not have. */
  waiting: number;
  /** False if the device could not keep what waits: closing the page would lose it. */
  kept: boolean;
}

export interface QueuePorts {
  send(taskId: string, write: SheetWrite, base: number): Promise<SendOutcome>;
  store: QueueStore;
  /** Runs after some milliseconds; gives back how to cancel it. */
  later(run: () => void, ms: number): () => void;
  changed(status: QueueStatus): void;
  /** The server has this sheet now. `final` is false if a newer one of the same work is already waiting. */
  saved(taskId: string, sheet: Sheet, final: boolean): void;
  /** Something with this work needs the judge: a conflict, a refusal, a closed round. */
  held(entry: QueueEntry): void;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

export class SaveQueue {
  private readonly entries = new Map<string, QueueEntry>();
  private order = 0;
  private inFlight: string | null = null;
  private obstacle: 'offline' | 'paused' | 'signed-out' | null = null;
  private closed = false;
  private kept = true;
  private failures = 0;
  private cancelRetry: (() => void) | null = null;

  constructor(private readonly ports: QueuePorts) {}

  /** Takes up what an earlier page left behind. Gives the entries back so that the page can show them. */
  restore(): QueueEntry[] {
    for (const entry of this.ports.store.read().sort((a, b) => a.order - b.order)) {
      this.entries.set(entry.taskId, entry);
      this.order = Math.max(this.order, entry.order);
    }
    this.report();
    void this.pump();
    return [...this.entries.values()];
  }

  /** A change by the judge. `base` counts only if nothing of this work is under way. */
  put(taskId: string, write: SheetWrite, base: number): void {
    const known = this.entries.get(taskId);
    const state = known?.state === 'conflict' ? 'conflict' : this.closed ? 'closed' : 'waiting';
    const entry: QueueEntry = known
      ? { ...known, write, state, detail: undefined }
      : { taskId, order: ++this.order, base, write, unanswered: [], state };
    this.keep(entry);
    this.report();
    void this.pump();
  }

  get(taskId: string): QueueEntry | undefined {
    return this.entries.get(taskId);
  }

  /** Entries that the judge must look at, in order. */
  heldEntries(): QueueEntry[] {
    return [...this.entries.values()].filter((entry) => entry.state !== 'waiting');
  }

  /** Ends a conflict: `mine` is saved over the server's sheet, `theirs` gives mine up. */
  resolve(taskId: string, choice: 'mine' | 'theirs'): void {
    const entry = this.entries.get(taskId);
    if (entry?.state !== 'conflict' || !entry.theirs) return;
    const { theirs, ...rest } = entry;
    if (choice === 'mine') {
      this.keep({ ...rest, state: 'waiting', base: theirs.version, unanswered: [] });
    } else {
      this.forget(taskId);
      this.ports.saved(taskId, theirs, true);
    }
    this.report();
    void this.pump();
  }

  /** Gives up a sheet that the server refused or that came too late. */
  discard(taskId: string): void {
    this.forget(taskId);
    this.report();
  }

  /** The connection is back, the round goes on, the judge signed in again or asked for another try. */
  retryNow(): void {
    this.obstacle = null;
    this.failures = 0;
    for (const entry of this.entries.values()) {
      if (entry.state === 'refused') this.keep({ ...entry, state: 'waiting', detail: undefined });
    }
    this.report();
    void this.pump();
  }

  /** The round was closed: whatever waits is too late. */
  close(detail: string): void {
    this.closed = true;
    for (const entry of [...this.entries.values()]) {
      if (entry.state !== 'closed') this.hold({ ...entry, state: 'closed', detail });
    }
    this.report();
  }

  /** No request starts after this. */
  stop(): void {
    this.cancelRetry?.();
    this.closed = true;
  }

  get status(): QueueStatus {
    return { phase: this.phase(), waiting: this.entries.size, kept: this.kept };
  }

  private phase(): QueuePhase {
    if (this.closed && this.entries.size > 0) return 'closed';
    const states = new Set([...this.entries.values()].map((entry) => entry.state));
    if (states.has('conflict')) return 'conflict';
    if (states.has('refused')) return 'refused';
    if (this.entries.size === 0) return 'saved';
    return this.obstacle ?? 'saving';
  }

  private async pump(): Promise<void> {
    if (this.inFlight || this.obstacle || this.closed) return;
    const next = this.nextWaiting();
    if (!next) return;
    this.inFlight = next.taskId;
    const known = next.unanswered.some((write) => sameWrite(write, next.write));
    this.keep({ ...next, unanswered: known ? next.unanswered : [...next.unanswered, next.write] });
    const outcome = await this.ports.send(next.taskId, next.write, next.base);
    this.inFlight = null;
    this.settle(next.taskId, next.write, outcome);
    this.report();
    void this.pump();
  }

  private nextWaiting(): QueueEntry | undefined {
    let first: QueueEntry | undefined;
    for (const entry of this.entries.values()) {
      if (entry.state === 'waiting' && (!first || entry.order < first.order)) first = entry;
    }
    return first;
  }

  private settle(taskId: string, sent: SheetWrite, outcome: SendOutcome): void {
    const entry = this.entries.get(taskId);
    switch (outcome.kind) {
      case 'offline':
      case 'paused':
        return this.wait(outcome.kind);
      case 'signed-out':
        this.obstacle = 'signed-out';
        return;
      case 'closed':
        return this.close(outcome.detail);
      case 'refused':
        if (entry) this.hold({ ...entry, unanswered: [], state: 'refused', detail: outcome.detail });
        return;
      case 'saved':
        return this.settleSaved(taskId, sent, outcome.sheet);
      case 'stale':
        return this.settleStale(taskId, outcome.current);
    }
  }

  private settleSaved(taskId: string, sent: SheetWrite | Sheet, sheet: Sheet): void {
    this.failures = 0;
    const entry = this.entries.get(taskId);
    const final = !entry || sameWrite(entry.write, sent);
    if (final) this.forget(taskId);
    else this.keep({ ...entry, base: sheet.version, unanswered: [] });
    this.ports.saved(taskId, sheet, final);
  }

  private settleStale(taskId: string, current: Sheet): void {
    const entry = this.entries.get(taskId);
    if (!entry) return;
    // Our own words come back, from a save whose answer never arrived: it is the answer.
    if (entry.unanswered.some((write) => sameWrite(write, current))) {
      return this.settleSaved(taskId, current, current);
    }
    this.hold({ ...entry, unanswered: [], state: 'conflict', theirs: current });
  }

  private wait(obstacle: 'offline' | 'paused'): void {
    this.obstacle = obstacle;
    const delay = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures++);
    this.cancelRetry?.();
    this.cancelRetry = this.ports.later(() => {
      this.cancelRetry = null;
      if (this.obstacle !== obstacle) return;
      this.obstacle = null;
      void this.pump();
    }, delay);
  }

  private hold(entry: QueueEntry): void {
    this.keep(entry);
    this.ports.held(entry);
  }

  private keep(entry: QueueEntry): void {
    this.entries.set(entry.taskId, entry);
    try {
      this.ports.store.write(entry);
      this.kept = true;
    } catch {
      this.kept = false;
    }
  }

  private forget(taskId: string): void {
    this.entries.delete(taskId);
    this.ports.store.remove(taskId);
  }

  private report(): void {
    this.ports.changed(this.status);
  }
}

/** Two writes that mean the same sheet. */
function sameWrite(one: SheetWrite, other: SheetWrite | Sheet): boolean {
  return one.submitted === other.submitted && sameDraft(one, other);
}
