import type { ScreeningItem } from '../../shared/api-types-desk';
import type { Verdict } from '../types';

export interface HeldDecision {
  work: ScreeningItem;
  verdict: Verdict;
}

/** How long a decision can be taken back before it is sent and its author hears of it. */
export const HOLD_MS = 6_000;

/**
 * Keeps the latest decision back for a moment, so that undo is a real undo: the server knows no way from decided
 * to undecided, and an author who was told cannot be untold. The next decision, {@link flush} or the end of the
 * moment sends it.
 */
export class DecisionHold {
  private held: HeldDecision | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> = Promise.resolve();

  /**
   * @param send delivers a decision; it handles refusals itself
   * @param changed hears what is held now
   */
  constructor(
    private readonly send: (decision: HeldDecision) => Promise<void>,
    private readonly changed: (held: HeldDecision | null) => void,
    private readonly holdMs = HOLD_MS,
  ) {}

  decide(work: ScreeningItem, verdict: Verdict): void {
    void this.flush();
    this.hold({ work, verdict });
    this.timer = setTimeout(() => void this.flush(), this.holdMs);
  }

  /** The decision taken back, or null if there is none left to take back. */
  undo(): HeldDecision | null {
    const undone = this.held;
    this.hold(null);
    return undone;
  }

  /** Sends what is held, after what is under way: decisions arrive in the order in which they were made. */
  flush(): Promise<void> {
    const due = this.held;
    if (due) {
      this.hold(null);
      this.sending = this.sending.then(() => this.send(due));
    }
    return this.sending;
  }

  private hold(decision: HeldDecision | null): void {
    clearTimeout(this.timer);
    this.held = decision;
    this.changed(decision);
  }
}
