import type { DataSource } from 'typeorm';
import type { Language } from '../common/problem.js';
import type { MessageKinds } from '../messages/message-kinds.js';
import { inWords, type MessageParams } from '../messages/words.js';
import { readDouyinText } from '../submissions/douyin-text.js';
import { pathInArchive, type NamedFile } from './file-names.js';

/** Rows are read in pages of so many. */
const page = 200;
const firstId = '00000000-0000-0000-0000-000000000000';

interface WorkRow {
  id: string;
  number: string | null;
  douyinText: string;
  files: (NamedFile & Record<string, unknown>)[];
  [field: string]: unknown;
}

/** An original that goes into the archive. */
export interface ArchivedFile {
  path: string;
  sha256: string;
  at: Date;
}

/**
 * data.json, piece by piece: all that is kept of a person, and nothing of anybody else. Columns are named one by one,
 * so that a new one isn't given away before somebody thought about it.
 */
export async function* personalData(
  dataSource: DataSource,
  kinds: MessageKinds,
  accountId: string,
  language: Language,
  others: Record<'payees' | 'objections', () => Promise<unknown[]>>,
): AsyncGenerator<string> {
  const ask = <T>(sql: string) => dataSource.query<T[]>(sql, [accountId]);
  const [{ account, at }] = await ask<{ account: object; at: Date }>(accountSql);
  yield `{\n"format": "dingge personal data",\n"version": 1,\n"at": ${JSON.stringify(at)}`;
  yield section('account', account);
  yield section('sessions', await ask(sessionsSql));
  yield section('roles', await ask(rolesSql));
  yield section('authors', await ask(authorsSql));
  yield section('units', await ask(unitsSql));
  yield section('declarations', await ask(declarationsSql));
  yield ',\n"works": [';
  let first = true;
  for await (const work of worksOf(dataSource, accountId)) {
    yield `${first ? '\n' : ',\n'}${JSON.stringify(viewOf(work))}`;
    first = false;
  }
  yield '\n]';
  const messages = await ask<{ kind: string; params: MessageParams }>(messagesSql);
  yield section(
    'messages',
    messages.map(({ kind, params, ...rest }) => ({
      ...rest,
      ...inWords(kinds.words(kind), params, language),
    })),
  );
  yield section('payees', await others.payees());
  yield section('objections', await others.objections());
  yield section('mails', await ask(mailsSql));
  yield section('uploads', await ask(uploadsSql));
  yield '\n}\n';
}

/** The originals of an account's works; those taken out of a work too, as long as they are kept. */
export async function* archivedFiles(
  dataSource: DataSource,
  accountId: string,
): AsyncGenerator<ArchivedFile> {
  for await (const work of worksOf(dataSource, accountId)) {
    for (const file of work.files) {
      yield {
        path: pathInArchive(work, file),
        sha256: String(file['sha256']),
        at: new Date(String(file['createdAt'])),
      };
    }
  }
}

async function* worksOf(dataSource: DataSource, accountId: string): AsyncGenerator<WorkRow> {
  let after = firstId;
  for (;;) {
    const rows = await dataSource.query<WorkRow[]>(worksSql, [accountId, after, page]);
    yield* rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.id;
  }
}

function viewOf({ files, douyinText, ...work }: WorkRow) {
  const { link, videoId, shortCode } = readDouyinText(douyinText);
  return {
    ...work,
    douyin: douyinText === '' ? null : { text: douyinText, link, videoId, shortCode },
    files: files.map(({ live, betterThan, ...file }) => ({
      path: pathInArchive(work, { live, betterThan, ...file }),
      ...file,
      ...(betterThan ? { betterThan } : { removed: !live }),
    })),
  };
}

function section(name: string, value: unknown): string {
  return `,\n${JSON.stringify(name)}: ${JSON.stringify(value, null, 1)}`;
}

const contest = `json_build_object('slug', c.slug, 'title', c.title)`;

const accountSql = `
  SELECT dingge_now() AS at, json_build_object('id', id, 'name', name, 'phone', phone, 'email', email,
         'emailConfirmedAt', email_confirmed_at, 'pendingEmail', pending_email, 'language', language,
         'createdAt', created_at) AS account
    FROM accounts WHERE id = $1`;

const sessionsSql = `
  SELECT created_at AS "createdAt", expires_at AS "expiresAt" FROM sessions WHERE account_id = $1 ORDER BY created_at`;

