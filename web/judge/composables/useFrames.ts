import { onScopeDispose, watch, type Ref } from 'vue';

/** Until a film has shown how long its frames are: as phones record. */
const USUAL_FRAME = 1 / 30;
/** Into the frame, so that a rounded time does not show its neighbour. */
const INSIDE = 0.002;
/** A frame of a slow film is met after so many steps of the usual length; more are not a frame but the end. */
const TRIES = 12;
/** A seek takes no longer; and a frame is shown so soon after it, or it is the one that was there. */
const SEEK_MS = 1000;
const SHOW_MS = 200;
/** … where the length of a frame is known, another one is to be expected: it may come late. */
const SHOW_LATE_MS = 1000;

/**
 * Steps a film by the frames that it has: the browser tells the time of each frame that it shows, and a step goes on
 * until another one is shown. Browsers that don't tell step by a thirtieth of a second.
 */
export function useFrames(video: Ref<HTMLVideoElement | null>, seek: (seconds: number) => void) {
  /** When the frame that is shown begins, and how long one lasts, as far as it was seen. */
  let shown: number | null = null;
  let length: number | null = null;
  let arrived: ((at: number) => void) | null = null;
  let request = 0;

  function listen(film: HTMLVideoElement): void {
    request = film.requestVideoFrameCallback((_, { mediaTime }) => {
      const passed = shown === null ? 0 : mediaTime - shown;
      if (passed > 0.001 && passed < 1 && (length === null || passed < length)) length = passed;
      shown = mediaTime;
      arrived?.(mediaTime);
      listen(film);
    });
  }

  watch(
    video,
    (film, _before, onCleanup) => {
      shown = null;
      length = null;
      if (!film || !('requestVideoFrameCallback' in film)) return;
      listen(film);
      onCleanup(() => film.cancelVideoFrameCallback(request));
    },
    { immediate: true },
  );

  /** The frame that the film shows after going there; null if it is the same one as before. */
  function frameAt(film: HTMLVideoElement, seconds: number): Promise<number | null> {
    return new Promise((resolve) => {
      let timer = window.setTimeout(() => done(null), SEEK_MS);
      const settled = () => {
        window.clearTimeout(timer);
        timer = window.setTimeout(() => done(null), length === null ? SHOW_MS : SHOW_LATE_MS);
      };
      const done = (at: number | null) => {
        window.clearTimeout(timer);
        film.removeEventListener('seeked', settled);
        arrived = null;
        resolve(at);
      };
      film.addEventListener('seeked', settled);
      arrived = done;
      seek(seconds);
    });
  }

  let busy = false;
  onScopeDispose(() => (arrived = null));

  return async function step(delta: number): Promise<void> {
    const film = video.value;
    if (!film || busy) return;
    const from = shown;
    if (from === null) return seek(film.currentTime + delta * USUAL_FRAME);
    busy = true;
    try {
      if (delta < 0) return void (await frameAt(film, Math.max(0, from - INSIDE)));
      for (let tries = 1; tries <= TRIES; tries++) {
        const target = from + tries * (length ?? USUAL_FRAME) + INSIDE;
        const at = await frameAt(film, target);
        if ((at !== null && at > from + 0.001) || target >= film.duration) return;
      }
    } finally {
      busy = false;
    }
  };
}
