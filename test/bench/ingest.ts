import { startIngestServers, type IngestServers } from './lib/ingest-servers.ts';
import { watchMemory, type MemoryUse } from './lib/memory.ts';
import { median, printResult, printTable } from './lib/report.ts';
import { newUpload, sendAll, type Target } from './lib/uploads.ts';

/**
 * Uploads per second and MB/s of the real API (session, multipart, SHA-256, type by content, fsync, rename,
 * rows, audit entry, job) against a bare Node server that streams the same bodies to the same disk.
 *
 * Both are fed by the same client in turns, so that whatever else the machine does meets both; each round gives
 * one ratio, and the median of them counts. The ratios are against the bare server that syncs each file before it
 * answers, because an answer of the API promises as much; what it does without is among the figures.
 */
interface Load {
  name: string;
  photoBytes: number;
  /** Uploads of one turn, and how many of them are under way at once. */
  count: number;
  parallel: number;
  rounds: number;
}

const loads: Load[] = [
  { name: 'small', photoBytes: 2_000_000, count: 48, parallel: 8, rounds: 7 },
  { name: 'large', photoBytes: 20_000_000, count: 30, parallel: 30, rounds: 3 },
];

type Server = 'api' | 'synced' | 'bare';
const turns: Server[] = ['synced', 'api', 'bare'];

interface Measured {
  /** Uploads per second of each round. */
  speeds: Record<Server, number[]>;
  /** Of the API, in each round. */
  memory: MemoryUse[];
}

const servers = await startIngestServers();
try {
  await warmUp(servers);
  const rows = [['', 'API', 'bare, synced', 'bare', 'API / synced', 'API / bare']];
  const ratios: Record<string, number> = {};
  const figures: Record<string, number | null> = {};
  for (const load of loads) {
    const { speeds, memory } = await measure(servers, load);
    const ratio = (to: Server) => median(speeds.api.map((speed, round) => speed / speeds[to][round]));
    ratios[load.name] = ratio('synced');
    figures[`${load.name}AgainstUnsynced`] = ratio('bare');
    const megabytes = load.photoBytes / 1e6;
    for (const server of turns) {
      figures[`${load.name}UploadsPerSecond_${server}`] = median(speeds[server]);
      figures[`${load.name}MegabytesPerSecond_${server}`] = median(speeds[server]) * megabytes;
    }
    Object.assign(figures, memoryFigures(load.name, memory));
    rows.push(...tableOf(load, speeds, ratio));
  }
  printTable(rows);
  printMemory(figures);
  printResult('ingest', ratios, figures);
} finally {
  await servers.close();
}

async function measure(at: IngestServers, load: Load): Promise<Measured> {
  const measured: Measured = { speeds: { api: [], synced: [], bare: [] }, memory: [] };
  for (let round = 0; round < load.rounds; round++) {
    // Each begins as often as the others.
    const order = [...turns.slice(round % turns.length), ...turns.slice(0, round % turns.length)];
    for (const server of order) {
      const [seconds, memory] = await watchMemory(at.api.pid, () => send(at[server], load));
      measured.speeds[server].push(load.count / seconds);
      if (server === 'api' && memory) measured.memory.push(memory);
      at.emptyStorage();
    }
  }
  return measured;
}

function send(target: Target, { photoBytes, count, parallel }: Load): Promise<number> {
  const uploads = Array.from({ length: count }, () => newUpload(photoBytes, servers.community));
  return sendAll(target, uploads, parallel);
}

async function warmUp(at: IngestServers): Promise<void> {
  for (const server of turns) await send(at[server], { ...loads[0], count: 24 });
  at.emptyStorage();
}

/** What the API process held before the first round, and the most that it ever held; null without /proc. */
function memoryFigures(load: string, memory: MemoryUse[]): Record<string, number | null> {
  const known = memory.length > 0;
  return {
    [`${load}MemoryStartMB`]: known ? memory[0].start / 1e6 : null,
    [`${load}MemoryPeakMB`]: known ? Math.max(...memory.map(({ peak }) => peak)) / 1e6 : null,
  };
}

function tableOf(load: Load, speeds: Measured['speeds'], ratio: (to: Server) => number): string[][] {
  const columns: Server[] = ['api', 'synced', 'bare'];
  const megabytes = load.photoBytes / 1e6;
  const line = (unit: string, factor: number, digits: number) => [
    `${load.parallel} at once, ${megabytes} MB each: ${unit}`,
    ...columns.map((server) => (median(speeds[server]) * factor).toFixed(digits)),
  ];
  return [
    [...line('uploads/s', 1, 1), ratio('synced').toFixed(2), ratio('bare').toFixed(2)],
    line('MB/s', megabytes, 0),
  ];
}

function printMemory(figures: Record<string, number | null>): void {
  for (const { name, parallel, photoBytes } of loads) {
    const [start, peak] = ['Start', 'Peak'].map((when) => figures[`${name}Memory${when}MB`]?.toFixed(0));
    const bodies = (parallel * photoBytes) / 1e6;
    console.log(`API memory with ${bodies} MB under way: ${start} MB before, ${peak} MB at most`);
  }
}
