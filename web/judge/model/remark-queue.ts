/**
 * The way of remarks (favourite, private note, flag) to the server. Unlike marks they have no versions: the last word
 * wins, each field by itself. What waits is kept on the device, and only the fields that changed are sent.
 */
import type { Remarks } from './types';

export type RemarkChange = Partial<Remarks>;
export type RemarkOutcome = { kind: 'saved' | 'later' } | { kind: 'refused'; detail: string };

export interface RemarkPorts {
  send(taskId: string, change: RemarkChange): Promise<RemarkOutcome>;
  store: {
    read(): Map<string, RemarkChange>;
    /** May throw: then it waits in memory only. */
    write(taskId: string, change: RemarkChange): void;
    remove(taskId: string): void;
  };
  later(run: () => void, ms: number): () => void;
  /** So many works have remarks that the server lacks; `stuck` while it can't be reached. */
  changed(waiting: number, stuck: boolean): void;
  refused(taskId: string, detail: string): void;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

export class RemarkQueue {
  private readonly waiting = new Map<string, RemarkChange>();
  private sending = false;
  private stopped = false;
  private failures = 0;
  private cancelRetry: (() => void) | null = null;

  constructor(private readonly ports: RemarkPorts) {}

  /** Takes up what an earlier page left behind, and gives it back so that it can be shown. */
  restore(): ReadonlyMap<string, RemarkChange> {
    for (const [taskId, change] of this.ports.store.read()) this.waiting.set(taskId, change);
    this.report();
    void this.pump();
    return this.waiting;
  }

  put(taskId: string, change: RemarkChange): void {
    this.keep(taskId, { ...this.waiting.get(taskId), ...change });
    this.report();
    if (!this.cancelRetry) void this.pump();
  }

  get(taskId: string): RemarkChange | undefined {
    return this.waiting.get(taskId);
  }

  /** The connection or the judge came back. */
  retryNow(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.failures = 0;
    void this.pump();
  }

  stop(): void {
    this.cancelRetry?.();
    this.stopped = true;
  }

  private async pump(): Promise<void> {
    const next = this.waiting.entries().next();
    if (this.sending || this.stopped || next.done) return;
    const [taskId, sent] = next.value;
    this.sending = true;
    const outcome = await this.ports.send(taskId, sent);
    this.sending = false;
    if (outcome.kind === 'later') return this.wait();
    this.failures = 0;
    if (outcome.kind === 'refused') {
      this.forget(taskId);
      this.ports.refused(taskId, outcome.detail);
    } else {
      this.settle(taskId, sent);
    }
    this.report();
    void this.pump();
  }

  /** Fields that changed again meanwhile go once more. */
  private settle(taskId: string, sent: RemarkChange): void {
    const rest = Object.fromEntries(
      Object.entries(this.waiting.get(taskId) ?? {}).filter(
        ([field, value]) => sent[field as keyof Remarks] !== value,
      ),
    ) as RemarkChange;
    if (Object.keys(rest).length === 0) this.forget(taskId);
    else this.keep(taskId, rest);
  }

  private wait(): void {
    const delay = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures++);
    this.cancelRetry = this.ports.later(() => {
      this.cancelRetry = null;
      void this.pump();
    }, delay);
    this.report();
  }

  private keep(taskId: string, change: RemarkChange): void {
    this.waiting.set(taskId, change);
    try {
      this.ports.store.write(taskId, change);
    } catch {
      // It still waits in this page.
    }
  }

  private forget(taskId: string): void {
    this.waiting.delete(taskId);
    this.ports.store.remove(taskId);
  }

  private report(): void {
    this.ports.changed(this.waiting.size, this.failures > 0);
  }
}
