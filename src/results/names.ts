import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { canonicalJson } from '../audit/chain.js';

/** What a result's ids are called where it is printed. */
export interface Names {
  contest: { id: string; slug: string; title: string; closesAt: string };
  category: { id: string; key: string; name: string; tiers: { id: string; name: string }[] };
}

/** A category's, as they are now; the tiers from the highest down. */
export async function namesOf(manager: EntityManager, categoryId: string): Promise<Names> {
  const [row] = await manager.query<[Names & { closesAt: Date }]>(
    `SELECT c.closes_at AS "closesAt",
            json_build_object('id', c.id, 'slug', c.slug, 'title', c.title) AS contest,
            json_build_object('id', k.id, 'key', k.key, 'name', k.name,
              'tiers', (SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.position)
                          FROM prize_tiers t WHERE t.category_id = k.id)) AS category
       FROM categories k JOIN contests c ON c.id = k.contest_id WHERE k.id = $1`,
    [categoryId],
  );
  return { contest: { ...row.contest, closesAt: row.closesAt.toISOString() }, category: row.category };
}

/** What works are called where a list names them, by id. */
export async function titlesOf(
  dataSource: DataSource,
  ids: string[],
): Promise<Map<string, { id: string; number: string; title: string }>> {
  const rows = await dataSource.query<{ id: string; number: string; title: string }[]>(
    `SELECT id, COALESCE(number, '') AS number, title FROM submissions WHERE id = ANY($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** SHA-256, hex: with it the log binds a prize's name to its id when a result is locked. */
export function namesHash(names: Names): string {
  return createHash('sha256').update(canonicalJson(names)).digest('hex');
}