const rolesSql = `
  SELECT g.role, CASE WHEN c.id IS NOT NULL THEN ${contest} END AS contest, g.created_at AS since
    FROM role_grants g LEFT JOIN contests c ON c.id = g.contest_id
   WHERE g.account_id = $1 ORDER BY g.created_at, g.role`;

const authorsSql = `
  SELECT DISTINCT ON (a.id) a.name, a.phone, ${contest} AS contest, a.created_at AS "createdAt"
    FROM submissions s JOIN authors a ON a.id = s.author_id JOIN contests c ON c.id = s.contest_id
   WHERE s.account_id = $1 ORDER BY a.id`;

const unitsSql = `
  SELECT u.name AS unit, a.name AS author, ${contest} AS contest
    FROM unit_members m JOIN units u ON u.id = m.unit_id JOIN contests c ON c.id = m.contest_id
    LEFT JOIN authors a ON a.id = m.author_id
   WHERE m.judge_id = $1 OR EXISTS (
     SELECT FROM submissions s JOIN authors w ON w.id = s.author_id
      WHERE s.account_id = $1 AND m.author_id IN (w.id, w.merged_into))`;

const declarationsSql = `
  SELECT DISTINCT ON (d.contest_id, d.version) ${contest} AS contest, d.version, d.words
    FROM submissions s JOIN declarations d ON d.contest_id = s.contest_id AND d.version = s.consent_version
    JOIN contests c ON c.id = d.contest_id
   WHERE s.account_id = $1 ORDER BY d.contest_id, d.version`;

const worksSql = `
  SELECT s.id, s.number, ${contest} AS contest, k.name AS category, s.status, s.title, s.story,
         COALESCE(s.community_name, m.name) AS community, j.name AS subject, s.taken_on::text AS "takenOn",
         s.taken_place AS "takenPlace", s.douyin_text AS "douyinText",
         json_build_object('name', a.name, 'phone', a.phone, 'agreedAt', s.author_agreed_at) AS author,
         CASE WHEN s.consent_version IS NOT NULL
              THEN json_build_object('version', s.consent_version, 'at', s.consented_at) END AS consent,
         s.created_at AS "createdAt", s.submitted_at AS "submittedAt", s.reason, s.repair_until AS "repairUntil",
         COALESCE((SELECT json_agg(json_build_object('id', f.id, 'position', f.position, 'live', f.live,
                     'betterThan', (SELECT b.judged_id FROM better_originals b WHERE b.media_id = f.id),
                     'originalName', f.original_name, 'kind', f.kind, 'mime', f.mime, 'bytes', f.bytes,
                     'sha256', f.sha256, 'status', f.status, 'error', f.error, 'width', f.width, 'height', f.height,
                     'durationMs', f.duration_ms, 'facts', f.facts, 'createdAt', f.created_at)
                     ORDER BY f.position, f.created_at)
                     FROM media f WHERE f.submission_id = s.id), '[]') AS files
    FROM submissions s
    JOIN categories k ON k.id = s.category_id
    JOIN contests c ON c.id = s.contest_id
    JOIN authors a ON a.id = s.author_id
    LEFT JOIN communities m ON m.id = s.community_id
    LEFT JOIN subjects j ON j.id = s.subject_id
   WHERE s.account_id = $1 AND s.id > $2 ORDER BY s.id LIMIT $3`;

const messagesSql = `
  SELECT m.kind, m.params, CASE WHEN c.id IS NOT NULL THEN ${contest} END AS contest, m.created_at AS "createdAt",
         m.read_at AS "readAt"
    FROM messages m LEFT JOIN contests c ON c.id = m.contest_id WHERE m.account_id = $1 ORDER BY m.seq`;

const mailsSql = `
  SELECT kind, to_address AS "to", status, created_at AS "createdAt", settled_at AS "settledAt"
    FROM mails WHERE account_id = $1 ORDER BY created_at`;

const uploadsSql = `
  SELECT u.name, u.bytes::float8 AS bytes, u.received::float8 AS received, u.state, u.error, s.title AS work,
         u.begun_at AS "begunAt", u.finished_at AS "finishedAt"
    FROM uploads u JOIN submissions s ON s.id = u.submission_id WHERE u.account_id = $1 ORDER BY u.begun_at`;
