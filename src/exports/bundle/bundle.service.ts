import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { canonicalJson } from '../../audit/chain.js';
import type { Contest } from '../../contests/contest.entity.js';
import { sendZip, type ZipEntry } from '../../documents/zip.js';
import { snapshotOf, type SnapshotPart } from '../../judging/round-snapshot.js';
import { namesOf } from '../../results/names.js';
import { bundleProblem } from './errors.js';
import { verifierFile } from './one-file.js';
import { readme } from './readme.js';

/** Rows come out of the database, and go into the archive, so many at a time. */
const BATCH = 5000;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** What was there when the bundle was asked for. None of it changes any more, so it is read while it is sent. */
interface Extent {
  head: { seq: number; head: string; at: Date };
  /** Closed rounds, in the order in which they opened. */
  rounds: string[];
  /** Results that are or were in force, by category and version. */
  results: { id: string; category: string; entries: number }[];
}

/**
 * All that a stranger needs to make the results again: rules, marks with their versions, the log, the results, and the
 * program that checks them. Ids only, no names of people, no words that anybody wrote of a work.
 */
@Injectable()
export class BundleService {
  private readonly logger = new Logger('bundle');

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async send(contest: Contest, response: Response): Promise<void> {
    const extent = await this.extent(contest.id);
    const entries = await this.entries(contest, extent);
    response.attachment('bundle.zip').type('application/zip').setHeader('Cache-Control', 'no-store');
    // The same data give the same bytes: every file is as old as the last entry of the log.
    const dated = entries.map((entry) => ({ ...entry, compress: true, at: extent.head.at }));
    await sendZip(dated, response, (reason) => this.logger.warn(`a bundle broke off: ${reason}`));
  }

  /** One look at the database, so that its parts are of the same moment. */
  private extent(contestId: string): Promise<Extent> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const [running] = await manager.query<unknown[]>(
        `SELECT FROM rounds WHERE contest_id = $1 AND status IN ('open', 'paused') LIMIT 1`,
        [contestId],
      );
      // The log holds the marks of a round that runs, which nobody may see yet.
      if (running) throw bundleProblem('BUNDLE.ROUND_OPEN');
      const results = await manager.query<Extent['results']>(
        `SELECT r.id, r.category_id AS category, (r.content->>'entries')::int AS entries
           FROM results r JOIN categories k ON k.id = r.category_id
          WHERE r.contest_id = $1 AND r.status <> 'dry' ORDER BY k.position, r.version`,
        [contestId],
      );
      if (results.length === 0) throw bundleProblem('BUNDLE.NOTHING_LOCKED');
      const [head] = await manager.query<[Extent['head']]>(
        `SELECT h.seq, h.head, e.at FROM audit_heads h
           JOIN audit_entries e ON e.contest_id = h.contest_id AND e.seq = h.seq WHERE h.contest_id = $1`,
        [contestId],
      );
      const rounds = await manager.query<{ id: string }[]>(
        `SELECT id FROM rounds WHERE contest_id = $1 AND status = 'closed' ORDER BY opened_at, id`,
        [contestId],
      );
      return { head, results, rounds: rounds.map(({ id }) => id) };
    });
  }

  private async entries(contest: Contest, { head, rounds, results }: Extent): Promise<ZipEntry[]> {
    const verifier = await verifierFile();
    const ids = results.map(({ id }) => id);
    return [
      file('README.txt', () => [readme(contest, head.head)]),
      file('verify.mjs', () => [verifier]),
      file('contest.json', () => this.names(results)),
      ...(['rounds', 'works', 'tasks'] as const).map((part) =>
        file(`${part}.ndjson`, () => this.snapshots(rounds, part)),
      ),
      file('sheets.ndjson', () => this.pages(SHEETS, [rounds], [NO_ID, 0])),
      file('conflicts.ndjson', () => this.pages(CONFLICTS, [rounds], ['', ''])),
      file('audit.ndjson', () => this.pages(AUDIT, [contest.id, head.seq], [0])),
      file('results.ndjson', () => this.pages(RESULTS, [ids], ['', 0])),
      ...ids.map((id) => file(`results/${id}.ndjson`, () => this.pages(LINES, [id], [0]))),
    ];
  }

  private async *names(results: Extent['results']): AsyncGenerator<string> {
    const categories = [...new Set(results.map(({ category }) => category))];
    const all = await Promise.all(categories.map((id) => namesOf(this.dataSource.manager, id)));
    yield (
      JSON.stringify(
        { format: 1, contest: all[0].contest, categories: all.map(({ category }) => category) },
        null,
        1,
      ) + '\n'
    );
  }

  private async *snapshots(rounds: readonly string[], wanted: SnapshotPart): AsyncGenerator<string> {
    for (const round of rounds) {
      for await (const { part, lines } of snapshotOf(this.dataSource.manager, round)) {
        if (part === wanted) yield lines.map((line) => `${line}\n`).join('');
        // Parts come in order: the rest of them isn't read for nothing.
        else if (wanted === 'rounds' || (wanted === 'works' && part === 'tasks')) break;
      }
    }
  }

  /** Lines of a query that begins after a key and says the key of each. */
  private async *pages(sql: string, given: unknown[], first: unknown[]): AsyncGenerator<string> {
    for (let after = first; ;) {
      const rows = await this.dataSource.query<{ key: unknown[]; line: object | string }[]>(sql, [
        ...given,
        ...after,
        BATCH,
      ]);
      // A text is a line already, as it was hashed.
      const lines = rows.map(({ line }) => (typeof line === 'string' ? line : canonicalJson(line)));
      if (rows.length > 0) yield lines.map((line) => `${line}\n`).join('');
      if (rows.length < BATCH) break;
      after = rows.at(-1)!.key;
    }
  }
}

