import type { EntityManager } from 'typeorm';
import { type ContentEntry, lineOf } from './content.js';

// The works of a result in the database: written once, in pages, read in pages.

const PAGE = 5000;

/**
 * Texts go over as one with line feeds, which JSON has none of: quoting each for an array costs more than the rest.
 * @param entries one after the other by place
 * @param lines parallel to them, as they were hashed
 */
export async function writeLines(
  manager: EntityManager,
  resultId: string,
  entries: readonly ContentEntry[],
  lines: readonly string[],
): Promise<void> {
  await manager.query(
    `INSERT INTO result_entries (result_id, place, submission_id, tier_id, line)
     SELECT $1, $2::int + number - 1, submission_id::uuid, tier_id::uuid, line::json
       FROM ROWS FROM (string_to_table($3, E'\\n'), string_to_table($4, E'\\n', ''), string_to_table($5, E'\\n'))
            WITH ORDINALITY AS t (submission_id, tier_id, line, number)`,
    [
      resultId,
      entries[0].place,
      entries.map(({ id }) => id).join('\n'),
      entries.map(({ tier }) => tier ?? '').join('\n'),
      lines.join('\n'),
    ],
  );
}

/** Cuts works into pages, each with its lines. */
export function* pagesOf(
  entries: Iterable<ContentEntry>,
): Generator<{ entries: ContentEntry[]; lines: string[] }> {
  let page: ContentEntry[] = [];
  const cut = () => ({ entries: page, lines: page.map(lineOf) });
  for (const entry of entries) {
    page.push(entry);
    if (page.length === PAGE) {
      yield cut();
      page = [];
    }
  }
  if (page.length > 0) yield cut();
}

/** All works of a result, by place. */
export async function readLines(manager: EntityManager, resultId: string): Promise<ContentEntry[]> {
  const entries: ContentEntry[] = [];
  for (;;) {
    const rows = await page(manager, resultId, { after: entries.length, limit: PAGE });
    for (const row of rows) entries.push(row);
    if (rows.length < PAGE) return entries;
  }
}

/** Works from the place after that on; only those with a prize, if so asked. */
export async function page(
  manager: EntityManager,
  resultId: string,
  { after, limit, awarded = false }: { after: number; limit: number; awarded?: boolean },
): Promise<ContentEntry[]> {
  const rows = await manager.query<{ line: ContentEntry }[]>(
    `SELECT line FROM result_entries WHERE result_id = $1 AND place > $2 ${awarded ? 'AND tier_id IS NOT NULL' : ''}
      ORDER BY place LIMIT $3`,
    [resultId, after, limit],
  );
  return rows.map(({ line }) => line);
}
