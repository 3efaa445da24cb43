import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type * as embedded from '../../src/database/embedded/index.ts';
import type * as search from '../../src/media/hash-search.ts';
import type * as hashing from '../../src/media/fingerprint/hash.ts';
import type * as sources from '../../src/database/data-source.ts';
import { median, printResult, printTable } from './lib/report.ts';

/**
 * How long it takes to find the hashes near a new photo's among a million (of 76,924 photos) in PostgreSQL, by
 * the four band indexes as the worker does, against a plain scan that counts bits in every row of the contest.
 * Copies of the photos that are asked for are planted, so that both find the same and the search proves itself.
 */
const built = (file: string) => new URL(`../../dist/${file}`, import.meta.url).href;
const { startEmbeddedPostgres } = (await import(built('database/embedded/index.js'))) as typeof embedded;
const { nearHashesSql } = (await import(built('media/hash-search.js'))) as typeof search;
const { bitsOf, hexOf, mirrored } = (await import(built('media/fingerprint/hash.js'))) as typeof hashing;
const { openDataSource } = (await import(built('database/data-source.js'))) as typeof sources;

const photos = 76_924;
const viewsEach = 13;
const rounds = 40;
const contest = randomUUID();

const dataDir = mkdtempSync(path.join(tmpdir(), 'dingge-bench-'));
// As root, PostgreSQL runs as a user who must be able to enter.
chmodSync(dataDir, 0o755);
const server = await startEmbeddedPostgres({
  dataDir,
  awayDir: path.join(dataDir, 'away'),
  log: () => undefined,
});
try {
  const source = await openDataSource(server.url);
  await source.runMigrations();
  await source.destroy();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await measure(client).finally(() => client.end());
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure(client: pg.Client): Promise<void> {
  await fill(client);
  const times = { scan: [] as number[], one: [] as number[], whole: [] as number[], photo: [] as number[] };
  let found = 0;
  for (let round = -5; round < rounds; round++) {
    const views = await plantedCopy(client);
    const full = views.slice(0, 1);
    const scan = await timed(() =>
      client.query(
        `SELECT media_id FROM media_hashes WHERE contest_id = $1
            AND bit_count((hash # ('x' || $2::text)::bit(64)::bigint)::bit(64)) <= 11`,
        [contest, full[0]],
      ),
    );
    const one = await timed(() => near(client, full, []));
    const whole = await timed(() => near(client, withMirrored(full), []));
    const photo = await timed(() => near(client, withMirrored(full), withMirrored(views.slice(1))));
    // The first rounds warm caches and plans.
    if (round < 0) continue;
    times.scan.push(scan.ms);
    times.one.push(one.ms);
    times.whole.push(whole.ms);
    times.photo.push(photo.ms);
    const expected = new Set(scan.rows.map((row) => row.media_id));
    const same = new Set(one.rows.map((row) => row.media_id));
    if (expected.size !== same.size || [...expected].some((id) => !same.has(id))) {
      throw new Error(`the search found ${same.size} photos, the scan ${expected.size}`);
    }
    found += same.size;
  }
  if (found < rounds) throw new Error(`${found} of at least ${rounds} planted copies were found`);
  const names = {
    scan: 'plain scan, one hash among 1,000,000',
    one: 'band indexes, one hash among 1,000,000',
    whole: '… and its mirror image',
    photo: '… all 26 look-ups of a new photo',
  };
  const kinds = Object.keys(names) as (keyof typeof names)[];
  printTable([
    ['', 'median ms', 'p95 ms', 'scan / this'],
    ...kinds.map((kind) => [
      names[kind],
      median(times[kind]).toFixed(1),
      p95(times[kind]).toFixed(1),
      (median(times.scan) / median(times[kind])).toFixed(1),
    ]),
  ]);
  const figures: Record<string, number> = { hashes: photos * viewsEach };
  for (const kind of kinds) {
    figures[`${kind}MedianMs`] = median(times[kind]);
    figures[`${kind}P95Ms`] = p95(times[kind]);
  }
  const ratio = (kind: keyof typeof names) => median(times[kind].map((ms, round) => times.scan[round] / ms));
  printResult('duplicates', { scanOverOne: ratio('one'), scanOverPhoto: ratio('photo') }, figures);
}

/** Hashes of chance; the views of one photo differ from its first in a quarter of the bits, as real ones do. */
async function fill(client: pg.Client): Promise<void> {
  // There are hashes only, no files that they are of.
  const { rows } = await client.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE conrelid = 'media_hashes'::regclass AND contype = 'f'`,
  );
  for (const { name } of rows) await client.query(`ALTER TABLE media_hashes DROP CONSTRAINT "${name}"`);
  const some = () => '(random() * 4294967295)::bigint';
  const bits = `((${some()} & ${some()}) | ((${some()} & ${some()}) << 32))`;
  await client.query(
    `INSERT INTO media_hashes (media_id, contest_id, frame, view, whole, hash)
     SELECT id, $1::uuid, 0, view, view = 0, CASE view WHEN 0 THEN hash ELSE hash # ${bits} END
       FROM (SELECT gen_random_uuid() AS id, ('x' || md5($1::uuid::text || number))::bit(64)::bigint AS hash
               FROM generate_series(1, $2::int) AS number) AS photo, generate_series(0, $3::int - 1) AS view`,
    [contest, photos, viewsEach],
  );
  await client.query('VACUUM ANALYZE media_hashes');
}

/** The hashes of a photo whose whole differs by eight bits from one that is there. */
async function plantedCopy(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ hash: string }>(
    `SELECT lpad(to_hex(hash), 16, '0') AS hash FROM media_hashes WHERE whole OFFSET floor(random() * $1) LIMIT 1`,
    [photos],
  );
  let changed = BigInt(`0x${rows[0].hash}`);
  for (let bit = 0; bit < 8; bit++) changed ^= 1n << BigInt(bit * 8 + (randomBytes(1)[0] % 8));
  const others = Array.from({ length: viewsEach - 1 }, () => randomBytes(8).toString('hex'));
  return [changed.toString(16).padStart(16, '0'), ...others];
}

function near(client: pg.Client, whole: string[], parts: string[]) {
  return client.query<{ media_id: string }>(nearHashesSql, [contest, whole, parts]);
}

function withMirrored(hashes: string[]): string[] {
  return hashes.flatMap((hash) => [hash, hexOf(mirrored(bitsOf(hash)))]);
}

async function timed<Row extends pg.QueryResultRow>(query: () => Promise<pg.QueryResult<Row>>) {
  const start = performance.now();
  const { rows } = await query();
  return { ms: performance.now() - start, rows };
}

function p95(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];
}
