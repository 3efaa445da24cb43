import { computed, reactive, ref, watch, type Ref } from 'vue';
import type { ScreeningItem } from '../../shared/api-types-desk';

/** Which row is active, and which are selected, in a list that changes under both. */
export function useDesk(items: Ref<ScreeningItem[]>) {
  const activeId = ref<string | null>(null);
  const selected = reactive(new Set<string>());
  let lastIndex = 0;

  const activeIndex = computed(() => items.value.findIndex(({ id }) => id === activeId.value));
  const active = computed(() => items.value[activeIndex.value] ?? null);

  // A decided work leaves the list: the one that moves into its place becomes active.
  watch(
    items,
    (list) => {
      if (!list.some(({ id }) => id === activeId.value)) {
        activeId.value = list[Math.min(lastIndex, list.length - 1)]?.id ?? null;
      }
      const known = new Set(list.map(({ id }) => id));
      for (const id of selected) if (!known.has(id)) selected.delete(id);
    },
    { flush: 'sync', immediate: true },
  );
  watch(
    activeIndex,
    (index) => {
      if (index >= 0) lastIndex = index;
    },
    { flush: 'sync' },
  );

  function step(by: number): void {
    const next = items.value[Math.max(0, Math.min(items.value.length - 1, activeIndex.value + by))];
    if (next) activeId.value = next.id;
  }

  function toggle(id: string, on = !selected.has(id)): void {
    if (on) selected.add(id);
    else selected.delete(id);
  }

  const allSelected = computed({
    get: () => items.value.length > 0 && items.value.every(({ id }) => selected.has(id)),
    set: (on: boolean) => items.value.forEach(({ id }) => toggle(id, on)),
  });

  return { activeId, activeIndex, active, selected, allSelected, step, toggle };
}