function file(path: string, content: () => Iterable<string> | AsyncIterable<string>): ZipEntry {
  return { path, read: () => Promise.resolve(Readable.from(content(), { objectMode: false })) };
}

const SHEETS = `
  SELECT json_build_array(v.task_id, v.version) AS key,
         json_build_object('task', v.task_id, 'version', v.version, 'marks', v.marks,
                           'submitted', v.submitted) AS line
    FROM sheet_versions v JOIN tasks t ON t.id = v.task_id AND t.round_id = ANY($1)
   WHERE (v.task_id, v.version) > ($2::uuid, $3::int)
   ORDER BY v.task_id, v.version LIMIT $4`;

const CONFLICTS = `
  SELECT json_build_array(e.round_id, e.submission_id) AS key,
         json_build_object('round', e.round_id, 'work', e.submission_id,
                           'judges', count(DISTINCT c.judge_id)) AS line
    FROM round_entries e
    JOIN rounds r ON r.id = e.round_id
    JOIN round_judges p ON p.round_id = r.id
    JOIN submissions s ON s.id = e.submission_id
    JOIN authors a ON a.id = s.author_id
    JOIN judge_conflicts c ON c.contest_id = r.contest_id AND c.judge_id = p.judge_id
     AND (c.submission_id = s.id OR c.author_id IN (a.id, a.merged_into) OR c.community_id = s.community_id)
   WHERE e.round_id = ANY($1) AND (e.round_id::text, e.submission_id::text) > ($2, $3)
   GROUP BY e.round_id, e.submission_id ORDER BY e.round_id::text, e.submission_id::text LIMIT $4`;

const AUDIT = `
  SELECT json_build_array(seq) AS key,
         json_build_object('seq', seq, 'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'actorId', actor_id, 'action', action, 'facts', facts, 'textHash', text_hash,
           'previousHash', previous_hash, 'hash', hash) AS line
    FROM audit_entries WHERE contest_id = $1 AND seq <= $2 AND seq > $3 ORDER BY seq LIMIT $4`;

const RESULTS = `
  SELECT json_build_array(category_id, version) AS key,
         json_build_object('id', id, 'category', category_id, 'version', version, 'status', status,
                           'supersedes', supersedes, 'hash', hash, 'content', content) AS line
    FROM results WHERE id = ANY($1) AND (category_id::text, version) > ($2, $3::int)
   ORDER BY category_id::text, version LIMIT $4`;

const LINES = `
  SELECT json_build_array(place) AS key, line::text AS line
    FROM result_entries WHERE result_id = $1 AND place > $2 ORDER BY place LIMIT $3`;
