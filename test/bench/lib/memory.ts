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

/** Proportional memory (shared pages counted once) of a process and its children, at most. Bytes. */
export interface TreeMemory {
  children: number;
  all: number;
}

/** What a process and its children hold now; null where the system has no /proc. */
export function treeMemory(pid: number): TreeMemory | null {
  const children = childrenOf(pid).reduce((sum, child) => sum + proportionalBytes(child), 0);
  const own = proportionalBytes(pid);
  return own > 0 ? { children, all: children + own } : null;
}

/** Runs `act` and looks at the memory of another process and its children; null where the system has no /proc. */
export async function watchTree<T>(pid: number, act: () => Promise<T>): Promise<[T, TreeMemory | null]> {
  const peak: TreeMemory = { children: 0, all: 0 };
  const look = () => {
    const now = treeMemory(pid);
    peak.children = Math.max(peak.children, now?.children ?? 0);
    peak.all = Math.max(peak.all, now?.all ?? 0);
  };
  const timer = setInterval(look, everyTreeMs);
  try {
    const result = await act();
    look();
    return [result, peak.all > 0 ? peak : null];
  } finally {
    clearInterval(timer);
  }
}

/** Adding up the pages of large processes costs milliseconds. */
const everyTreeMs = 100;

function childrenOf(pid: number): number[] {
  try {
    const tasks = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
    return tasks === '' ? [] : tasks.split(' ').map(Number);
  } catch {
    return [];
  }
}

function proportionalBytes(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
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
