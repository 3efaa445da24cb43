import { onScopeDispose } from 'vue';
import { apiUrl } from './api';

const POLL_EVERY_MS = 5_000;

/**
 * Calls `look` when the server says that a submission of this account changed; while the event stream is down,
 * every five seconds (if `waiting()` says that something is still expected). The event carries no facts: re-fetch.
 * Call in `setup` (or another effect scope); ends with it.
 */
export function useLive(
  contestSlug: string,
  look: (submissionId: string | null) => void,
  waiting: () => boolean = () => true,
): void {
  const source = new EventSource(apiUrl(`/contests/${contestSlug}/events`));
  let streaming = false;
  source.onopen = () => {
    streaming = true;
    // What happened before the stream stood was not told.
    if (waiting()) look(null);
  };
  source.onerror = () => {
    streaming = false;
  };
  source.addEventListener('look', (event: MessageEvent<string>) => {
    const data = JSON.parse(event.data) as { submission?: string };
    look(data.submission ?? null);
  });
  const timer = window.setInterval(() => {
    if (!streaming && waiting() && document.visibilityState === 'visible') look(null);
  }, POLL_EVERY_MS);
  onScopeDispose(() => {
    source.close();
    window.clearInterval(timer);
  });
}
