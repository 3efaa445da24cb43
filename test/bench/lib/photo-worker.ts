import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Runtime } from '../../../src/config/runtime.js';
import type * as backends from '../../../src/queue/backend.js';
import { startWorker } from '../../integration/support/server-process.ts';
import { built, openPremises } from './premises.ts';

/** The real worker process on a real database and queue, fed with pending rows. */
export interface PhotoWorker {
  pid: number;
  storageDir: string;
  /** All that it wrote so far. */
  output(): string;
  /** Puts each file's original and row in place, then adds the jobs; the rows' ids. */
  enqueue(files: string[]): Promise<string[]>;
  /** How many of all rows are pending, and the reason of one that failed. */
  state(): Promise<{ pending: number; failure: string | null }>;
  /**
   * Enqueues and waits for the last row.
   * @returns seconds from the first job added to the last row `ready`
   * @throws if one fails
   */
  process(files: string[]): Promise<number>;
  close(): Promise<void>;
}

const photosOfContest = 24;

export async function startPhotoWorker(): Promise<PhotoWorker> {
  const premises = await openPremises();
  const { storageDir, databaseUrl } = premises;
  const worker = await startWorker(premises.env('worker'));
  const { openQueueBackend } = await built<typeof backends>('queue/backend.js');
  const backend = await openQueueBackend({ env: {}, databaseUrl } as Runtime);
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  // No contest, no account: a file's row holds plain ids, and the worker asks for no more. The same few photos come
  // again and again, and a contest full of copies of them would be compared all day: so each has a few only.
  let inserted = 0;
  let contestId = randomUUID();

  // Once: the sweeper hands out the first rows while the last are inserted, and a file that is copied again is cut
  // to nothing under a decoder that has it mapped.
  const stored = new Map<string, string>();
  function store(file: string): string {
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
    const original = path.join(storageDir, 'originals', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    mkdirSync(path.dirname(original), { recursive: true });
    copyFileSync(file, original);
    stored.set(file, sha256);
    return sha256;
  }

  async function insert(file: string): Promise<string> {
    inserted += 1;
    if (inserted % photosOfContest === 0) contestId = randomUUID();
    const sha256 = stored.get(file) ?? store(file);
    const { rows } = await database.query<{ id: string }>(
      `INSERT INTO media (contest_id, account_id, author_id, submission_id, position, kind, original_name, mime, bytes, sha256)
       VALUES ($1, $2, $2, $2, 0, 'image', $3, 'image/jpeg', $4, $5) RETURNING id`,
      [contestId, randomUUID(), path.basename(file), statSync(file).size, sha256],
    );
    return rows[0].id;
  }

  const addJob = (mediaId: string) =>
    backend.queues['media.process'].add(
      'media.process',
      { mediaId, version: 1 },
      { jobId: `media-${mediaId}-1`, removeOnComplete: true, removeOnFail: true },
    );

  async function insertAll(files: string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const file of files) ids.push(await insert(file));
    return ids;
  }

  async function state(): Promise<{ pending: number; failure: string | null }> {
    const { rows } = await database.query<{ pending: number; failure: string | null }>(
      `SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending,
              min(error) FILTER (WHERE status = 'failed') AS failure FROM media`,
    );
    if (!worker.running()) throw new Error(`the worker ended:\n${worker.output()}`);
    return rows[0];
  }

  return {
    pid: worker.pid,
    storageDir,
    output: worker.output,
    state,
    async enqueue(files) {
      const ids = await insertAll(files);
      for (const id of ids) await addJob(id);
      return ids;
    },
    async process(files) {
      const ids = await insertAll(files);
      const start = performance.now();
      await Promise.all(ids.map(addJob));
      for (;;) {
        const { pending, failure } = await state();
        if (failure) throw new Error(`a photo failed: ${failure}\n${worker.output()}`);
        if (pending === 0) return (performance.now() - start) / 1000;
        await sleep(20);
      }
    },
    async close() {
      await worker.stop();
      await backend.close();
      await database.end();
      await premises.close();
    },
  };
}
