import { computed, ref, shallowRef } from 'vue';
import { type ApiProblem, asProblem } from '../../shared/api';
import type { ScreeningItem } from '../../shared/api-types-desk';
import { organiserApi, type ScreeningQuery } from '../api';
import type { Verdict } from '../types';
import { useDecisions } from './useDecisions';

const PAGE = 50;
/** More works are fetched when so few lie ahead. */
const FETCH_AHEAD = 10;
const PRELOAD_AHEAD = 3;

/**
 * The queue of the dark room: pending works one after the other, fetched and their pictures decoded ahead, so that
 * the next one is there at once. Works decided or skipped stay in the queue, to go back to.
 */
export function useReview(slug: string, query: ScreeningQuery) {
  const queue = shallowRef<ScreeningItem[]>([]);
  const next = ref<string | null>(null);
  const total = ref(0);
  const index = ref(0);
  const loading = ref(true);
  const problem = shallowRef<ApiProblem | null>(null);
  const skipped = ref(new Set<string>());
  const decisions = useDecisions();
  const { decided } = decisions;
  const current = computed(() => queue.value[index.value] ?? null);
  const finished = computed(() => !loading.value && next.value === null && index.value >= queue.value.length);

  async function fetchPage(): Promise<void> {
    loading.value = true;
    try {
      const page = await organiserApi.screening(slug, query, next.value ?? undefined, PAGE);
      const known = new Set(queue.value.map(({ id }) => id));
      queue.value = [...queue.value, ...page.items.filter(({ id }) => !known.has(id))];
      if (total.value === 0) total.value = page.counts.pending;
      next.value = page.next;
      problem.value = null;
      preload();
    } catch (error) {
      problem.value = asProblem(error);
    } finally {
      loading.value = false;
    }
  }

  function go(to: number): void {
    index.value = Math.max(0, Math.min(queue.value.length, to));
    if (next.value && !loading.value && queue.value.length - index.value < FETCH_AHEAD) void fetchPage();
    preload();
  }

  function preload(): void {
    for (const work of queue.value.slice(index.value + 1, index.value + 1 + PRELOAD_AHEAD)) {
      const { preview, poster } = work.media[0]?.links ?? {};
      const url = work.media[0]?.kind === 'video' ? poster : preview;
      if (!url) continue;
      const picture = new Image();
      picture.src = url;
      // A picture that fails here says so when it is shown.
      void picture.decode().catch(() => undefined);
    }
  }

  function decide(verdict: Verdict): void {
    const work = current.value;
    if (!work) return;
    skipped.value.delete(work.id);
    decisions.decide(work, verdict);
    go(index.value + 1);
  }

  function skip(): void {
    const work = current.value;
    if (work && !decided.has(work.id)) skipped.value.add(work.id);
    go(index.value + 1);
  }

  /** Takes the last decision back while it is held; after that, goes back to the work to decide it anew. */
  function undo(): void {
    const undone = decisions.undo();
    const at = undone ? queue.value.findIndex(({ id }) => id === undone.id) : index.value - 1;
    if (at >= 0) go(at);
  }

  function showWork(id: string): void {
    const at = queue.value.findIndex((work) => work.id === id);
    if (at >= 0) go(at);
  }

  /** Starts over with the works that were skipped. */
  function reviewSkipped(): void {
    queue.value = queue.value.filter(({ id }) => skipped.value.has(id));
    total.value = queue.value.length;
    skipped.value = new Set();
    go(0);
  }

  const tally = computed(() => {
    const count = { accept: 0, return: 0, reject: 0, skipped: skipped.value.size };
    for (const { decision } of decided.values()) count[decision] += 1;
    return count;
  });

  void fetchPage();
  return {
    current,
    index,
    total,
    loading,
    problem,
    finished,
    tally,
    decisions,
    fetchPage,
    decide,
    skip,
    undo,
    back: () => go(index.value - 1),
    showWork,
    reviewSkipped,
  };
}
