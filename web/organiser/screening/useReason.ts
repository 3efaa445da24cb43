import { ref, shallowRef } from 'vue';
import type { ScreeningDecision, ScreeningItem } from '../../shared/api-types-desk';
import type { Verdict } from '../types';
import { isReady } from './checks';

/**
 * Lets a work pass at once, and asks for the reason before it goes back or out. A work whose files are not ready
 * cannot pass (the server would refuse it): that is said through `notReady` at once.
 */
export function useReason(
  decide: (work: ScreeningItem, verdict: Verdict) => void,
  notReady: (work: ScreeningItem) => void,
) {
  const open = ref(false);
  const decision = ref<'return' | 'reject'>('return');
  const title = ref('');
  const work = shallowRef<ScreeningItem | null>(null);

  function ask(asked: ScreeningItem, wanted: ScreeningDecision): void {
    if (wanted === 'accept') {
      if (isReady(asked)) decide(asked, { decision: 'accept' });
      else notReady(asked);
      return;
    }
    work.value = asked;
    title.value = asked.title || (asked.number ?? '');
    decision.value = wanted;
    open.value = true;
  }

  function give(reason: string, until?: string): void {
    open.value = false;
    if (work.value) decide(work.value, { decision: decision.value, reason, ...(until ? { until } : {}) });
  }

  return { open, decision, title, ask, give };
}
