import { computed, onScopeDispose, ref, watchEffect, type Ref } from 'vue';
import { FIT, levelOfFullSize, panBy, place, zoomAt, zoomOf, type Size, type Zoom } from '../model/zoom';

interface Point {
  x: number;
  y: number;
}

export interface StageOptions {
  /** The picture's size; 100 % is one of these pixels on one of the screen's. */
  picture: Ref<Size>;
  zoom: Ref<Zoom>;
  /** A swipe with one finger on a picture that fits. */
  swiped?: (direction: 1 | -1) => void;
}

const WHEEL_STEP = 1.0015;
const SWIPE_PX = 48;

/** Size of the frame and what hands do on it: drag, pinch, wheel, double tap, swipe. */
export function useStage(element: Ref<HTMLElement | null>, { picture, zoom, swiped }: StageOptions) {
  const frame = ref<Size>({ width: 0, height: 0 });
  const observer = new ResizeObserver(([entry]) => {
    if (entry) frame.value = { width: entry.contentRect.width, height: entry.contentRect.height };
  });
  watchEffect((onCleanup) => {
    const host = element.value;
    if (!host) return;
    frame.value = { width: host.clientWidth, height: host.clientHeight };
    observer.observe(host);
    onCleanup(() => observer.unobserve(host));
  });
  onScopeDispose(() => observer.disconnect());

  const own = computed(() => zoomOf(frame.value, picture.value, zoom.value, window.devicePixelRatio));
  const placement = computed(() => place(frame.value, picture.value, own.value));
  const zoomed = computed(() => own.value.level > 1);

  let pointer: Point | null = null;
  const down = new Map<number, Point>();
  let start: Point | null = null;

  const centre = (): Point => ({ x: frame.value.width / 2, y: frame.value.height / 2 });

  function local(event: MouseEvent): Point {
    const box = element.value?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }

  function scaleTo(level: number, at: Point): void {
    zoom.value = zoomAt(frame.value, picture.value, own.value, level, at);
  }

  /** 100 % at the pointer, or the whole picture again. */
  function toggle(at: Point = pointer ?? centre()): void {
    if (zoomed.value) {
      zoom.value = FIT;
      return;
    }
    // In one: what is shared with others is theirs until they have taken it, and is read as it was before.
    const level = levelOfFullSize(frame.value, picture.value, window.devicePixelRatio);
    zoom.value = { ...zoomAt(frame.value, picture.value, own.value, level, at), full: true };
  }

  function zoomBy(factor: number): void {
    scaleTo(own.value.level * factor, pointer ?? centre());
  }

  /** Moves the frame over the picture, by shares of the frame. */
  function pan(x: number, y: number): boolean {
    if (!zoomed.value) return false;
    move(-x * frame.value.width, -y * frame.value.height);
    return true;
  }

  function move(dx: number, dy: number): void {
    zoom.value = panBy(frame.value, picture.value, own.value, dx, dy);
  }

  /** Between two fingers: how far they are from each other, and the point in the middle. */
  function pinch(): { spread: number; middle: Point } | null {
    const [one, other] = [...down.values()];
    if (!one || !other) return null;
    return {
      spread: Math.hypot(one.x - other.x, one.y - other.y),
      middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 },
    };
  }

  function onPointerdown(event: PointerEvent): void {
    if (event.button !== 0) return;
    const at = local(event);
    down.set(event.pointerId, at);
    start = down.size === 1 ? at : null;
    element.value?.setPointerCapture(event.pointerId);
  }

  function onPointermove(event: PointerEvent): void {
    const at = local(event);
    if (event.pointerType === 'mouse') pointer = at;
    const before = down.get(event.pointerId);
    if (!before) return;
    const held = pinch();
    down.set(event.pointerId, at);
    const now = pinch();
    if (held && now) {
      if (held.spread > 0) scaleTo((own.value.level * now.spread) / held.spread, now.middle);
      if (zoomed.value) move(now.middle.x - held.middle.x, now.middle.y - held.middle.y);
    } else if (zoomed.value) {
      move(at.x - before.x, at.y - before.y);
    }
  }

  function onPointerup(event: PointerEvent): void {
    const at = local(event);
    down.delete(event.pointerId);
    const dx = start ? at.x - start.x : 0;
    const dy = start ? at.y - start.y : 0;
    const sideways = Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(dy) * 1.5;
    if (start && event.pointerType !== 'mouse' && !zoomed.value && sideways) swiped?.(dx < 0 ? 1 : -1);
    start = null;
  }

  return {
    placement,
    zoomed,
    toggle,
    zoomBy,
    pan,
    handlers: {
      pointerdown: onPointerdown,
      pointermove: onPointermove,
      pointerup: onPointerup,
      pointercancel: (event: PointerEvent) => {
        down.delete(event.pointerId);
        start = null;
      },
      pointerleave: () => {
        if (down.size === 0) pointer = null;
      },
      dblclick: (event: MouseEvent) => toggle(local(event)),
      wheel: (event: WheelEvent) => {
        event.preventDefault();
        scaleTo(own.value.level * WHEEL_STEP ** -event.deltaY, local(event));
      },
    },
  };
}
