import { onScopeDispose, ref } from 'vue';

const MOUSE_SLOP_PX = 6;
const LONG_PRESS_MS = 280;

/** `from` moved to the place of `to`. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const result = [...items];
  const [item] = result.splice(from, 1);
  if (item !== undefined) result.splice(to, 0, item);
  return result;
}

/**
 * Dragging things into order: a mouse drags at once, a finger after a long press, so that the page still scrolls.
 * Each carries `data-drag-key`. `move` is called whenever the dragged one comes over another, `drop` at the end.
 */
export function useReorder(move: (key: string, overKey: string) => void, drop: () => void) {
  const dragging = ref<string | null>(null);
  let start: { key: string; x: number; y: number } | null = null;
  /** Under the pointer: one that is taller than the dragged one still is after the two changed places. */
  let over: string | undefined;
  let timer = 0;
  /** The click that ends a drag must not open the tile. */
  let swallowClick = false;

  function onPointerDown(event: PointerEvent, key: string) {
    if (event.button !== 0) return;
    start = { key, x: event.clientX, y: event.clientY };
    swallowClick = false;
    if (event.pointerType !== 'mouse') timer = window.setTimeout(() => begin(key), LONG_PRESS_MS);
    window.addEventListener('pointermove', onPointerMove);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  }

  function begin(key: string) {
    dragging.value = key;
    over = key;
    swallowClick = true;
    window.addEventListener('touchmove', holdPage, { passive: false });
    if ('vibrate' in navigator) navigator.vibrate(10);
  }

  function onPointerMove(event: PointerEvent) {
    if (!start) return;
    const far = Math.hypot(event.clientX - start.x, event.clientY - start.y) > MOUSE_SLOP_PX;
    if (!dragging.value) {
      if (far && event.pointerType === 'mouse') begin(start.key);
      else if (far) window.clearTimeout(timer);
      return;
    }
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const overKey = under?.closest<HTMLElement>('[data-drag-key]')?.dataset['dragKey'];
    if (overKey === over) return;
    over = overKey;
    if (overKey && overKey !== dragging.value) move(dragging.value, overKey);
  }

  function end() {
    window.clearTimeout(timer);
    stopListening();
    if (dragging.value) drop();
    dragging.value = null;
    start = null;
  }

  function stopListening() {
    window.removeEventListener('pointermove', onPointerMove);
    window.removeEventListener('pointerup', end);
    window.removeEventListener('pointercancel', end);
    window.removeEventListener('touchmove', holdPage);
  }

  function onClick(event: MouseEvent, open: () => void) {
    if (swallowClick) event.preventDefault();
    else open();
    swallowClick = false;
  }

  onScopeDispose(stopListening);
  return { dragging, onPointerDown, onClick };
}

function holdPage(event: TouchEvent) {
  event.preventDefault();
}
