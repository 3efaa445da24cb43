import type { EntityManager } from 'typeorm';
import { erasedName, erasedTitle } from '../common/erased.js';
import type { Media } from '../media/media.entity.js';
import { readDouyinText } from '../submissions/douyin-text.js';
import type { Belonging, Belongings } from './belongings.js';

// What is done with the rows of a person, in the transaction that holds all of them. docs/decisions/0010 says why.

type Freed = Pick<Media, 'sha256' | 'renditions'>;
const idsOf = (works: Belonging[]) => works.map(({ id }) => id);

/** What was said to the person and about the person, uploads under way, pictures in the gallery, a seat on a panel that hasn't begun. */
export async function eraseTraces(
  manager: EntityManager,
  accountId: string,
  works: Belonging[],
): Promise<void> {
  // The hash in the chain stays, and without its salt says nothing.
  await manager.query(
    `DELETE FROM audit_texts t USING audit_entries e
      WHERE e.text_hash = t.text_hash
        AND (e.actor_id = $1 OR e.facts->>'account' = $1::text OR e.facts->>'submission' = ANY($2)
             OR e.facts->>'target' = ANY($2 || $3::text[]))`,
    [accountId, idsOf(works), works.map(({ authorId }) => authorId)],
  );
  for (const table of ['messages', 'mails', 'uploads', 'file_checks', 'personal_exports']) {
    await manager.query(`DELETE FROM ${table} WHERE account_id = $1`, [accountId]);
  }
  // Nobody shows pictures of a person who is gone; the gallery's links die with these rows.
  await manager.query('DELETE FROM publications WHERE submission_id = ANY($1)', [idsOf(works)]);
  await manager.query(
    `DELETE FROM round_judges p USING rounds r
      WHERE r.id = p.round_id AND r.status = 'draft' AND p.judge_id = $1`,
    [accountId],
  );
  await manager.query('DELETE FROM unit_members WHERE judge_id = $1', [accountId]);
  // What the person told as a winner; what other authors told whose works this account sent is theirs.
  await manager.query(
    `UPDATE payees SET sealed = NULL, key_id = NULL, person_hash = NULL, account_hash = NULL, link_hash = NULL,
            link_expires_at = NULL, purged_at = CASE WHEN filled_at IS NOT NULL THEN dingge_now() END
      WHERE submission_id = ANY($1)`,
    [idsOf(works.filter(({ own }) => own))],
  );
  // They are to be looked into and answered under the name that they give, until their own date.
  await manager.query('UPDATE objections SET account_id = NULL WHERE account_id = $1', [accountId]);
  await manager.query('UPDATE tasks SET recusal_reason = NULL WHERE judge_id = $1', [accountId]);
  await manager.query(
    `UPDATE judge_conflicts SET reason = '', lift_reason = CASE WHEN lift_reason IS NOT NULL THEN '' END
      WHERE judge_id = $1 OR submission_id = ANY($2) OR author_id = ANY($3)`,
    [accountId, idsOf(works), works.map(({ authorId }) => authorId)],
  );
  await manager.query(
    `UPDATE round_entries SET removed_reason = '' WHERE submission_id = ANY($1) AND removed_at IS NOT NULL`,
    [idsOf(works)],
  );
  await manager.query('DELETE FROM task_remarks r USING tasks t WHERE t.id = r.task_id AND t.judge_id = $1', [
    accountId,
  ]);
  // Nobody may know a person again by what judges wrote of a work.
  await manager.query(
    `UPDATE task_remarks r SET note = '', flag_reason = '', flagged_at = NULL
       FROM tasks t JOIN round_entries e ON e.id = t.entry_id
      WHERE t.id = r.task_id AND e.submission_id = ANY($1)`,
    [idsOf(works)],
  );
}

/** A locked result is a public record: it goes on naming its winners as it was published. */
export async function keepPrintedNames(manager: EntityManager, staying: Belonging[]): Promise<void> {
  await manager.query(
    `UPDATE awards w SET printed_name = a.name
       FROM submissions s JOIN authors a ON a.id = s.author_id
      WHERE s.id = w.submission_id AND s.id = ANY($1) AND w.printed_name IS NULL`,
    [idsOf(staying.filter(({ shared }) => !shared))],
  );
}

/** Works with their files, hashes and pairs; what their files were. */
export async function deleteWorks(manager: EntityManager, going: Belonging[]): Promise<Freed[]> {
  const [freed] = await manager.query<[Freed[], number]>(
    'DELETE FROM media WHERE submission_id = ANY($1) RETURNING sha256, renditions',
    [idsOf(going)],
  );
  await manager.query('DELETE FROM submissions WHERE id = ANY($1)', [idsOf(going)]);
  return freed;
}

