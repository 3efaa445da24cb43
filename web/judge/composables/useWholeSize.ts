import { ref, watch, type Ref } from 'vue';
import { askWhole, awaitWhole } from '../model/whole-size';
import { useWholePictures } from './usePictures';

/**
 * The picture of whole size once it is wanted, made and decoded; until then, and where there is none, null. It stays
 * while the same picture is looked at, so that zooming in again shows it at once.
 */
export function useWholeSize(link: Ref<string | undefined>, wanted: Ref<boolean>) {
  const whole = ref<string | null>(null);
  const state = ref<'idle' | 'making' | 'failed'>('idle');
  const pictures = useWholePictures();
  const sleep = (ms: number) => new Promise<void>((resolve) => window.setTimeout(resolve, ms));

  async function fetchIt(url: string, signal: AbortSignal): Promise<void> {
    state.value = 'making';
    try {
      const there = pictures.ready(url) !== null;
      const made = there || (await awaitWhole(() => askWhole(url, signal), sleep, signal));
      if (made) await pictures.get(url);
      if (signal.aborted) return;
      whole.value = made ? url : null;
      state.value = made ? 'idle' : 'failed';
    } catch {
      if (!signal.aborted) state.value = 'failed';
    }
  }

  watch(
    [link, wanted],
    ([url, now], [before], onCleanup) => {
      if (url !== before) whole.value = null;
      state.value = 'idle';
      if (!url || !now || whole.value === url) return;
      const patience = new AbortController();
      onCleanup(() => patience.abort());
      void fetchIt(url, patience.signal);
    },
    { immediate: true, flush: 'sync' },
  );

  return { whole, state };
}
