import { performance } from 'node:perf_hooks';
import { openJudgingSite, pictures } from '../browser/support/judging-site.ts';
import { watchMemory } from './lib/memory.ts';
import { median, printResult, printTable } from './lib/report.ts';

/**
 * From marks in the database to a result that is ranked, allotted and stored: `npm run -s bench -- results [works]`.
 *
 * Every work has the marks of seven judges by four criteria. Measured is the dry run over HTTP, its answer with the
 * first page and its sums included. The yardstick, in turns with it, is one bare SQL statement over the same marks:
 * weighted totals, trimmed means, the order; it stores nothing, breaks no tie and gives no prize. A quarter of the works
 * comes first: four times as many should take four times as long.
 */
const works = Number(process.argv[2] ?? 100_000);
const runs = 3;
const judges = 7;
const criteria = [40, 30, 20, 10].map((weight, index) => ({
  ...{ name: `第${index + 1}项`, weight, min: 0, max: 100, step: 1 },
}));

interface Measured {
  result: number[];
  bare: number[];
  peakBytes: number | null;
}

const site = await openJudgingSite();
try {
  await site.works('photo', await pictures(1, 600, 400));
  const panel = [];
  for (let n = 0; n < judges; n++) panel.push(await site.judge());
  const round = await site.round('photo', panel, { criteria });
  // The marks of the one work that came through the door are made up as all others are.
  await fill(round, 0, 1);
  await site.organiser.post(`/rounds/${round}/close`, { reason: 'bench' });

  await fill(round, 1, works / 4);
  const quarter = await measure(round);
  await fill(round, works / 4, works);
  const whole = await measure(round);

  const [ours, bare] = [median(whole.result), median(whole.bare)];
  const linearity = ours / median(quarter.result) / 4;
  const megabytes = (bytes: number | null) => (bytes === null ? '–' : (bytes / 1e6).toFixed(0));
  printTable([
    [`works × ${judges} judges × ${criteria.length} criteria`, 'result s', 'bare SQL s', 'ratio', 'peak MB'],
    ...[
      { of: works / 4, by: quarter },
      { of: works, by: whole },
    ].map(({ of, by }) => [
      String(of),
      (median(by.result) / 1000).toFixed(2),
      (median(by.bare) / 1000).toFixed(2),
      (median(by.result) / median(by.bare)).toFixed(2),
      megabytes(by.peakBytes),
    ]),
  ]);
  const page = performance.now();
  const { body: list } = await site.organiser.get('/contests/tianyuan-2019/results');
  const shown = await site.organiser.get(`/results/${list.items[0].id}?limit=100&after=${works / 2}`);
  const pageMs = performance.now() - page;
  if (shown.status !== 200 || shown.body.ranking.length !== 100) throw new Error(`page: ${shown.status}`);
  console.log(
    `four times the works take ${(linearity * 4).toFixed(2)} times as long; a page of 100 ${pageMs.toFixed(0)} ms`,
  );
  printResult(
    'results',
    { toBareSql: ours / bare, linearity },
    {
      ...{ works, judges, criteria: criteria.length, resultMs: ours, bareMs: bare, pageMs },
      quarterMs: median(quarter.result),
      peakBytes: whole.peakBytes,
    },
  );
} finally {
  await site.stop();
}

async function measure(round: string): Promise<Measured> {
  await site.db.query('ANALYZE');
  const measured: Measured = { result: [], bare: [], peakBytes: null };
  for (let run = 0; run < runs; run++) {
    measured.bare.push(await timed(() => bare(round)));
    const [ms, memory] = await watchMemory(site.pid, () => timed(result));
    measured.result.push(ms);
    measured.peakBytes = Math.max(measured.peakBytes ?? 0, memory?.peak ?? 0) || null;
  }
  return measured;
}

