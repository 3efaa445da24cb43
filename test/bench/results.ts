import { performance } from 'node:perf_hooks';
import { openJudgingSite, pictures } from '../browser/support/judging-site.ts';
import { fillRound } from './lib/filled-round.ts';
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
  await fillRound(site.db, round, 0, 1);
  await site.organiser.post(`/rounds/${round}/close`, { reason: 'bench' });

  await fillRound(site.db, round, 1, works / 4);
  const quarter = await measure(round);
  await fillRound(site.db, round, works / 4, works);
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
