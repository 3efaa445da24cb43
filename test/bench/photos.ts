import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type * as launcher from '../../src/media/decoder/launch.js';
import { watchTree, type TreeMemory } from './lib/memory.ts';
import { takePhotos } from './lib/photo-samples.ts';
import { startPhotoWorker } from './lib/photo-worker.ts';
import { built } from './lib/premises.ts';
import { median, printResult, printTable } from './lib/report.ts';

/**
 * Whole photos per second, on the same files with colour profiles in turns: (a) the worker itself, from the job
 * to the row that says ready; (b) a naive pipeline that decodes the whole file for each of its five outputs;
 * (c) Immich's structure at our sizes; (d) the worker's job in a bare loop without queue, database, fsync or a
 * process to protect itself, with the same settings of malloc. Each works on as many photos at a time as there are cores.
 */
const lanes = availableParallelism();
const rounds = Number(process.argv[2] ?? 5);
const { childEnvironment } = await built<typeof launcher>('media/decoder/launch.js');

type Way = 'worker' | 'bare' | 'naive' | 'immich' | 'immich-inside';
/** How often each goes through the samples in a round: the slow ones less, so that a round stays short. */
const repeats: Record<Way, number> = { worker: 3, bare: 3, naive: 1, immich: 1, 'immich-inside': 1 };

const folder = mkdtempSync(path.join(tmpdir(), 'dingge-bench-photos-'));
const worker = await startPhotoWorker();
const pipelines = new Map<Way, ChildProcess>();
try {
  const files = await takePhotos(folder);
  for (const way of ['bare', 'naive', 'immich', 'immich-inside'] as const) {
    pipelines.set(way, await startPipeline(way));
  }
  const ways = Object.keys(repeats) as Way[];
  for (const way of ways) await run(way, files);

  const speeds: Record<Way, number[]> = { worker: [], bare: [], naive: [], immich: [], 'immich-inside': [] };
  const memory: TreeMemory[] = [];
  for (let round = 0; round < rounds; round++) {
    // Each begins as often as the others.
    for (const way of [...ways.slice(round % ways.length), ...ways.slice(0, round % ways.length)]) {
      const photos = Array.from({ length: repeats[way] }, () => files).flat();
      speeds[way].push(photos.length / (await run(way, photos)));
    }
  }
  // Apart from the clock: to add a process's pages up, the kernel holds up whoever maps or frees some.
  for (let round = 0; round < rounds; round++) {
    const [, used] = await watchTree(worker.pid, () => run('worker', [...files, ...files]));
    if (used) memory.push(used);
  }
  report(speeds, memory);
} finally {
  for (const pipeline of pipelines.values()) pipeline.disconnect();
  await worker.close();
  rmSync(folder, { recursive: true, force: true });
}

async function startPipeline(way: Way): Promise<ChildProcess> {
  const child = fork(
    path.join(import.meta.dirname, 'lib/photo-pipelines.ts'),
    [way, String(lanes), path.join(folder, way)],
    { env: { PATH: process.env['PATH'], ...(way === 'bare' ? childEnvironment : {}) } },
  );
  const { error } = await answerOf(child);
  if (error) throw new Error(`${way}: ${error}`);
  return child;
}

async function answerOf(pipeline: ChildProcess): Promise<{ error?: string }> {
  const ended = once(pipeline, 'exit').then(([code]) => ({
    error: `the process ended with ${String(code)}`,
  }));
  const told = once(pipeline, 'message').then(([answer]) => answer as { error?: string });
  return Promise.race([told, ended]);
}

/** Seconds for all the photos. */
async function run(way: Way, photos: string[]): Promise<number> {
  const pipeline = pipelines.get(way);
  if (!pipeline) return worker.process(photos);
  const start = performance.now();
  pipeline.send(photos);
  const answer = await answerOf(pipeline);
  if (answer.error) throw new Error(`${way}: ${answer.error}`);
  return (performance.now() - start) / 1000;
}

function report(speeds: Record<Way, number[]>, memory: TreeMemory[]): void {
  const ratio = (to: Way) => median(speeds.worker.map((speed, round) => speed / speeds[to][round]));
  const names: Record<Way, string> = {
    worker: '(a) the worker, job to row',
    naive: '(b) a full decode for each output',
    immich: '(c) Immich’s structure',
    'immich-inside': '    the same, its pictures no larger than ours',
    bare: '(d) the same job in a bare loop',
  };
  const rows = (['worker', 'naive', 'immich', 'immich-inside', 'bare'] as const).map((way) => [
    names[way],
    median(speeds[way]).toFixed(2),
    way === 'worker' ? '' : ratio(way).toFixed(2),
  ]);
  printTable([[`${lanes} at a time, 12 and 24 MP in equal parts`, 'photos/s', '(a) is × that'], ...rows]);
  const peak = (part: keyof TreeMemory) =>
    memory.length > 0 ? Math.max(...memory.map((used) => used[part])) / 1e6 : null;
  console.log(
    `memory of (a) at most: decoders ${peak('children')?.toFixed(0)} MB, with the worker ${peak('all')?.toFixed(0)} MB`,
  );
  printResult(
    'photos',
    { toBareLoop: ratio('bare'), toNaive: ratio('naive'), toImmich: ratio('immich') },
    {
      workerPhotosPerSecond: median(speeds.worker),
      barePhotosPerSecond: median(speeds.bare),
      naivePhotosPerSecond: median(speeds.naive),
      immichPhotosPerSecond: median(speeds.immich),
      immichInsidePhotosPerSecond: median(speeds['immich-inside']),
      toImmichInside: ratio('immich-inside'),
      decodersPeakMB: peak('children'),
      workerAndDecodersPeakMB: peak('all'),
    },
  );
}
