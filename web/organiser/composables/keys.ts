import { onMounted, onScopeDispose } from 'vue';

const TEXT_INPUTS =
  'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"])';

/**
 * Listens for single keys while `enabled()`; never in a text field, while an IME composes, or with a modifier other
 * than Ctrl/Cmd for Z, which arrives as `undo`. A handler answers true for a key that it took.
 */
export function useKeys(
  handle: (key: string, event: KeyboardEvent) => boolean,
  enabled: () => boolean,
): void {
  function listen(event: KeyboardEvent) {
    if (!enabled() || event.isComposing || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(TEXT_INPUTS)) return;
    const withCommand = event.ctrlKey || event.metaKey;
    if (withCommand && event.key.toLowerCase() !== 'z') return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (handle(withCommand || key === 'z' ? 'undo' : key, event)) event.preventDefault();
  }
  onMounted(() => window.addEventListener('keydown', listen));
  onScopeDispose(() => window.removeEventListener('keydown', listen));
}

/** Whether Enter or Space belongs to the element that has the focus. */
export function isOnControl(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest('button, a, input, summary, video') !== null;
}
