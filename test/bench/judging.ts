import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type * as assigning from '../../src/judging/assign.ts';
import type { Client } from '../integration/support/client.ts';
import { openJudgingSite, pictures, type Judge } from '../browser/support/judging-site.ts';
import { built } from './lib/premises.ts';
import { printResult, printTable } from './lib/report.ts';

/**
 * Thirty judges who each mark two works a second, ten thousand works: `npm run -s bench -- judging [seconds] [works]`.
 *
 * Saves begin by the clock, whether or not earlier ones have been answered, and are timed from when they were due: so
 * a server that falls behind can't hide it. The yardstick is the same writes, at the same pace, as one bare transaction
 * each over the driver: a sheet, its task, and an entry of the log. Which indexes were used is read from PostgreSQL's own
 * counters: a sequential scan of a large table is named.
 */
const [seconds = 30, works = 10_000] = process.argv.slice(2).map(Number);
const judges = 30;
const everyMs = 500;
const marks = { c1: 81, c2: 74, c3: 90 };
const large = ['tasks', 'sheet_versions', 'round_entries', 'submissions', 'media', 'audit_entries'];

interface Save {
  judge: number;
  task: string;
}

const site = await openJudgingSite();
try {
  await site.works('photo', await pictures(12, 600, 400));
  await site.copies('photo', works);
  const panel: Judge[] = [];
  for (let n = 0; n < judges; n++) panel.push(await site.judge());
  const opening = performance.now();
  const round = await site.round('photo', panel);
  const openedMs = performance.now() - opening;
  console.error(`${works} works for ${judges} judges, opened in ${(openedMs / 1000).toFixed(1)} s`);

  const clients: Client[] = [];
  for (const judge of panel) clients.push(await site.client(judge));
  const perJudge = Math.ceil((seconds * 1000) / everyMs);
  const { rows } = await site.db.query<{ id: string; judge: string; at: number }>(
    `SELECT id, judge_id AS judge, position AS at FROM tasks WHERE round_id = $1 AND position < $2 ORDER BY position`,
    [round, 2 * perJudge],
  );
  const tasksOf = panel.map(({ id }) => rows.filter(({ judge }) => judge === id).map((row) => row.id));

  await site.db.query('ANALYZE');
  const before = await scans();
  const failures: string[] = [];
  const api = await paced(
    (n) => tasksOf.map((tasks, judge) => ({ judge, task: tasks[n] })),
    async ({ judge, task }) => {
      const { status, body } = await clients[judge].put(
        `/tasks/${task}/sheet`,
        { marks, submitted: true },
        { 'If-Match': '"0"' },
      );
      if (status !== 200) failures.push(`${status} ${body.code}`);
    },
  );
  const after = await scans();

  await site.db.query('CREATE TABLE bare_log (id bigserial PRIMARY KEY, task uuid)');
  const pool = new pg.Pool({ connectionString: site.databaseUrl, max: 10 });
  const bare = await paced(
    (n) => tasksOf.map((tasks, judge) => ({ judge, task: tasks[perJudge + n] })),
    ({ judge, task }) => bareSave(pool, task, panel[judge].id),
  );
  await pool.end();

  const list = performance.now();
  const { status } = await clients[0].get(`/rounds/${round}/tasks?limit=100`);
  const listMs = performance.now() - list;
  const progressed = performance.now();
  const progress = await site.organiser.get(`/rounds/${round}/progress`);
  const progressMs = performance.now() - progressed;
  if (status !== 200 || progress.status !== 200) throw new Error(`reading: ${status} ${progress.status}`);
  const assignMs = await assignment();

  printTable([
    [`${judges} judges, 2 marks a second each, ${works} works`, 'saves', 'median ms', 'p99 ms', 'most ms'],
    ['the API', ...line(api)],
    ['a bare transaction (yardstick)', ...line(bare)],
  ]);
  console.log(`errors: ${failures.length}${failures.length > 0 ? ` (${failures[0]})` : ''}`);
  console.log(`sequential scans of large tables meanwhile: ${scansBetween(before, after)}`);
  console.log(
    `opening ${(openedMs / 1000).toFixed(1)} s, first hundred of a list ${listMs.toFixed(0)} ms, progress ${progressMs.toFixed(0)} ms, assigning 3 of ${judges} ${(assignMs / 1000).toFixed(1)} s`,
  );
  printResult(
    'judging',
    { medianToBare: at(api, 0.5) / at(bare, 0.5), p99ToBare: at(api, 0.99) / at(bare, 0.99) },
    {
      ...{
        works,
        judges,
        saves: api.length,
        errors: failures.length,
        openedMs,
        listMs,
        progressMs,
        assignMs,
      },
      medianMs: at(api, 0.5),
      p99Ms: at(api, 0.99),
      bareMedianMs: at(bare, 0.5),
      bareP99Ms: at(bare, 0.99),
      sequentialScans: large.reduce((sum, table) => sum + after[table] - before[table], 0),
    },
  );
} finally {
  await site.stop();
}

/** Every half second one save of each judge, spread over it; answers with how late each was, in ms. */
async function paced(of: (n: number) => Save[], save: (one: Save) => Promise<void>): Promise<number[]> {
  const begin = performance.now() + 200;
  const took: number[] = [];
  const running: Promise<void>[] = [];
  for (let n = 0; n * everyMs < seconds * 1000; n++) {
    for (const one of of(n)) {
      const due = begin + n * everyMs + (one.judge * everyMs) / judges;
      const wait = due - performance.now();
      if (wait > 1) await sleep(wait);
      running.push(save(one).then(() => void took.push(performance.now() - due)));
    }
  }
  await Promise.all(running);
  return took;
}

async function bareSave(pool: pg.Pool, task: string, judge: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO sheet_versions (task_id, version, marks, submitted, actor_id, saved_at)
       VALUES ($1, 1, $2, true, $3, clock_timestamp())`,
      [task, marks, judge],
    );
    await client.query(`UPDATE tasks SET version = 1, state = 'submitted' WHERE id = $1`, [task]);
    await client.query('INSERT INTO bare_log (task) VALUES ($1)', [task]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

async function scans(): Promise<Record<string, number>> {
  // Counters of other sessions arrive within a second or so.
  await sleep(1500);
  await site.db.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await site.db.query<{ name: string; scans: number }>(
    `SELECT relname AS name, seq_scan::int AS scans FROM pg_stat_user_tables WHERE relname = ANY($1)`,
    [large],
  );
  return Object.fromEntries(rows.map(({ name, scans: count }) => [name, count]));
}

function scansBetween(before: Record<string, number>, after: Record<string, number>): string {
  const found = large.filter((table) => after[table] > before[table]);
  return found.length === 0
    ? 'none'
    : found.map((table) => `${table} ${after[table] - before[table]}`).join(', ');
}

/** The pure algorithm alone, in this process. */
async function assignment(): Promise<number> {
  const { assign } = await built<typeof assigning>('judging/assign.js');
  const names = (what: string, count: number) => Array.from({ length: count }, (_, n) => `${what}${n}`);
  const start = performance.now();
  assign({ entries: names('w', works), judges: names('j', judges), perEntry: 3, seed: 'bench' });
  return performance.now() - start;
}

function at(times: number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function line(times: number[]): string[] {
  return [
    String(times.length),
    at(times, 0.5).toFixed(1),
    at(times, 0.99).toFixed(1),
    Math.max(...times).toFixed(1),
  ];
}
