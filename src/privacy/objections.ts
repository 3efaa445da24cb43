import type { DataSource } from 'typeorm';
import { fitName } from '../common/file-names.js';
import { objectionFileKey } from '../results/notice/objection.entity.js';

interface Attached {
  id: string;
  contest: string;
  number: number;
  position: number;
  name: string;
  mime: string;
  bytes: number;
  at: Date;
}

/**
 * Objections that somebody wrote while signed in. By name or telephone they can't be told: whoever says to be somebody
 * else would learn who complained of him.
 */
export async function objectionsOf(dataSource: DataSource, accountId: string): Promise<unknown[]> {
  const rows = await dataSource.query<{ id: string; contest: { slug: string }; number: number }[]>(
    `SELECT o.id, json_build_object('slug', c.slug, 'title', c.title) AS contest, o.number,
            CASE WHEN s.id IS NOT NULL THEN json_build_object('number', s.number, 'title', s.title) END AS work,
            o.name, o.phone, o.text, o.received_at AS "receivedAt", o.answer, o.answer_public AS "answerPublic",
            o.answered_at AS "answeredAt", o.purge_at AS "purgeAt"
       FROM objections o
       JOIN contests c ON c.id = o.contest_id
       LEFT JOIN submissions s ON s.id = o.submission_id
      WHERE o.account_id = $1 ORDER BY o.received_at`,
    [accountId],
  );
  const files = await filesOf(dataSource, accountId);
  return rows.map(({ id, ...row }) => ({
    ...row,
    files: (files.get(id) ?? []).map((file) => ({ path: pathOf(file), mime: file.mime, bytes: file.bytes })),
  }));
}

/** What was attached to them, for the archive. */
export async function attachedFiles(
  dataSource: DataSource,
  accountId: string,
): Promise<{ path: string; key: string; at: Date }[]> {
  const files = await filesOf(dataSource, accountId);
  return [...files.values()]
    .flat()
    .map((file) => ({ path: pathOf(file), key: objectionFileKey(file.id), at: file.at }));
}

async function filesOf(dataSource: DataSource, accountId: string): Promise<Map<string, Attached[]>> {
  const rows = await dataSource.query<(Attached & { objection: string })[]>(
    `SELECT o.id AS objection, f.id, c.slug AS contest, o.number, f.position, f.name, f.mime, f.bytes,
            f.created_at AS at
       FROM objection_files f
       JOIN objections o ON o.id = f.objection_id
       JOIN contests c ON c.id = o.contest_id
      WHERE o.account_id = $1 ORDER BY o.received_at, f.position`,
    [accountId],
  );
  return Map.groupBy(rows, ({ objection }) => objection);
}

function pathOf({ contest, number, position, name }: Attached): string {
  return `objections/${contest}-${number}/${position + 1}-${fitName(name)}`;
}
