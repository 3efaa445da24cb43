import { cpuSeconds } from './lib/cpu.ts';
import { watchMemory, type MemoryUse } from './lib/memory.ts';
import { median, printResult, printTable } from './lib/report.ts';
import { startResumableServers, type ResumableServers } from './lib/resumable-servers.ts';
import { sendAtOnce } from './lib/tus-uploads.ts';

/**
 * Uploads through the resumable door, many large ones at once, against the bare tus server (@tus/server with its
 * file store) in turns on the same disk: `npm run -s bench -- resumable [uploads] [MB each] [rounds]`.
 *
 * The door does what the bare server doesn't: it hashes, syncs each piece before it answers, tells the type,
 * attaches the file to a work in a transaction, and asks for session and lease with each request. Once in one
 * request for a file, and once in pieces of 8 MB, as the page sends them.
 */
const [uploads = 30, megabytes = 100, rounds = 3] = process.argv.slice(2).map(Number);
const loads = [
  { name: 'whole', chunkBytes: Infinity },
  { name: 'pieces', chunkBytes: 8_000_000 },
];
type Server = 'api' | 'bare';

interface Measured {
  /** MB/s of each round. */
  speeds: Record<Server, number[]>;
  memory: Record<Server, MemoryUse[]>;
  /** Processor seconds for a gigabyte: what the work costs, however busy the machine is otherwise. */
  cpu: Record<Server, number[]>;
}

const servers = await startResumableServers();
try {
  for (const server of ['api', 'bare'] as const) await turn(servers, server, 8_000_000, 2, 20);
  const rows = [[`${uploads} at once, ${megabytes} MB each`, 'API MB/s', 'bare tus MB/s', 'API / bare']];
  const memoryRows = [['memory at most (before); CPU s/GB', 'API MB', 'bare tus MB', 'API CPU', 'bare CPU']];
  const ratios: Record<string, number> = {};
  const figures: Record<string, number | null> = {};
  for (const { name, chunkBytes } of loads) {
    const { speeds, memory, cpu } = await measure(servers, chunkBytes);
    ratios[name] = median(speeds.api.map((speed, round) => speed / speeds.bare[round]));
    const cells = (['api', 'bare'] as const).map((server) => {
      figures[`${name}MegabytesPerSecond_${server}`] = median(speeds[server]);
      const known = memory[server].length > 0;
      const peak = known ? Math.max(...memory[server].map((use) => use.peak)) / 1e6 : null;
      const start = known ? memory[server][0].start / 1e6 : null;
      figures[`${name}MemoryPeakMB_${server}`] = peak;
      figures[`${name}MemoryStartMB_${server}`] = start;
      figures[`${name}CpuSecondsPerGB_${server}`] = cpu[server].length > 0 ? median(cpu[server]) : null;
      return `${peak?.toFixed(0) ?? '?'} (${start?.toFixed(0) ?? '?'})`;
    });
    const cpuOf = (server: Server) => figures[`${name}CpuSecondsPerGB_${server}`]?.toFixed(1) ?? '?';
    const label = chunkBytes === Infinity ? 'in one request' : `in pieces of ${chunkBytes / 1e6} MB`;
    rows.push([
      label,
      median(speeds.api).toFixed(0),
      median(speeds.bare).toFixed(0),
      ratios[name].toFixed(2),
    ]);
    memoryRows.push([label, ...cells, cpuOf('api'), cpuOf('bare')]);
  }
  printTable(rows);
  printTable(memoryRows);
  printResult('resumable', ratios, { ...figures, uploads, megabytes });
} finally {
  await servers.close();
}

async function measure(at: ResumableServers, chunkBytes: number): Promise<Measured> {
  const measured: Measured = {
    speeds: { api: [], bare: [] },
    memory: { api: [], bare: [] },
    cpu: { api: [], bare: [] },
  };
  for (let round = 0; round < rounds; round++) {
    // Each begins as often as the other.
    const order: Server[] = round % 2 === 0 ? ['bare', 'api'] : ['api', 'bare'];
    for (const server of order) {
      const before = cpuSeconds(at.pids[server]);
      const [seconds, memory] = await turn(at, server, chunkBytes, uploads, megabytes);
      measured.speeds[server].push((uploads * megabytes) / seconds);
      if (memory) measured.memory[server].push(memory);
      if (before !== null) {
        const gigabytes = (uploads * megabytes) / 1000;
        measured.cpu[server].push((cpuSeconds(at.pids[server])! - before) / gigabytes);
      }
    }
  }
  return measured;
}

async function turn(at: ResumableServers, server: Server, chunkBytes: number, count: number, size: number) {
  const target = await at.target(server, count);
  const measured = await watchMemory(at.pids[server], () =>
    sendAtOnce(target, { count, bytes: size * 1_000_000, chunkBytes }),
  );
  at.emptyStorage();
  return measured;
}
