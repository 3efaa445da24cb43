import { readFileSync } from 'node:fs';

/** Ticks of a second, as Linux has it everywhere. */
const ticks = 100;

/** Processor time that a process has taken so far, in seconds; null where the system has no /proc. */
export function cpuSeconds(pid: number): number | null {
  try {
    // The name in brackets may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticks;
  } catch {
    return null;
  }
}