/**
 * What tells of a person in works that stay: the link, which leads to an account of theirs; when and where; the names
 * of the files and what those say of camera and place. Files that were taken out go; what they were is returned. A
 * work that is judged by its link keeps the bare link until the result is locked: there is nothing else to judge.
 */
export async function anonymiseWorks(manager: EntityManager, staying: Belonging[]): Promise<Freed[]> {
  const ids = idsOf(staying);
  await manager.query(
    `UPDATE submissions
        SET anonymised_at = dingge_now(), taken_on = NULL, taken_place = '', reason = NULL, repair_reminder_at = NULL
      WHERE id = ANY($1)`,
    [ids],
  );
  for (const { id, entry, douyinText } of staying) {
    if (entry === 'link') {
      const link = readDouyinText(douyinText).link ?? '';
      await manager.query('UPDATE submissions SET douyin_text = $2 WHERE id = $1', [id, link]);
    } else {
      await manager.query(`UPDATE submissions SET ${noLink} WHERE id = $1`, [id]);
    }
  }
  await forgetWords(manager);
  const [freed] = await manager.query<[Freed[], number]>(
    'DELETE FROM media WHERE submission_id = ANY($1) AND NOT live RETURNING sha256, renditions',
    [ids],
  );
  await manager.query(
    `UPDATE media SET original_name = (position + 1)::text,
            facts = CASE WHEN facts ? 'sound' THEN jsonb_build_object('sound', facts->'sound') END
      WHERE submission_id = ANY($1)`,
    [ids],
  );
  return freed;
}

/** Authors whom nobody else sent for: gone where no work is left, without name and phone otherwise. */
export async function eraseAuthors(manager: EntityManager, { going, staying }: Belongings): Promise<void> {
  const ids = [...going, ...staying].filter(({ shared }) => !shared).map(({ authorId }) => authorId);
  await manager.query(
    `DELETE FROM authors a WHERE a.id = ANY($1)
        AND NOT EXISTS (SELECT FROM submissions s WHERE s.author_id = a.id)
        AND NOT EXISTS (SELECT FROM authors other WHERE other.merged_into = a.id)`,
    [ids],
  );
  await manager.query('UPDATE authors SET name = $2, phone = NULL WHERE id = ANY($1)', [ids, erasedName]);
}

const noLink = `douyin_text = '', douyin_video_id = NULL, douyin_short_code = NULL`;

/**
 * Drops the words of anonymised works whose category is decided: judges need them until then, nobody afterwards. The
 * title, and the place, of a work with a prize stay in the published result. Nor does anybody need to know any more
 * whose works a judge might not judge. How many works were changed.
 */
export async function forgetWords(manager: EntityManager): Promise<number> {
  const [, changed] = await manager.query<[unknown, number]>(
    `UPDATE submissions s
        SET story = '', ${noLink},
            title = CASE WHEN known.awarded THEN s.title ELSE $1 END,
            community_name = CASE WHEN known.awarded THEN s.community_name END
       FROM (SELECT x.id, EXISTS (SELECT FROM awards w WHERE w.submission_id = x.id) AS awarded
               FROM submissions x JOIN categories k ON k.id = x.category_id AND k.decided_at IS NOT NULL
              WHERE x.anonymised_at IS NOT NULL) AS known
      WHERE s.id = known.id AND (s.story <> '' OR s.douyin_text <> '' OR NOT known.awarded AND s.title <> $1)`,
    [erasedTitle],
  );
  await manager.query(
    `DELETE FROM unit_members m USING authors a
      WHERE a.id = m.author_id AND a.phone IS NULL
        AND NOT EXISTS (SELECT FROM submissions s JOIN categories k ON k.id = s.category_id AND k.decided_at IS NULL
                         WHERE s.author_id = a.id)`,
  );
  return changed;
}

/** Authors that were typed into a form, and replaced there before anything was sent under them. */
export async function dropUnusedAuthors(manager: EntityManager): Promise<number> {
  const [, dropped] = await manager.query<[unknown, number]>(
    `DELETE FROM authors a
      WHERE a.created_at < clock_timestamp() - interval '1 day'
        AND NOT EXISTS (SELECT FROM submissions s WHERE s.author_id = a.id)
        AND NOT EXISTS (SELECT FROM authors other WHERE other.merged_into = a.id)`,
  );
  return dropped;
}
