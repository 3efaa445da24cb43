import { readFileSync } from 'node:fs';

/** statm counts in pages; 4 KiB is Linux's page on x86-64 and the least on any machine. */
const pageBytes = 4096;

/** Resident size of a process in bytes; null where the system has no /proc, or the process is gone. */
export function residentBytes(pid: number): number | null {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1];
    return Number(pages) * pageBytes;
  } catch {
    return null;
  }
}
