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

/** Linux tells times in hundredths of a second, whatever the machine. */
const tickMs = 10;

/** CPU time that a process has used with all its threads, in ms; null as above. */
export function cpuTimeMs(pid: number): number | null {
  try {
    // The name, in brackets, may hold anything; user and system time are the 14th and 15th field (proc(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return null;
  }
}
