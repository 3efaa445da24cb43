import { onScopeDispose, reactive, shallowRef } from 'vue';
import { asProblem } from '../../shared/api';
import type { ScreeningItem } from '../../shared/api-types-desk';
import { organiserApi, screenOnLeaving } from '../api';
import type { Verdict } from '../types';
import { DecisionHold, type HeldDecision } from './hold';

export interface Refusal {
  work: ScreeningItem;
  /** Why, in the user's language. */
  detail: string;
}

/**
 * Decisions as they are made on a page: shown at once, sent a moment later (see {@link DecisionHold}), taken back
 * with a word if the server refuses. What is held is sent when the page is left or closed.
 */
export function useDecisions() {
  const decided = reactive(new Map<string, Verdict>());
  const held = shallowRef<HeldDecision | null>(null);
  const refusal = shallowRef<Refusal | null>(null);
  let onSettled: (id: string) => void = () => undefined;

  const hold = new DecisionHold(send, (decision) => {
    held.value = decision;
  });

  async function send({ work, verdict }: HeldDecision): Promise<void> {
    try {
      await organiserApi.screen(work.id, verdict);
      if (decided.get(work.id) === verdict) onSettled(work.id);
    } catch (error) {
      if (decided.get(work.id) === verdict) decided.delete(work.id);
      refusal.value = { work, detail: asProblem(error).detail };
    }
  }

  function decide(work: ScreeningItem, verdict: Verdict): void {
    const given = Object.freeze({ ...verdict });
    refusal.value = null;
    decided.set(work.id, given);
    hold.decide(work, given);
  }

  /** Says why a work cannot be decided, without asking the server. */
  function refuse(work: ScreeningItem, detail: string): void {
    refusal.value = { work, detail };
  }

  /** The work whose decision was taken back, or null where the last one has already been sent. */
  function undo(): ScreeningItem | null {
    const undone = hold.undo();
    if (undone) decided.delete(undone.work.id);
    return undone?.work ?? null;
  }

  function sendOnLeaving(): void {
    const due = hold.undo();
    if (due) screenOnLeaving(due.work.id, due.verdict);
  }
  window.addEventListener('pagehide', sendOnLeaving);
  onScopeDispose(() => {
    window.removeEventListener('pagehide', sendOnLeaving);
    void hold.flush();
  });

  return {
    decided,
    held,
    refusal,
    decide,
    refuse,
    undo,
    flush: () => hold.flush(),
    /** The one listener for decisions that the server has taken. */
    whenSettled: (listener: (id: string) => void) => {
      onSettled = listener;
    },
  };
}

export type Decisions = ReturnType<typeof useDecisions>;
