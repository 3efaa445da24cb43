import type { IncomingMessage } from 'node:http';

/**
 * What arrives of an upload in each span, at the least: half a kilobyte a second, which a phone on the worst
 * network exceeds. Who sends less is gone, or holds connections open on purpose; the request's own time limit is
 * hours long, for slow phones.
 */
const leastBytes = 16_384;
const spanMs = 30_000;

/** Calls `slow` when a request that is not yet whole falls behind. Call what it returns once nobody cares. */
export function watchPace(
  request: Pick<IncomingMessage, 'complete'> & { socket: { bytesRead: number } },
  slow: () => void,
): () => void {
  let before = request.socket.bytesRead;
  const timer = setInterval(() => {
    const now = request.socket.bytesRead;
    if (!request.complete && now - before < leastBytes) slow();
    before = now;
  }, spanMs);
  return () => clearInterval(timer);
}
