import type pg from 'pg';

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
    SELECT t.id, t.judge_id, p.position AS judge, (hashtextextended(t.entry_id::text, 1) & 1023) % 50 AS worth
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

/** Works from one number to another, their tasks and sheets, by SQL; every thirtieth author has two. */
export async function fillRound(db: pg.Client, round: string, from: number, to: number): Promise<void> {
  if (from > 0) await db.query(worksSql, [round, from, to]);
  await db.query(sheetsSql, [round, from, to]);
}
