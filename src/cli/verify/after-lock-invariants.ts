import type { SqlInvariant } from './sql-invariants.js';

/** What must hold of all that follows from a locked result. */
export const afterLockInvariants: SqlInvariant[] = [
  {
    name: 'every certificate is of a work and a prize of its contest',
    sql: `SELECT x.number AS breach FROM certificates x
            LEFT JOIN submissions s ON s.id = x.submission_id
            LEFT JOIN prize_tiers t ON t.id = x.tier_id
           WHERE s.contest_id IS DISTINCT FROM x.contest_id OR t.category_id IS DISTINCT FROM s.category_id`,
  },
  {
    name: 'every version of a notice follows the one before, and is in the audit log with its results and its head',
    sql: `SELECT n.id AS breach FROM notices n
            LEFT JOIN notices p ON p.contest_id = n.contest_id AND p.version = n.version - 1
            LEFT JOIN audit_entries a ON a.contest_id = n.contest_id AND a.action = 'notice.published'
                  AND a.facts->>'notice' = n.id::text
           WHERE n.version < 1 OR (n.version > 1) <> (p.id IS NOT NULL) OR p.published_at > n.published_at
              OR a.hash IS DISTINCT FROM n.audit_head
              OR (a.facts->>'version')::int IS DISTINCT FROM n.version
              OR a.facts->'results' IS DISTINCT FROM (
                   SELECT jsonb_agg(jsonb_build_object('result', r->'resultId', 'hash', r->'hash') ORDER BY o)
                     FROM jsonb_array_elements(n.content->'results') WITH ORDINALITY AS x (r, o))`,
  },
  {
    name: 'every published hash is that of its result, and every published award was given by one of them',
    sql: `SELECT n.id AS breach FROM notices n
           WHERE EXISTS (SELECT FROM jsonb_array_elements(n.content->'results') AS x
                           LEFT JOIN results r ON r.id::text = x->>'resultId' AND r.contest_id = n.contest_id
                          WHERE r.hash IS DISTINCT FROM x->>'hash')
              OR EXISTS (SELECT FROM jsonb_array_elements(n.content->'awards') AS w
                          WHERE NOT EXISTS (
                            SELECT FROM jsonb_array_elements(n.content->'results') AS x
                              JOIN result_entries e ON e.result_id = (x->>'resultId')::uuid
                             WHERE e.submission_id = (w->>'submissionId')::uuid
                               AND e.tier_id = (w->>'tierId')::uuid))`,
  },
  {
    name: 'every objection was received while its notice was open, is numbered without a gap, and has its answer or none',
    sql: `SELECT o.id AS breach FROM objections o LEFT JOIN notices n ON n.id = o.notice_id
           WHERE n.contest_id IS DISTINCT FROM o.contest_id OR o.received_at >= n.closes_at
              OR o.received_at < n.published_at
              OR (o.answered_at IS NULL) <> (o.answer = '') AND (o.purged_at IS NULL OR o.answer_public)
              OR (o.answered_at IS NULL AND o.answer_public)
              OR o.number > (SELECT count(*) FROM objections x WHERE x.contest_id = o.contest_id)`,
  },
  {
    name: 'no objection has more files than three',
    sql: `SELECT objection_id AS breach FROM objection_files GROUP BY objection_id
          HAVING count(*) > 3 OR max(bytes) > 10000000`,
  },
  {
    name: 'what a winner told is sealed under a named key with a date at which it goes, or gone without a trace',
    sql: `SELECT p.id AS breach FROM payees p
           WHERE num_nulls(p.sealed, p.key_id, p.person_hash, p.account_hash) NOT IN (0, 4)
              OR (p.sealed IS NOT NULL AND (p.filled_at IS NULL OR p.purge_at IS NULL))
              OR (p.sealed IS NOT NULL) = (p.purged_at IS NOT NULL) AND p.filled_at IS NOT NULL
              OR (p.link_hash IS NULL) <> (p.link_expires_at IS NULL)`,
  },
  {
    name: 'nothing that a winner told stays longer than a day beyond its date',
    sql: `SELECT id AS breach FROM payees WHERE sealed IS NOT NULL AND purge_at < dingge_now() - interval '1 day'`,
  },
  {
    name: 'nothing that somebody told in an objection stays longer than a day beyond its date',
    sql: `SELECT id AS breach FROM objections
           WHERE purged_at IS NULL AND purge_at < dingge_now() - interval '1 day'
              OR purged_at IS NOT NULL AND (name <> '' OR phone <> '' OR text <> '' OR account_id IS NOT NULL
                                            OR answer <> '' AND NOT answer_public)
          UNION ALL
          SELECT f.id FROM objection_files f JOIN objections o ON o.id = f.objection_id
           WHERE o.purged_at < dingge_now() - interval '1 day'`,
  },
  {
    name: 'a better original stands beside a judged photo of its work, and takes part in nothing',
    sql: `SELECT b.media_id AS breach FROM better_originals b
            JOIN media j ON j.id = b.judged_id JOIN media m ON m.id = b.media_id
           WHERE m.live OR m.kind <> 'image' OR j.kind <> 'image' OR m.submission_id <> j.submission_id`,
  },
  {
    name: 'every payee is of a work and a prize of its contest',
    sql: `SELECT p.id AS breach FROM payees p
            LEFT JOIN submissions s ON s.id = p.submission_id LEFT JOIN prize_tiers t ON t.id = p.tier_id
           WHERE s.contest_id IS DISTINCT FROM p.contest_id OR t.category_id IS DISTINCT FROM s.category_id`,
  },
];
