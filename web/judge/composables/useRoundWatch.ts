import { onScopeDispose, watch, type Ref } from 'vue';
import type { SaveQueue } from '../model/save-queue';

const WHILE_PAUSED_MS = 20_000;
/** Who goes back and forth between windows asks no more often. */
const AT_MOST_EVERY_MS = 15_000;

/** Asks how the round stands when the judge comes back to the page, and again and again while it is paused. */
export function useRoundWatch(check: () => Promise<unknown>, paused: Ref<boolean>, queue: SaveQueue): void {
  let last = Date.now();
  /** Without a connection an answer may take long: nobody asks twice. */
  let asking = false;
  async function look(): Promise<void> {
    if (asking || document.visibilityState !== 'visible' || Date.now() - last < AT_MOST_EVERY_MS) return;
    last = Date.now();
    asking = true;
    try {
      await check();
      if (queue.status.phase === 'paused') queue.retryNow();
    } catch {
      // What was refused is said by the list; a page that was left asks for nothing.
    } finally {
      asking = false;
    }
  }
  const listener = () => void look();
  window.addEventListener('focus', listener);
  document.addEventListener('visibilitychange', listener);
  watch(
    paused,
    (now, _before, onCleanup) => {
      if (!now) return;
      const timer = window.setInterval(listener, WHILE_PAUSED_MS);
      onCleanup(() => window.clearInterval(timer));
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    window.removeEventListener('focus', listener);
    document.removeEventListener('visibilitychange', listener);
  });
}
