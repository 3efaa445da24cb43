import type { EntityManager } from 'typeorm';

/** All that accounts know of a contest: what a role's plain contest id is called. */
export interface ContestName {
  id: string;
  slug: string;
  title: string;
}

export async function findContest(manager: EntityManager, slug: string): Promise<ContestName | null> {
  const [row] = await manager.query<ContestName[]>('SELECT id, slug, title FROM contests WHERE slug = $1', [
    slug,
  ]);
  return row ?? null;
}

export async function nameContests(
  manager: EntityManager,
  ids: (string | null)[],
): Promise<Map<string, ContestName>> {
  const known = ids.filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const rows = await manager.query<ContestName[]>('SELECT id, slug, title FROM contests WHERE id = ANY($1)', [
    known,
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}
