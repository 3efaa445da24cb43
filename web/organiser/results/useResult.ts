import { computed, ref, shallowRef, watch } from 'vue';
import { asProblem, type ApiProblem } from '../../shared/api';
import type { ResultSummary } from '../../shared/api-types-desk';
import { organiserApi } from '../api';
import { useLoad, useWrite } from '../composables/load';
import type { Result } from '../types';

/** The result that counts for a category: the locked one, else the newest dry run. */
export function standingResult(list: readonly ResultSummary[], category: string): ResultSummary | null {
  const own = list.filter((result) => result.category === category);
  return own.find(({ status }) => status === 'locked') ?? own[0] ?? null;
}

/** The standing result of a category, with dry run and lock. */
export function useResult(slug: () => string, category: () => string) {
  const { value: list, problem: listProblem, reload } = useLoad(() => organiserApi.results(slug()));
  const result = shallowRef<Result | null>(null);
  const loadProblem = shallowRef<ApiProblem | null>(null);
  const loading = ref(false);
  const { busy, problem: writeProblem, run } = useWrite();
  const standing = computed(() => (list.value ? standingResult(list.value, category()) : null));

  watch(
    () => [category(), standing.value?.id, standing.value?.status] as const,
    async ([, id]) => {
      loadProblem.value = null;
      if (!id) {
        result.value = null;
        return;
      }
      if (result.value?.id === id && result.value.status === standing.value?.status) return;
      result.value = null;
      loading.value = true;
      try {
        const answer = await organiserApi.result(id);
        if (standing.value?.id === id) result.value = answer;
      } catch (error) {
        if (standing.value?.id === id) loadProblem.value = asProblem(error);
      } finally {
        if (standing.value?.id === id) loading.value = false;
      }
    },
    { immediate: true },
  );

  async function take(answer: Result | undefined): Promise<boolean> {
    if (!answer) return false;
    if (answer.category.key === category()) result.value = answer;
    await reload();
    return true;
  }

  async function retry(): Promise<void> {
    loadProblem.value = null;
    list.value = null;
    await reload();
  }

  return {
    result,
    standing,
    loading: computed(() => loading.value || (!list.value && !listProblem.value)),
    problem: computed(() => listProblem.value ?? loadProblem.value),
    writeProblem,
    busy,
    retry,
    tryRun: async () => take(await run(() => organiserApi.tryResult(slug(), category()))),
    lock: async (id: string) => take(await run(() => organiserApi.lockResult(id))),
  };
}