async function timed(act: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

async function result(): Promise<void> {
  const { status, body } = await site.organiser.post('/contests/tianyuan-2019/results', {
    category: 'photo',
  });
  if (status !== 201) throw new Error(`dry run: ${status} ${body.code}`);
}

async function bare(round: string): Promise<void> {
  const y = criteria
    .map(({ weight }, index) => `${weight} * (v.marks->>'c${index + 1}')::numeric`)
    .join(' + ');
  const { rows } = await site.db.query<{ works: number }>(
    `WITH totals AS (
       SELECT t.entry_id, (${y}) / 100 AS y FROM tasks t
         JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version AND v.submitted
        WHERE t.round_id = $1 AND t.state = 'submitted'),
     scores AS (
       SELECT entry_id, (sum(y) - max(y) - min(y)) / (count(*) - 2) AS score FROM totals GROUP BY entry_id)
     SELECT count(place)::int AS works FROM (SELECT rank() OVER (ORDER BY score DESC) AS place FROM scores) AS ranked`,
    [round],
  );
  if (rows[0].works < 1) throw new Error('nothing was ranked');
}

/** Works from one number to another, their tasks and sheets, by SQL; every thirtieth author has two. */
async function fill(round: string, from: number, to: number): Promise<void> {
  await site.db.query('BEGIN');
  // Rows are made up in the right order: nothing needs checking on the way.
  await site.db.query('SET LOCAL session_replication_role = replica');
  if (from > 0) await site.db.query(worksSql, [round, from, to]);
  await site.db.query(sheetsSql, [round, from, to]);
  await site.db.query('COMMIT');
}

const worksSql = `
  WITH model AS (
    SELECT s.*, e.round_id FROM round_entries e JOIN submissions s ON s.id = e.submission_id
     WHERE e.round_id = $1 ORDER BY s.submitted_seq LIMIT 1
  ), fresh AS (
    SELECT n, gen_random_uuid() AS author, gen_random_uuid() AS work FROM generate_series($2::int, $3::int - 1) AS n
  ), people AS (
    INSERT INTO authors (id, contest_id, name, phone, merged_into)
    SELECT author, contest_id, '作者' || n, (15000000000 + n)::text,
           CASE WHEN n % 30 = 0 THEN lag(author) OVER (ORDER BY n) END
      FROM fresh, model
  ), sent AS (
    INSERT INTO submissions (id, contest_id, category_id, account_id, author_id, number, status, title, community_id,
                             submitted_seq, in_judging)
    SELECT work, contest_id, category_id, account_id, author, 'B' || n, 'accepted', '作品' || n, community_id,
           model.submitted_seq + n, true
      FROM fresh, model
  ), entered AS (
    INSERT INTO round_entries (id, round_id, submission_id, code)
    SELECT gen_random_uuid(), round_id, work, 'X' || n FROM fresh, model RETURNING id
  )
  INSERT INTO tasks (round_id, entry_id, judge_id, position, state, version)
  SELECT $1, e.id, p.judge_id, 0, 'submitted', 1 FROM entered e, round_judges p WHERE p.round_id = $1`;

/** A work's worth, a judge's severity, and chance: whole marks of 0 to 100, with as many ties as such marks have. */
const sheetsSql = `
  WITH drawn AS (
    SELECT t.id, t.judge_id, p.position AS judge, abs(hashint8(hashtextextended(t.entry_id::text, 1))) % 50 AS worth
      FROM tasks t
      JOIN round_judges p ON p.round_id = t.round_id AND p.judge_id = t.judge_id
     WHERE t.round_id = $1 AND NOT EXISTS (SELECT FROM sheet_versions v WHERE v.task_id = t.id)
       AND $2::int < $3::int
  ), marked AS (
    INSERT INTO sheet_versions (task_id, version, marks, submitted, actor_id, saved_at)
    SELECT id, 1, jsonb_build_object('c1', mark(1), 'c2', mark(2), 'c3', mark(3), 'c4', mark(4)), true, judge_id, now()
      FROM drawn RETURNING task_id)
  UPDATE tasks SET state = 'submitted', version = 1 WHERE id IN (SELECT task_id FROM marked) AND version = 0`.replace(
  /mark\((\d)\)/g,
  (_, c: string) => `worth + judge * 2 + floor(random() * ${20 + 2 * Number(c)})::int`,
);
