import { conflictIsAbout, unitOfAuthor } from '../../judging/judge-conflict.entity.js';

/** What must hold of the rows: a name for people, and a query that finds what breaks it, as one text column `breach`. */
export interface SqlInvariant {
  name: string;
  sql: string;
}

const live = "('submitted', 'accepted', 'returned')";

export const sqlInvariants: SqlInvariant[] = [
  {
    name: 'every submitted work has a number, an author of its contest, and its files',
    sql: `SELECT s.id AS breach FROM submissions s LEFT JOIN authors a ON a.id = s.author_id
            JOIN categories k ON k.id = s.category_id
           WHERE s.status IN ${live}
             AND (s.number IS NULL OR s.submitted_seq IS NULL OR a.contest_id IS DISTINCT FROM s.contest_id
                  OR (k.entry = 'link') = EXISTS (SELECT FROM media m WHERE m.submission_id = s.id AND m.live))`,
  },
  {
    name: 'every submitted work of a category of links has a link',
    sql: `SELECT s.id AS breach FROM submissions s JOIN categories k ON k.id = s.category_id
           WHERE s.status IN ${live} AND s.anonymised_at IS NULL
             AND (k.entry = 'link' OR (k.entry = 'both' AND k.link_required))
             AND s.douyin_video_id IS NULL AND s.douyin_short_code IS NULL`,
  },
  {
    name: 'judges are shown links only in rounds that are marked as not anonymous',
    sql: `SELECT r.id AS breach FROM rounds r JOIN categories k ON k.id = r.category_id
           WHERE r.status <> 'draft' AND r.anonymous = (k.entry = 'link')`,
  },
  {
    name: 'every consent was given to words that are known',
    sql: `SELECT s.id AS breach FROM submissions s
           WHERE s.consent_version IS NOT NULL AND (s.consented_at IS NULL OR NOT EXISTS (
             SELECT FROM declarations d WHERE d.contest_id = s.contest_id AND d.version = s.consent_version))`,
  },
  {
    name: 'every work that was sent back has the date until which it may be mended',
    sql: `SELECT id AS breach FROM submissions WHERE status = 'returned' AND repair_until IS NULL`,
  },
  {
    name: 'no work has more files than its category allows',
    sql: `SELECT s.id AS breach FROM submissions s JOIN categories k ON k.id = s.category_id
           WHERE (SELECT count(*) FROM media m WHERE m.submission_id = s.id AND m.live) > (k.limits->>'maxFiles')::int`,
  },
  {
    name: 'receipt numbers run without a gap but for those of erased works',
    sql: `SELECT k.key || ': ' || k.last_number || ' drawn, ' || held || ' held, ' || erased || ' erased' AS breach
            FROM categories k,
                 LATERAL (SELECT count(*) AS held FROM submissions s
                           WHERE s.category_id = k.id AND s.number IS NOT NULL) AS h,
                 LATERAL (SELECT COALESCE(sum((a.facts->'numbers'->>k.id::text)::int), 0) AS erased
                            FROM audit_entries a
                           WHERE a.contest_id = k.contest_id AND a.action = 'account.erased') AS e
           WHERE held + erased <> k.last_number`,
  },
  {
    name: 'every file belongs to its work’s contest, account and author',
    sql: `SELECT m.id AS breach FROM media m LEFT JOIN submissions s ON s.id = m.submission_id
           WHERE s.id IS NULL OR (m.contest_id, m.account_id, m.author_id) IS DISTINCT FROM (s.contest_id, s.account_id, s.author_id)`,
  },
  {
    name: 'every ready file has its renditions, its size and its placeholder',
    sql: `SELECT id AS breach FROM media WHERE status = 'ready'
           AND (width IS NULL OR height IS NULL OR placeholder IS NULL OR NOT renditions @> '[{"name":"small"},{"name":"thumb"}]'
                OR (kind = 'image' AND NOT renditions @> '[{"name":"preview"}]')
                OR (kind = 'video' AND NOT renditions @> '[{"name":"poster"},{"name":"play"}]'))`,
  },
  {
    name: 'every ready file has a fingerprint, and exactly its hashes can be searched',
    sql: `SELECT m.id AS breach FROM media m
           WHERE m.status = 'ready' AND (m.fingerprint IS NULL OR
                 (SELECT array_agg(h.frame || ' ' || h.view || ' ' || lpad(to_hex(h.hash), 16, '0') || h.contest_id
                                   ORDER BY h.frame, h.view)
                    FROM media_hashes h WHERE h.media_id = m.id)
                 IS DISTINCT FROM
                 (SELECT array_agg((f.number - 1) || ' ' || (v.number - 1) || ' ' || v.hash || m.contest_id
                                   ORDER BY f.number, v.number)
                    FROM jsonb_array_elements(m.fingerprint) WITH ORDINALITY AS f (frame, number),
                         jsonb_array_elements_text(f.frame->'hashes') WITH ORDINALITY AS v (hash, number)))`,
  },
  {
    name: 'a picture of whole size is there once, of a photo, and as large as it',
    sql: `SELECT m.id AS breach FROM media m, jsonb_array_elements(m.renditions) AS r
           WHERE r->>'name' = 'full'
           GROUP BY m.id HAVING count(*) > 1 OR m.kind <> 'image'
               OR bool_or((r->>'width')::int <> m.width OR (r->>'height')::int <> m.height)`,
  },
  {
    name: 'every whole size that could not be made says why',
    sql: `SELECT media_id AS breach FROM whole_sizes WHERE status = 'failed' AND error IS NULL`,
  },
  {
    name: 'two files that look alike are of the contest of their pair, in order',
    sql: `SELECT d.id AS breach FROM near_duplicates d
            JOIN media a ON a.id = d.first_id JOIN media b ON b.id = d.second_id
           WHERE a.contest_id <> d.contest_id OR b.contest_id <> d.contest_id OR d.first_id >= d.second_id
              OR (d.kind = 'exact') <> (a.sha256 = b.sha256)`,
  },
  {
    name: 'live files of the same content in a contest are a pair',
    sql: `SELECT a.id AS breach FROM media a
            JOIN media b ON b.sha256 = a.sha256 AND b.contest_id = a.contest_id AND b.id > a.id
           WHERE a.live AND b.live
             AND NOT EXISTS (SELECT FROM near_duplicates d WHERE d.first_id = a.id AND d.second_id = b.id)`,
  },
  {
    name: 'every upload belongs to its work’s contest and account',
    sql: `SELECT u.id AS breach FROM uploads u LEFT JOIN submissions s ON s.id = u.submission_id
           WHERE s.id IS NULL OR (u.contest_id, u.account_id) IS DISTINCT FROM (s.contest_id, s.account_id)`,
  },
  {
    name: 'every attached upload has its file, every refused one its reason, and neither is held',
    sql: `SELECT u.id AS breach FROM uploads u LEFT JOIN media m ON m.id = u.media_id
           WHERE (u.state = 'attached') <> (u.media_id IS NOT NULL)
              OR (u.state = 'attached' AND (m.submission_id, m.bytes, u.received) IS DISTINCT FROM (u.submission_id, u.bytes, u.bytes))
              OR (u.state = 'refused') <> (u.error IS NOT NULL)
              OR (u.state = 'receiving') <> (u.finished_at IS NULL)
              OR (u.state <> 'receiving' AND u.lease_holder IS NOT NULL)
              OR u.received > u.bytes`,
  },
  {
    name: 'every failed file says why',
    sql: `SELECT id AS breach FROM media WHERE status = 'failed' AND error IS NULL`,
  },
  {
    name: 'works in judging were accepted and their files are ready',
    sql: `SELECT e.submission_id AS breach FROM round_entries e JOIN submissions s ON s.id = e.submission_id
           WHERE NOT s.in_judging OR s.status NOT IN ('accepted', 'disqualified') AND e.removed_at IS NULL
              OR EXISTS (SELECT FROM media m WHERE m.submission_id = s.id AND m.live AND m.status <> 'ready')`,
  },
  {
    name: 'every task belongs to a judge on the panel of its round',
    sql: `SELECT t.id AS breach FROM tasks t JOIN round_entries e ON e.id = t.entry_id
            LEFT JOIN round_judges p ON p.round_id = t.round_id AND p.judge_id = t.judge_id
           WHERE p.judge_id IS NULL OR e.round_id <> t.round_id`,
  },
  {
    name: 'in an open round of all judges every judge has, had or may not have every work',
    sql: `SELECT p.judge_id AS breach FROM rounds r
            JOIN round_judges p ON p.round_id = r.id AND p.left_at IS NULL AND p.replaces_id IS NULL
            JOIN round_entries e ON e.round_id = r.id AND e.removed_at IS NULL
            JOIN submissions s ON s.id = e.submission_id
            JOIN authors a ON a.id = s.author_id
            ${unitOfAuthor}
           WHERE r.status IN ('open', 'paused') AND r.per_submission IS NULL
             AND NOT EXISTS (SELECT FROM tasks t WHERE t.entry_id = e.id AND t.judge_id = p.judge_id AND t.state <> 'released')
             AND NOT EXISTS (SELECT FROM judge_conflicts c
                              WHERE c.judge_id = p.judge_id AND c.contest_id = r.contest_id AND ${conflictIsAbout})`,
  },
  {
    name: 'nobody is asked for a work that was taken out, that he may not judge, or after he left',
    sql: `SELECT t.id AS breach FROM tasks t
            JOIN rounds r ON r.id = t.round_id AND r.status IN ('open', 'paused')
            JOIN round_entries e ON e.id = t.entry_id
            JOIN round_judges p ON p.round_id = t.round_id AND p.judge_id = t.judge_id
            JOIN submissions s ON s.id = e.submission_id
            JOIN authors a ON a.id = s.author_id
            ${unitOfAuthor}
           WHERE t.state = 'open' AND (e.removed_at IS NOT NULL OR p.left_at IS NOT NULL)
              OR t.state IN ('open', 'submitted') AND EXISTS (
                   SELECT FROM judge_conflicts c
                    WHERE c.judge_id = t.judge_id AND c.contest_id = r.contest_id AND ${conflictIsAbout})`,
  },
  {
    name: 'a judge who is of a unit is barred from its works, unless that was lifted with a reason',
    sql: `SELECT m.id AS breach FROM unit_members m
           WHERE m.judge_id IS NOT NULL AND NOT EXISTS (
             SELECT FROM judge_conflicts c
              WHERE c.judge_id = m.judge_id AND c.unit_id = m.unit_id AND c.automatic
                AND (c.lifted_at IS NULL) = (c.lift_reason IS NULL))`,
  },
  {
    name: 'units, their people and conflicts about them are of one contest',
    sql: `SELECT m.id AS breach FROM unit_members m JOIN units u ON u.id = m.unit_id
            LEFT JOIN authors a ON a.id = m.author_id
           WHERE m.contest_id <> u.contest_id OR a.contest_id <> u.contest_id
          UNION ALL
          SELECT c.id FROM judge_conflicts c JOIN units u ON u.id = c.unit_id WHERE c.contest_id <> u.contest_id`,
  },
  {
    name: 'no judge has laid more tokens than he has',
    sql: `SELECT t.judge_id AS breach FROM rounds r JOIN tasks t ON t.round_id = r.id AND t.state = 'submitted'
            JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version AND v.marks->'token' = '1'
           WHERE r.kind = 'tokens' GROUP BY r.id, t.judge_id HAVING count(*) > r.tokens`,
  },
  {
    name: 'no judge judges a category in which he is author or sender',
    sql: `SELECT t.id AS breach FROM tasks t
            JOIN round_entries e ON e.id = t.entry_id JOIN submissions s ON s.id = e.submission_id
            JOIN authors a ON a.id = s.author_id JOIN accounts j ON j.id = t.judge_id
           WHERE s.account_id = j.id OR a.phone = j.phone`,
  },
  {
    name: 'every sheet was saved by the judge of its task, in versions without a gap',
    sql: `SELECT t.id AS breach FROM tasks t LEFT JOIN sheet_versions v ON v.task_id = t.id
           GROUP BY t.id
          HAVING t.version <> count(v.version) OR t.version <> COALESCE(max(v.version), 0)
              OR bool_or(v.actor_id <> t.judge_id)`,
  },
  {
    name: 'a task is submitted exactly when its last sheet is',
    sql: `SELECT t.id AS breach FROM tasks t LEFT JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version
           WHERE t.state IN ('open', 'submitted') AND (t.state = 'submitted') <> COALESCE(v.submitted, false)`,
  },
  {
    name: 'no sheet was saved after its round closed',
    sql: `SELECT v.task_id AS breach FROM sheet_versions v JOIN tasks t ON t.id = v.task_id
            JOIN rounds r ON r.id = t.round_id WHERE v.saved_at > r.closed_at`,
  },
  {
    name: 'every recusal, and every work that was taken from its judge, killed its links',
    sql: `SELECT t.id AS breach FROM tasks t WHERE t.state IN ('recused', 'released')
           AND NOT EXISTS (SELECT FROM revoked_grants g WHERE g.id = t.id)`,
  },
  {
    name: 'every sheet is in the audit log with the same marks',
    sql: `SELECT v.task_id AS breach FROM sheet_versions v
            LEFT JOIN audit_entries a ON a.action = 'sheet.saved'
                  AND a.facts->>'task' = v.task_id::text AND (a.facts->>'version')::int = v.version
           WHERE a.facts->'marks' IS DISTINCT FROM v.marks`,
  },
  {
    name: 'no prize tier is over its quota, but where equal works share its last place',
    sql: `SELECT t.name AS breach FROM awards w JOIN prize_tiers t ON t.id = w.tier_id
            JOIN categories k ON k.id = t.category_id AND k.quota_ties <> 'expand'
           GROUP BY t.id HAVING count(*) > t.quota`,
  },
  {
    name: 'nobody has more prizes of a category than its rules allow, but by the organiser’s word',
    sql: `SELECT k.key || ' ' || COALESCE(a.merged_into, a.id) AS breach FROM awards w
            JOIN result_entries e ON e.result_id = w.result_id AND e.submission_id = w.submission_id
            JOIN submissions s ON s.id = w.submission_id JOIN authors a ON a.id = s.author_id
            JOIN categories k ON k.id = s.category_id AND k.person_limit IS NOT NULL
           GROUP BY k.id, COALESCE(a.merged_into, a.id)
          HAVING count(*) > k.person_limit AND NOT bool_or((e.line->>'overridden')::boolean)`,
  },
  {
    name: 'awards stand for the result in force only, and are exactly its prizes',
    sql: `SELECT COALESCE(r.id, w.result_id) AS breach
            FROM (SELECT e.result_id, e.submission_id, e.tier_id,
                         row_number() OVER (PARTITION BY e.result_id, e.tier_id ORDER BY e.place) - 1 AS position
                    FROM result_entries e JOIN results r ON r.id = e.result_id AND r.status = 'locked'
                   WHERE e.tier_id IS NOT NULL) AS p
            FULL JOIN awards w USING (result_id, submission_id)
            LEFT JOIN results r ON r.id = p.result_id
           WHERE (w.tier_id, w.position) IS DISTINCT FROM (p.tier_id, p.position)`,
  },
  {
    name: 'versions of a category run without a gap, each supersedes the one before, and the last is in force',
    sql: `SELECT r.id AS breach
            FROM (SELECT id, category_id, status, version, supersedes,
                         lag(id) OVER of_category AS previous, lead(id) OVER of_category AS next,
                         row_number() OVER of_category AS number
                    FROM results WHERE status <> 'dry'
                  WINDOW of_category AS (PARTITION BY category_id ORDER BY version)) AS r
           WHERE r.version <> r.number OR r.supersedes IS DISTINCT FROM r.previous
              OR (r.status = 'locked') <> (r.next IS NULL)`,
  },
  {
    name: 'every locked result is drawn by the seed whose hash the log of its contest holds',
    sql: `SELECT r.id AS breach FROM results r JOIN contests c ON c.id = r.contest_id
           WHERE r.status <> 'dry'
             AND (r.content->>'seed' <> c.seed OR NOT EXISTS (
               SELECT FROM audit_entries e WHERE e.contest_id = c.id AND e.action = 'contest.seed_committed'
                  AND e.facts->>'seedHash' = encode(sha256(convert_to(c.seed, 'UTF8')), 'hex')))`,
  },
  {
    name: 'works that the result in force disqualified are out',
    sql: `SELECT s.id AS breach FROM result_entries e JOIN results r ON r.id = e.result_id AND r.status = 'locked'
            JOIN submissions s ON s.id = e.submission_id
           WHERE e.line->>'skipped' = 'DISQUALIFIED' AND s.status <> 'disqualified'`,
  },
  {
    name: 'every published work is shown by its contest, stands, has a prize in a locked result, and its account remains',
    sql: `SELECT p.submission_id AS breach FROM publications p
            LEFT JOIN submissions s ON s.id = p.submission_id
            LEFT JOIN contests c ON c.id = s.contest_id
           WHERE s.status IS DISTINCT FROM 'accepted' OR s.anonymised_at IS NOT NULL
              OR s.contest_id <> p.contest_id OR c.gallery = 'off'
              OR NOT EXISTS (SELECT FROM awards a JOIN results r ON r.id = a.result_id AND r.status = 'locked'
                              WHERE a.submission_id = p.submission_id)`,
  },
  {
    name: 'an account that was given up is a bare row, and what stays of its works names nobody',
    sql: `SELECT a.id AS breach FROM accounts a
           WHERE a.erased_at IS NOT NULL
             AND (COALESCE(a.phone, a.email, a.pending_email, a.password_hash) IS NOT NULL OR a.disabled_at IS NULL
                  OR EXISTS (SELECT FROM sessions x WHERE x.account_id = a.id)
                  OR EXISTS (SELECT FROM one_time_links x WHERE x.account_id = a.id)
                  OR EXISTS (SELECT FROM role_grants x WHERE x.account_id = a.id)
                  OR EXISTS (SELECT FROM messages x WHERE x.account_id = a.id)
                  OR EXISTS (SELECT FROM mails x WHERE x.account_id = a.id)
                  OR EXISTS (SELECT FROM uploads x WHERE x.account_id = a.id)
                  OR EXISTS (SELECT FROM objections x WHERE x.account_id = a.id)
                  OR EXISTS (SELECT FROM submissions x WHERE x.account_id = a.id AND x.anonymised_at IS NULL)
                  OR EXISTS (SELECT FROM media x WHERE x.account_id = a.id AND x.facts ?| ARRAY['gps', 'camera']))`,
  },
];
