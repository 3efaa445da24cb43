/** What a phone tells of itself while files are on their way. */

const wakers = new Set<() => void>();

/** Waits, but no longer than until the network is back, the page is looked at again, or {@link wakeUp}. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      window.clearTimeout(timer);
      wakers.delete(end);
      resolve();
    };
    const timer = window.setTimeout(end, milliseconds);
    wakers.add(end);
  });
}

export function wakeUp(): void {
  for (const wake of [...wakers]) wake();
}

/** The connection that was under way may hang on a network that is gone. */
export function onNetworkChange(gone: () => void, back: () => void): void {
  window.addEventListener('offline', gone);
  window.addEventListener('online', () => {
    back();
    wakeUp();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') wakeUp();
  });
}

let wanted = false;
let lock: WakeLockSentinel | null = null;

/** A screen that goes dark stops an upload. Phones that cannot, or will not, stay awake are left alone. */
export function stayAwake(awake: boolean): void {
  wanted = awake;
  if (awake) void takeLock();
  else void lock?.release().catch(() => undefined);
}

async function takeLock(): Promise<void> {
  // Missing without HTTPS, whatever the types say.
  const { wakeLock } = navigator as { wakeLock?: WakeLock };
  if (!wakeLock || document.visibilityState !== 'visible' || (lock && !lock.released)) return;
  lock = await wakeLock.request('screen').catch(() => null);
  if (!wanted) await lock?.release().catch(() => undefined);
}

document.addEventListener('visibilitychange', () => {
  if (wanted) void takeLock();
});
