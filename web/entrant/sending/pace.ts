/** How fast bytes are acknowledged, and what follows from that: arithmetic only. Times in milliseconds. */

const WINDOW_MS = 12_000;
const CHUNK_SECONDS = 4;
const FIRST_CHUNK = 512 * 1024;
const SMALLEST_CHUNK = 256 * 1024;
const LARGEST_CHUNK = 8 * 1024 * 1024;

/**
 * The speed of the last seconds, from what the server acknowledged: what merely left the device may still lie in
 * a buffer of the phone's.
 */
export class Pace {
  private samples: { at: number; bytes: number }[] = [];

  /** Before anything is sent; no matter where it is measured already. */
  start(now: number): void {
    if (this.samples.length === 0) this.samples = [{ at: now, bytes: 0 }];
  }

  /** A break is no part of the speed. */
  stop(): void {
    this.samples = [];
  }

  acknowledge(now: number, bytes: number): void {
    const last = this.samples.at(-1);
    if (!last) return;
    this.samples.push({ at: now, bytes: last.bytes + bytes });
    // The oldest that is kept stands at the window's far edge, and two are always there.
    while (this.samples.length > 2 && (this.samples[1]?.at ?? now) < now - WINDOW_MS) this.samples.shift();
  }

  /** Bytes a second; null before anything was acknowledged. A lull lowers it. */
  rate(now: number): number | null {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last.bytes === first.bytes) return null;
    const span = last.at - first.at;
    const lull = now - last.at;
    return ((last.bytes - first.bytes) * 1000) / Math.max(1, lull > span ? span + lull : span);
  }
}

/** What is sent in one request: some seconds' worth, for only its answer tells how fast the line is. */
export function chunkFor(rate: number | null): number {
  if (rate === null) return FIRST_CHUNK;
  return Math.round(Math.min(LARGEST_CHUNK, Math.max(SMALLEST_CHUNK, rate * CHUNK_SECONDS)));
}

/** So long nothing may be heard of a chunk before the line counts as broken. */
export function patienceFor(rate: number | null): number {
  return rate === null ? 25_000 : Math.max(10_000, (chunkFor(rate) / rate) * 3000);
}

export interface TimeLeft {
  unit: 'moment' | 'seconds' | 'minutes' | 'hours';
  value: number;
}

/** Rounded up, in steps as coarse as the guess is. */
export function timeLeft(bytes: number, rate: number): TimeLeft {
  const seconds = bytes / rate;
  if (seconds <= 10) return { unit: 'moment', value: 0 };
  if (seconds <= 50) return { unit: 'seconds', value: Math.ceil(seconds / 10) * 10 };
  if (seconds <= 3600) return { unit: 'minutes', value: Math.ceil(seconds / 60) };
  return { unit: 'hours', value: Math.ceil(seconds / 360) / 10 };
}
