import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import { asProblem, type ApiProblem } from '../../shared/api';

const SETTLE_MS = 250;

/**
 * Says what a change would do, each time the change becomes another one. `effect` is always that of the change as it
 * stands now: null while it is asked for, or while there is nothing to ask.
 */
export function usePreview<Change, Effect>(
  change: () => Change | null,
  ask: (change: Change) => Promise<Effect>,
) {
  const effect = shallowRef<Effect | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  const asking = ref(false);
  let latest = 0;
  let timer: number | undefined;

  async function look(wanted: Change, own: number) {
    try {
      const answer = await ask(wanted);
      if (own === latest) effect.value = answer;
    } catch (error) {
      if (own === latest) problem.value = asProblem(error);
    } finally {
      if (own === latest) asking.value = false;
    }
  }

  watch(
    () => JSON.stringify(change()),
    () => {
      const own = ++latest;
      const wanted = change();
      window.clearTimeout(timer);
      effect.value = null;
      problem.value = null;
      asking.value = wanted !== null;
      if (wanted !== null) timer = window.setTimeout(() => void look(wanted, own), SETTLE_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => window.clearTimeout(timer));

  return { effect, problem, asking };
}
