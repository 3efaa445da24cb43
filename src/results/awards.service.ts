import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ContestsService } from '../contests/contests.service.js';
import { GalleryService } from './gallery/gallery.service.js';
import type { Result } from './result.entity.js';

/** 获奖: what the result in force of a category gives. */
@Injectable()
export class AwardsService {
  constructor(
    private readonly contests: ContestsService,
    private readonly gallery: GalleryService,
  ) {}

  /** A result was just locked, in the caller's transaction: the awards are its own from now on. */
  async follow(manager: EntityManager, { id, contestId, categoryId, supersedes }: Result): Promise<void> {
    // A name that was printed with an earlier version is printed with this one, too: its owner may be gone.
    const printed = await manager.query<{ submission_id: string; printed_name: string }[]>(
      'SELECT submission_id, printed_name FROM awards WHERE result_id = $1 AND printed_name IS NOT NULL',
      [supersedes],
    );
    await manager.query('DELETE FROM awards WHERE result_id = $1', [supersedes]);
    await manager.query(
      `INSERT INTO awards (result_id, submission_id, tier_id, position, printed_name)
       SELECT e.result_id, e.submission_id, e.tier_id,
              row_number() OVER (PARTITION BY e.tier_id ORDER BY e.place) - 1, p.printed_name
         FROM result_entries e
         LEFT JOIN unnest($2::uuid[], $3::text[]) AS p (submission_id, printed_name) USING (submission_id)
        WHERE e.result_id = $1 AND e.tier_id IS NOT NULL`,
      [id, printed.map((row) => row.submission_id), printed.map((row) => row.printed_name)],
    );
    await manager.query(
      `DELETE FROM publications p WHERE p.contest_id = $1
          AND NOT EXISTS (SELECT FROM awards w WHERE w.submission_id = p.submission_id)`,
      [contestId],
    );
    await manager.query(
      'UPDATE categories SET decided_at = COALESCE(decided_at, dingge_now()) WHERE id = $1',
      [categoryId],
    );
    await this.gallery.follow(manager, contestId, id);
    const [{ open }] = await manager.query<{ open: number }[]>(
      'SELECT count(*)::int AS open FROM categories WHERE contest_id = $1 AND decided_at IS NULL',
      [contestId],
    );
    if (open === 0) await this.contests.markDecided(manager, contestId);
  }
}
