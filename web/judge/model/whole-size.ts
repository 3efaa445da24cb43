/** What asking for a picture of whole size comes to. */
export type Asked = 'there' | 'making' | 'failed' | 'unreachable';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 2_000;
/** Who zooms out and in again asks anew. */
const PATIENCE_MS = 120_000;

/** The picture is made when it is first asked for: asks until it is there. False where it won't be. */
export async function awaitWhole(
  ask: () => Promise<Asked>,
  sleep: (ms: number) => Promise<void>,
  signal: AbortSignal,
): Promise<boolean> {
  for (let wait = FIRST_WAIT_MS, waited = 0; waited < PATIENCE_MS && !signal.aborted; waited += wait) {
    const asked = await ask();
    if (asked === 'there') return !signal.aborted;
    if (asked === 'failed') return false;
    await sleep(wait);
    wait = Math.min(LONGEST_WAIT_MS, wait * 1.5);
  }
  return false;
}

/** One request, without the picture. The store's own address, to which some are sent on, isn't asked. */
export async function askWhole(url: string, signal: AbortSignal): Promise<Asked> {
  try {
    const { status, type } = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
    if (type === 'opaqueredirect' || status === 200) return 'there';
    if (status === 202) return 'making';
    return status === 429 || status >= 500 ? 'unreachable' : 'failed';
  } catch {
    return 'unreachable';
  }
}
