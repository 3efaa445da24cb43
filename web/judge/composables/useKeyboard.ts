import { onScopeDispose } from 'vue';
import { actionFor, type Action } from '../model/keys';

const TEXT = 'textarea, select, [contenteditable], input:not([data-mark], [type=checkbox])';

/**
 * Hands every key of the dark room to `act`, which tells whether it used it (then the browser does not). Text
 * fields, dialogs and the keys that press a focused button stay the browser's.
 */
export function useKeyboard(act: (action: Action) => boolean): void {
  const listener = (event: KeyboardEvent) => {
    if (document.querySelector('dialog[open]')) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(TEXT)) return;
    const presses = event.key === 'Enter' || event.key === ' ';
    if (presses && target?.closest('button, a, summary, [type=checkbox]')) return;
    const action = actionFor(event);
    if (action && act(action)) event.preventDefault();
  };
  // What was clicked keeps the focus, and Space would press it again instead of zooming.
  const release = (event: MouseEvent) => {
    const button =
      event.target instanceof Element
        ? event.target.closest<HTMLElement>('button, input[type=checkbox]')
        : null;
    if (event.detail > 0 && button === document.activeElement) button?.blur();
  };
  window.addEventListener('keydown', listener);
  window.addEventListener('click', release);
  onScopeDispose(() => {
    window.removeEventListener('keydown', listener);
    window.removeEventListener('click', release);
  });
}
