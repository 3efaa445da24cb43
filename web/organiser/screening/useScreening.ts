import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { type ApiProblem, asProblem } from '../../shared/api';
import type { ScreeningItem, ScreeningStatus } from '../../shared/api-types-desk';
import { useLive } from '../../shared/live';
import { organiserApi, type ScreeningQuery } from '../api';
import { countsWithDecisions, withDecisions } from './list';
import type { Decisions } from './useDecisions';

const REFRESH_EVERY_MS = 20_000;
/** News comes in bursts: one look for all of it. */
const LIVE_AFTER_MS = 1_000;

/** The works of the desk for a tab and its filters, page by page, with the decisions made here laid over them. */
export function useScreening(slug: () => string, query: () => ScreeningQuery, decisions: Decisions) {
  const { decided } = decisions;
  const fetched = shallowRef<ScreeningItem[]>([]);
  const fetchedCounts = ref<Record<ScreeningStatus, number> | null>(null);
  const next = ref<string | null>(null);
  const arrivals = ref(0);
  const loading = ref(true);
  const loadingMore = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);
  let latest = new AbortController();

  async function load(): Promise<void> {
    latest.abort();
    latest = new AbortController();
    const { signal } = latest;
    loading.value = true;
    try {
      await decisions.flush();
      const page = await organiserApi.screening(slug(), query(), undefined, 50, signal);
      fetched.value = page.items;
      fetchedCounts.value = page.counts;
      next.value = page.next;
      decided.clear();
      arrivals.value = 0;
      problem.value = null;
    } catch (error) {
      if (signal.aborted) return;
      problem.value = asProblem(error);
    }
    loading.value = false;
  }

  async function loadMore(): Promise<void> {
    if (!next.value || loadingMore.value || loading.value) return;
    loadingMore.value = true;
    const { signal } = latest;
    try {
      const page = await organiserApi.screening(slug(), query(), next.value, 50, signal);
      const known = new Set(fetched.value.map(({ id }) => id));
      fetched.value = [...fetched.value, ...page.items.filter(({ id }) => !known.has(id))];
      next.value = page.next;
      problem.value = null;
    } catch (error) {
      if (!signal.aborted) problem.value = asProblem(error);
    } finally {
      loadingMore.value = false;
    }
  }

  /** Brings rows and counts up to date without moving anything; new works are only announced. */
  async function refresh(): Promise<void> {
    if (document.visibilityState !== 'visible' || loading.value || decided.size > 0) return;
    const { signal } = latest;
    const page = await organiserApi.screening(slug(), query(), undefined, 50, signal).catch(() => null);
    if (!page || signal.aborted || decided.size > 0) return;
    const fresh = new Map(page.items.map((work) => [work.id, work]));
    const tab = query().status;
    if (fetchedCounts.value) arrivals.value += Math.max(0, page.counts[tab] - fetchedCounts.value[tab]);
    fetched.value = fetched.value.map((work) => fresh.get(work.id) ?? work);
    fetchedCounts.value = page.counts;
  }

  /** The server has taken a decision: it becomes part of the list. */
  function settle(id: string): void {
    const verdict = decided.get(id);
    if (!verdict) return;
    const only = new Map([[id, verdict]]);
    if (fetchedCounts.value) {
      fetchedCounts.value = countsWithDecisions(fetchedCounts.value, fetched.value, only);
    }
    fetched.value = withDecisions(fetched.value, only, 'all');
    decided.delete(id);
  }

  decisions.whenSettled(settle);

  watch(() => JSON.stringify([slug(), query()]), load, { immediate: true });
  const timer = window.setInterval(() => void refresh(), REFRESH_EVERY_MS);
  // A work on the screen changed: a video got further, or a file is ready.
  let soon: number | undefined;
  useLive(
    slug(),
    (id) => {
      if (soon !== undefined || !fetched.value.some((work) => work.id === id)) return;
      soon = window.setTimeout(() => {
        soon = undefined;
        void refresh();
      }, LIVE_AFTER_MS);
    },
    () => false,
  );
  onScopeDispose(() => {
    window.clearInterval(timer);
    window.clearTimeout(soon);
    latest.abort();
  });

  return {
    items: computed(() => withDecisions(fetched.value, decided, query().status)),
    counts: computed(
      () => fetchedCounts.value && countsWithDecisions(fetchedCounts.value, fetched.value, decided),
    ),
    hasMore: computed(() => next.value !== null),
    arrivals,
    loading,
    loadingMore,
    problem,
    load,
    loadMore,
    refresh,
  };
}
