import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { asProblem, type ApiProblem } from '../../shared/api';

export interface Loaded<Value> {
  value: ShallowRef<Value | null>;
  problem: ShallowRef<ApiProblem | null>;
  loading: Ref<boolean>;
  reload: () => Promise<void>;
}

/** Fetches at once and keeps the last good value while fetching again; a late answer never beats a newer one. */
export function useLoad<Value>(fetchValue: () => Promise<Value>): Loaded<Value> {
  const value = shallowRef<Value | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  const loading = ref(false);
  let latest = 0;

  async function reload(): Promise<void> {
    const own = ++latest;
    loading.value = true;
    try {
      const answer = await fetchValue();
      if (own !== latest) return;
      value.value = answer;
      problem.value = null;
    } catch (error) {
      if (own === latest) problem.value = asProblem(error);
    } finally {
      if (own === latest) loading.value = false;
    }
  }

  void reload();
  return { value, problem, loading, reload };
}

/** Runs one write at a time: `busy` while it runs, `problem` if it was refused. Answers undefined when refused. */
export function useWrite() {
  const busy = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);

  async function run<Answer>(write: () => Promise<Answer>): Promise<Answer | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    problem.value = null;
    try {
      return await write();
    } catch (error) {
      problem.value = asProblem(error);
      return undefined;
    } finally {
      busy.value = false;
    }
  }

  return { busy, problem, run };
}
