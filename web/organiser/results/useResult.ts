import { computed, ref, shallowRef, watch } from 'vue';
import { asProblem, type ApiProblem } from '../../shared/api';
import type { ResultSummary } from '../../shared/api-types-desk';
import { organiserApi } from '../api';
import { useLoad, useWrite } from '../composables/load';
import type { Override, Result, ResultChange } from '../types';
import { joined, missingAwards } from './moves';

/** The result that counts for a category: the locked one, else the newest dry run. */
export function standingResult(list: readonly ResultSummary[], category: string): ResultSummary | null {
  const own = list.filter((result) => result.category === category);
  return own.find(({ status }) => status === 'locked') ?? own[0] ?? null;
}

/** A new version that somebody made and another person has to lock. */
export function pendingVersion(
  list: readonly ResultSummary[],
  standing: ResultSummary,
): ResultSummary | null {
  return list.find(({ status, supersedes }) => status === 'dry' && supersedes === standing.id) ?? null;
}

/** The first page of a result, and all its prizes. */
async function read(id: string): Promise<Result> {
  const result = await organiserApi.result(id);
  return withPrizes(result);
}

async function withPrizes(result: Result): Promise<Result> {
  let ranking = result.ranking;
  for (let after = result.next; after !== null && missingAwards({ ...result, ranking }) > 0;) {
    const page = await organiserApi.result(result.id, after, true);
    ranking = joined(ranking, page.ranking);
    after = page.next;
  }
  return { ...result, ranking };
}

/** The standing result of a category, with dry run, overrides, lock and new versions. */
export function useResult(slug: () => string, category: () => string) {
  const { value: list, problem: listProblem, reload } = useLoad(() => organiserApi.results(slug()));
  const result = shallowRef<Result | null>(null);
  const loadProblem = shallowRef<ApiProblem | null>(null);
  const loading = ref(false);
  const { busy, problem: writeProblem, run } = useWrite();
  const standing = computed(() => (list.value ? standingResult(list.value, category()) : null));
  const pending = computed(() =>
    list.value && standing.value ? pendingVersion(list.value, standing.value) : null,
  );
  const lookingAtPending = ref(false);
  const shown = computed(() => (lookingAtPending.value && pending.value ? pending.value : standing.value));

  watch(
    () => [category(), shown.value?.id, shown.value?.status] as const,
    async ([, id]) => {
      loadProblem.value = null;
      if (!id) {
        result.value = null;
        return;
      }
      if (result.value?.id === id && result.value.status === shown.value?.status) return;
      result.value = null;
      loading.value = true;
      try {
        const answer = await read(id);
        if (shown.value?.id === id) result.value = answer;
      } catch (error) {
        if (shown.value?.id === id) loadProblem.value = asProblem(error);
      } finally {
        if (shown.value?.id === id) loading.value = false;
      }
    },
    { immediate: true },
  );

  async function take(answer: Result | undefined): Promise<boolean> {
    if (!answer) return false;
    if (answer.category.key === category()) result.value = await withPrizes(answer).catch(() => answer);
    await reload();
    return true;
  }

  /** The next page of works, which are in the list once each. */
  async function more(): Promise<void> {
    const known = result.value;
    const after = known?.next ?? null;
    if (!known || after === null) return;
    const page = await run(() => organiserApi.result(known.id, after));
    if (!page || result.value?.id !== known.id) return;
    result.value = { ...known, next: page.next, ranking: joined(known.ranking, page.ranking) };
  }

  /** Of a locked result: `dry` only says what would change. */
  async function revise(
    id: string,
    overrides: Override[],
    reason: string,
    dry: boolean,
  ): Promise<ResultChange | undefined> {
    const change = await run(() => organiserApi.reviseResult(id, { overrides, reason, dry }));
    if (change && !dry) await reload();
    return change;
  }

  /** Of a locked result: a work is out, and others move up. */
  async function disqualify(
    id: string,
    submission: string,
    reason: string,
    dry: boolean,
  ): Promise<ResultChange | undefined> {
    const change = await run(() => organiserApi.promoteResult(id, { disqualify: submission, reason, dry }));
    if (change && !dry) await reload();
    return change;
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
    pending,
    lookingAtPending,
    more,
    revise,
    disqualify,
    tryRun: async (overrides: Override[]) =>
      take(await run(() => organiserApi.tryResult(slug(), category(), overrides))),
    lock: async (id: string) => take(await run(() => organiserApi.lockResult(id))),
  };
}
