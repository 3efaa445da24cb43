import { readFileSync } from 'node:fs';

/** Resident memory of a process while something runs, in bytes. */
export interface MemoryUse {
  start: number;
  peak: number;
}

const everyMs = 20;

/** Runs `act` and looks at the memory of another process meanwhile; null where the system has no /proc. */
export async function watchMemory<T>(pid: number, act: () => Promise<T>): Promise<[T, MemoryUse | null]> {
  const start = residentBytes(pid);
  let peak = start;
  const timer = setInterval(() => (peak = Math.max(peak, residentBytes(pid))), everyMs);
  try {
    const result = await act();
    return [result, start > 0 ? { start, peak } : null];
  } finally {
    clearInterval(timer);
  }
}

function residentBytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
