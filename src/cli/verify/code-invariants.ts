import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Not, type DataSource } from 'typeorm';
import { canonicalJson, ChainWalk, type ChainedEntry } from '../../audit/chain.js';
import { markProblem } from '../../judging/marks.js';
import { RoundJudge } from '../../judging/round-judge.entity.js';
import { Round, type Criterion } from '../../judging/round.entity.js';
import { hashHolds } from '../../judging/settings-hash.js';
import type { Marks } from '../../judging/sheet-version.entity.js';
import type { Rendition } from '../../media/media.entity.js';
import { LinesHash, type ResultContent } from '../../results/content.js';
import { originalKey, type Store } from '../../storage/store.js';
import { inLanes } from './lanes.js';

/** What must hold and takes more than a query; each yields what breaks it. */
export interface CodeInvariant {
  name: string;
  breaches(context: VerifyContext): AsyncGenerator<string>;
}

export interface VerifyContext {
  dataSource: DataSource;
  store: Store;
  /** Read every original and compare its hash. */
  deep: boolean;
}

/** Rows are read in pages of this many, so that memory stays flat. */
const page = 2000;

export const codeInvariants: CodeInvariant[] = [
  { name: 'every audit chain is unbroken from its first entry to its head', breaches: brokenChains },
  { name: 'every original is in storage, whole', breaches: lostOriginals },
  { name: 'every rendition is in storage, whole', breaches: lostRenditions },
  { name: 'every mark lies within its criterion', breaches: wildMarks },
  {
    name: 'the settings of every round that was opened are those whose hash was logged then',
    breaches: thawedRounds,
  },
  { name: 'every result is what its hash says', breaches: alteredResults },
];

async function* brokenChains({ dataSource }: VerifyContext): AsyncGenerator<string> {
  const heads =
    await dataSource.query<{ contest_id: string; seq: number; head: string }[]>('SELECT * FROM audit_heads');
  for (const { contest_id: contestId, seq: last, head } of heads) {
    const walk = new ChainWalk();
    let whole = true;
    for await (const entry of entriesOf(dataSource, contestId)) {
      whole = walk.follows(entry);
      if (!whole) break;
    }
    if (!whole) yield `contest ${contestId}, entry ${walk.seq + 1}`;
    else if (walk.seq !== last || walk.hash !== head) {
      yield `contest ${contestId}: ${last} entries, but the chain has ${walk.seq}`;
    }
  }
}

async function* entriesOf(
  dataSource: DataSource,
  contestId: string,
): AsyncGenerator<ChainedEntry & { hash: string }> {
  let after = 0;
  for (;;) {
    const entries = await dataSource.query<(Omit<ChainedEntry, 'at'> & { at: Date; hash: string })[]>(
      `SELECT contest_id AS "contestId", seq, at, actor_id AS "actorId", action, facts, text_hash AS "textHash",
              previous_hash AS "previousHash", hash
         FROM audit_entries WHERE contest_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
      [contestId, after, page],
    );
    for (const entry of entries) yield { ...entry, at: entry.at.toISOString() };
    if (entries.length < page) return;
    after = entries.at(-1)!.seq;
  }
}

async function* lostOriginals({ dataSource, store, deep }: VerifyContext): AsyncGenerator<string> {
  yield* inLanes(mediaRows(dataSource), async ({ id, sha256, bytes }) => {
    const key = originalKey(sha256);
    const size = await store.size(key);
    if (size !== Number(bytes)) return [`${id}: ${size ?? 'no'} bytes of ${bytes}`];
    return deep && (await hashOf(store, key)) !== sha256 ? [`${id}: its content is not what was sent`] : [];
  });
}

async function* lostRenditions({ dataSource, store }: VerifyContext): AsyncGenerator<string> {
  yield* inLanes(mediaRows(dataSource), async ({ id, status, renditions }) => {
    const lost: string[] = [];
    for (const { name, key, bytes } of status === 'ready' ? renditions : []) {
      const size = await store.size(key);
      if (size !== bytes) lost.push(`${id} ${name}: ${size ?? 'no'} bytes of ${bytes}`);
    }
    return lost;
  });
}

async function* wildMarks({ dataSource }: VerifyContext): AsyncGenerator<string> {
  const rounds = await dataSource.query<{ id: string; criteria: Criterion[] }[]>(
    'SELECT id, criteria FROM rounds',
  );
  for (const { id, criteria } of rounds) {
    const sheets = await dataSource.query<{ task_id: string; marks: Marks }[]>(
      'SELECT v.task_id, v.marks FROM sheet_versions v JOIN tasks t ON t.id = v.task_id WHERE t.round_id = $1',
      [id],
    );
    for (const { task_id: task, marks } of sheets) {
      const wild = criteria.some((criterion) => markProblem(marks[criterion.id] ?? null, criterion) !== null);
      if (wild || Object.keys(marks).some((key) => !criteria.some((criterion) => criterion.id === key))) {
        yield task;
      }
    }
  }
}

async function* thawedRounds({ dataSource }: VerifyContext): AsyncGenerator<string> {
  const rounds = await dataSource.manager.findBy(Round, { status: Not('draft') });
  for (const round of rounds) {
    const panel = await dataSource.manager.find(RoundJudge, {
      where: { roundId: round.id },
      order: { position: 'ASC' },
    });
    const [logged] = await dataSource.query<{ hash: string }[]>(
      `SELECT facts->>'settingsHash' AS hash FROM audit_entries
        WHERE contest_id = $1 AND action = 'round.opened' AND facts->>'round' = $2`,
      [round.contestId, round.id],
    );
    const judges = panel.map(({ judgeId }) => judgeId);
    if (logged?.hash !== round.settingsHash || !hashHolds(round, judges)) yield round.id;
  }
}

async function* alteredResults({ dataSource }: VerifyContext): AsyncGenerator<string> {
  const results = await dataSource.query<{ id: string; content: ResultContent; hash: string }[]>(
    'SELECT id, content, hash FROM results',
  );
  for (const { id, content, hash } of results) {
    if (createHash('sha256').update(canonicalJson(content)).digest('hex') !== hash) yield id;
    // Results of the first arithmetic held their works themselves.
    else if (content.version > 1 && (await linesHash(dataSource, id)) !== content.entriesHash) {
      yield `${id}: its works`;
    }
  }
}

/** Over the very texts that are stored. */
async function linesHash(dataSource: DataSource, resultId: string): Promise<string> {
  const hash = new LinesHash();
  for (let after = 0; ;) {
    const rows = await dataSource.query<{ place: number; line: string }[]>(
      'SELECT place, line::text FROM result_entries WHERE result_id = $1 AND place > $2 ORDER BY place LIMIT $3',
      [resultId, after, page],
    );
    hash.add(rows.map(({ line }) => line));
    if (rows.length < page) return hash.digest();
    after = rows.at(-1)!.place;
  }
}

interface MediaRow {
  id: string;
  sha256: string;
  bytes: string;
  status: string;
  renditions: Rendition[];
}

async function* mediaRows(dataSource: DataSource): AsyncGenerator<MediaRow> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await dataSource.query<MediaRow[]>(
      'SELECT id, sha256, bytes, status, renditions FROM media WHERE id > $1 ORDER BY id LIMIT $2',
      [after, page],
    );
    yield* rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.id;
  }
}

async function hashOf(store: Store, key: string): Promise<string> {
  const { stream } = await store.read(key);
  const hash = createHash('sha256');
  await pipeline(stream, hash);
  return hash.digest('hex');
}
