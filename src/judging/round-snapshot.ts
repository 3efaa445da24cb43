import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { canonicalJson } from '../audit/chain.js';

/** Of which file of the bundle a line is: the round itself, a work in it, a task with its marks. */
export type SnapshotPart = 'rounds' | 'works' | 'tasks';

/** Rows come out of the database so many at a time. */
const BATCH = 5000;

/**
 * All that decides a round's ranking, as it is when the round closes, line by line: its frozen settings with the
 * panel, its works, every task with the marks that stand in it. Nothing of it changes after the close, so the lines
 * come out the same whenever they are asked for; docs/verify.md tells what is in them.
 */
export async function* snapshotOf(
  manager: EntityManager,
  roundId: string,
): AsyncGenerator<{ part: SnapshotPart; lines: string[] }> {
  const rounds = await manager.query<Line[]>(ROUND, [roundId]);
  yield { part: 'rounds', lines: rounds.map(lineOf) };
  for (const [part, sql] of [
    ['works', WORKS],
    ['tasks', TASKS],
  ] as const) {
    for (let after = NONE; ;) {
      const rows = await manager.query<Line[]>(sql, [roundId, after, BATCH]);
      if (rows.length > 0) yield { part, lines: rows.map(lineOf) };
      if (rows.length < BATCH) break;
      after = rows.at(-1)!.key;
    }
  }
}

/** SHA-256, hex, over all lines of a snapshot, each with a line feed at its end: what `round.closed` holds of it. */
export async function snapshotHash(manager: EntityManager, roundId: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const { lines } of snapshotOf(manager, roundId)) {
    for (const line of lines) hash.update(line + '\n');
  }
  return hash.digest('hex');
}

interface Line {
  key: string;
  line: object;
}

const NONE = '00000000-0000-0000-0000-000000000000';

function lineOf({ line }: Line): string {
  return canonicalJson(line);
}

const ROUND = `
  SELECT r.id AS key, json_build_object(
           'id', r.id, 'category', r.category_id, 'name', r.name, 'kind', r.kind, 'criteria', r.criteria,
           'method', r.method, 'scoring', r.scoring, 'perSubmission', r.per_submission,
           'plannedJudges', r.planned_judges, 'quorum', r.quorum, 'passPercent', r.pass_percent,
           'tokens', r.tokens, 'seed', r.seed, 'anonymous', r.anonymous, 'sources', r.source_ids,
           'ofTied', r.of_tied, 'marksBeforeClose', r.marks_before_close, 'settingsHash', r.settings_hash,
           'openedAt', floor(extract(epoch FROM r.opened_at) * 1000),
           'judges', (SELECT json_agg(json_build_object('judge', '评委' || p.seat, 'id', p.judge_id,
                               'left', p.left_at IS NOT NULL, 'superseded', p.superseded,
                               'replaces', p.replaces_id) ORDER BY p.seat)
                        FROM (SELECT *, row_number() OVER (ORDER BY position) AS seat
                                FROM round_judges WHERE round_id = r.id) p)) AS line
    FROM rounds r WHERE r.id = $1`;

const WORKS = `
  SELECT e.id AS key, json_build_object('round', e.round_id, 'work', e.submission_id, 'code', e.code,
           'removed', e.removed_at IS NOT NULL) AS line
    FROM round_entries e WHERE e.round_id = $1 AND e.id > $2 ORDER BY e.id LIMIT $3`;

// The page is cut first, so that no line is made for a later one.
const TASKS = `
  SELECT t.id AS key, json_build_object('round', t.round_id, 'task', t.id, 'work', e.submission_id,
           'judge', '评委' || p.seat, 'state', t.state, 'version', t.version, 'marks', v.marks) AS line
    FROM (SELECT * FROM tasks WHERE round_id = $1 AND id > $2 ORDER BY id LIMIT $3) t
    JOIN round_entries e ON e.id = t.entry_id
    JOIN (SELECT judge_id, row_number() OVER (ORDER BY position) AS seat
            FROM round_judges WHERE round_id = $1) p ON p.judge_id = t.judge_id
    LEFT JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version
   ORDER BY t.id`;
