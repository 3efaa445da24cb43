import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { treeMemory } from '../bench/lib/memory.ts';
import { takePhotos } from '../bench/lib/photo-samples.ts';
import { startPhotoWorker } from '../bench/lib/photo-worker.ts';

/**
 * A backlog of photos drains: every one gets ready, and the memory of the worker and its decoders doesn't grow on
 * the way. `backlog.ts COUNT`: full-size photos from 1,000 on, smaller ones below, as CI has no hour for it.
 */
const count = Number(process.argv[2] ?? 5000);
/** Memory of the last third against the second: the first still warms up. */
const growthAllowed = 1.15;
/** No progress for so long is a hang. */
const stalledAfterMs = 60_000;

const folder = mkdtempSync(path.join(tmpdir(), 'dingge-soak-'));
const worker = await startPhotoWorker();
const failures: string[] = [];
try {
  const samples = await takePhotos(folder);
  const files = count < 1000 ? await smaller(samples) : samples;
  await worker.enqueue(Array.from({ length: count }, (_, index) => files[index % files.length]));
  const use = await drain();
  failures.push(...findings(use));
} catch (error) {
  failures.push((error as Error).message);
} finally {
  await worker.close();
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;

/** Megabytes of the worker with its decoders, once a second, until nothing is pending. */
async function drain(): Promise<number[]> {
  const start = performance.now();
  const use: number[] = [];
  let left = count;
  let movedAt = start;
  for (;;) {
    const { pending, failure } = await worker.state();
    if (failure) throw new Error(`a photo failed: ${failure}\n${worker.output().slice(-3000)}`);
    const now = performance.now();
    if (pending < left) [left, movedAt] = [pending, now];
    if (now - movedAt > stalledAfterMs) throw new Error(`stuck with ${pending} photos pending`);
    use.push((treeMemory(worker.pid)?.all ?? 0) / 1e6);
    if (use.length % 30 === 0) console.log(`${count - pending} of ${count}, ${use.at(-1)!.toFixed(0)} MB`);
    if (pending === 0) {
      const seconds = (now - start) / 1000;
      console.log(`${count} photos in ${seconds.toFixed(0)} s, ${(count / seconds).toFixed(1)} a second`);
      return use;
    }
    await sleep(1000);
  }
}

function findings(use: number[]): string[] {
  const third = Math.floor(use.length / 3);
  const [second, last] = [use.slice(third, 2 * third), use.slice(2 * third)].map((part) => Math.max(...part));
  console.log(
    `memory of the worker and its decoders: at most ${second.toFixed(0)} MB in the second third, ${last.toFixed(0)} MB in the last`,
  );
  const found: string[] = [];
  if (use.length < 9) found.push('too short to tell whether memory grows');
  if (!(last <= second * growthAllowed)) {
    found.push(`memory grew from ${second.toFixed(0)} to ${last.toFixed(0)} MB`);
  }
  const left = ['incoming', 'work'].flatMap((name) => readdirSync(path.join(worker.storageDir, name)));
  if (left.length > 0) found.push(`left behind: ${left.slice(0, 5).join(', ')}`);
  return found;
}

/** The same photos at a quarter of their pixels. */
async function smaller(samples: string[]): Promise<string[]> {
  const files: string[] = [];
  for (const sample of samples) {
    const file = sample.replace('.jpg', '-half.jpg');
    const { width } = await sharp(sample).metadata();
    await sharp(sample)
      .resize(Math.round(width / 2))
      .keepMetadata()
      .jpeg({ quality: 88 })
      .toFile(file);
    files.push(file);
  }
  return files;
}
