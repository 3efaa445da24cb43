import { computed, ref, watch } from 'vue';
import { FIT, type Zoom } from '../model/zoom';
import type { Room } from './useRoom';

export const FEWEST = 2;
export const MOST = 4;

/** Two to four works side by side; one of them is active, and is the room's current work. */
export function useCompare(room: Room) {
  const panes = ref<number[]>([]);
  const active = ref(0);
  /** Shared by all panes. */
  const zoom = ref<Zoom>(FIT);
  const most = computed(() => Math.min(MOST, room.records.length));

  const free = (index: number) => !panes.value.includes(index) && room.records[index]?.recused === false;

  /** The nearest work in this direction that is not on the table yet. */
  function freeFrom(index: number, direction: 1 | -1): number | null {
    for (let next = index + direction; next >= 0 && next < room.records.length; next += direction) {
      if (free(next)) return next;
    }
    return null;
  }

  function activate(pane: number): void {
    const index = panes.value[pane];
    if (index === undefined) return;
    active.value = pane;
    room.select(index);
  }

  function resize(count: number): void {
    const wanted = Math.max(1, Math.min(count, most.value));
    panes.value = panes.value.slice(0, wanted);
    while (panes.value.length < wanted) {
      const end = panes.value.at(-1) ?? room.index.value;
      const next = freeFrom(end, 1) ?? freeFrom(end, -1);
      if (next === null) break;
      panes.value = [...panes.value, next];
    }
    activate(Math.min(active.value, panes.value.length - 1));
  }

  /** One pane more; after the last number the first again. */
  function cycle(): void {
    resize(panes.value.length >= most.value ? FEWEST : panes.value.length + 1);
  }

  /** Begins with the current work and the one after it. */
  function open(): void {
    zoom.value = FIT;
    panes.value = room.current.value ? [room.index.value] : [];
    active.value = 0;
    resize(FEWEST);
  }

  /** Puts these side by side. */
  function openThese(indices: number[]): void {
    zoom.value = FIT;
    panes.value = indices.slice(0, MOST);
    activate(0);
  }

  /** Another work in the active pane. */
  function step(direction: 1 | -1): void {
    const from = panes.value[active.value];
    const next = from === undefined ? null : freeFrom(from, direction);
    if (next === null) return;
    panes.value = panes.value.map((index, pane) => (pane === active.value ? next : index));
    room.select(next);
  }

  // N and undo move the room's place: the active pane follows, or the pane that already shows the work is activated.
  watch(
    () => room.index.value,
    (index) => {
      if (room.view.value !== 'compare' || panes.value[active.value] === index) return;
      const shown = panes.value.indexOf(index);
      if (shown >= 0) active.value = shown;
      else panes.value = panes.value.map((each, pane) => (pane === active.value ? index : each));
    },
    { flush: 'sync' },
  );

  function zoomTo(next: Zoom): void {
    zoom.value = next;
  }

  return { panes, active, zoom, zoomTo, most, open, openThese, activate, resize, cycle, step };
}

export type Compare = ReturnType<typeof useCompare>;
