import { computed, ref, watch, type ComputedRef } from 'vue';
import type { Works } from './useWorks';

/**
 * True only when it is so: the whole list is here, the server has every sheet, nothing is on its way to it, and the
 * server, asked once more, says the same. Another device may have taken a mark back, or the organiser added a work.
 */
export function useAllDone(works: Works, waiting: () => number): ComputedRef<boolean> {
  const here = computed(
    () =>
      !works.loading.value &&
      works.goal.value > 0 &&
      works.here.handedIn >= works.goal.value &&
      waiting() === 0,
  );
  const confirmed = ref(false);
  let asked = 0;
  watch(
    here,
    async (all) => {
      confirmed.value = false;
      const question = ++asked;
      if (!all) return;
      const answer = await works.check().catch(() => null);
      if (answer && question === asked) {
        confirmed.value = answer.done >= works.goal.value && answer.works === works.here.works;
      }
    },
    { immediate: true },
  );
  return computed(() => here.value && confirmed.value);
}
