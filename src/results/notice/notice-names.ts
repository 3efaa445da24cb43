import type { EntityManager } from 'typeorm';
import { maskName } from '../../common/mask.js';
import type { Placed } from './changes.js';

/** A work as a notice prints it. */
export interface NoticeName {
  number: string;
  title: string;
  /** Masked. */
  name: string;
  category: string;
  categoryId: string;
}

/** How works and prizes of notices are called, whether they still have them or not. */
export async function noticeNames(manager: EntityManager, placed: readonly Placed[]) {
  const ids = [...new Set(placed.map(({ submissionId }) => submissionId))];
  const rows = await manager.query<(NoticeName & { id: string })[]>(
    `SELECT s.id, COALESCE(s.number, '') AS number, s.title, k.name AS category, k.id AS "categoryId",
            COALESCE((SELECT a.printed_name FROM awards a
                       WHERE a.submission_id = s.id AND a.printed_name IS NOT NULL LIMIT 1), w.name) AS name
       FROM submissions s JOIN authors w ON w.id = s.author_id JOIN categories k ON k.id = s.category_id
      WHERE s.id = ANY($1)`,
    [ids],
  );
  const tiers = await manager.query<{ id: string; name: string }[]>(
    'SELECT id, name FROM prize_tiers WHERE id = ANY($1)',
    [[...new Set(placed.map(({ tierId }) => tierId))]],
  );
  const works = new Map(rows.map(({ id, ...said }) => [id, { ...said, name: maskName(said.name) }]));
  const tierNames = new Map(tiers.map(({ id, name }) => [id, name]));
  return {
    work: (id: string): NoticeName =>
      works.get(id) ?? { number: '', title: '', name: '', category: '', categoryId: '' },
    tier: (id: string | null): string => (id && tierNames.get(id)) ?? '',
  };
}
