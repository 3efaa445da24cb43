import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { resultProblem } from '../errors.js';

/** One award of a locked result, with the names that lists, notices and papers print. */
export interface Awarded {
  submissionId: string;
  resultId: string;
  tierId: string;
  categoryKey: string;
  category: string;
  media: 'image' | 'video';
  tier: string;
  amountYuan: number;
  /** The author that the organiser's merging leads to: one person, however often written. */
  personId: string;
  number: string;
  title: string;
  /** As the result was published, where the person was erased since. */
  author: string;
  phone: string;
  community: string;
}

/** What a list can be checked against. */
export interface Lock {
  categoryId: string;
  categoryKey: string;
  category: string;
  resultId: string;
  hash: string;
  lockedAt: Date;
}

/** Who has won what by the locked results as they stand now: all that follows from a result begins here. */
@Injectable()
export class AwardedService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** By category, tier and place. */
  list(contestId: string, manager: EntityManager = this.dataSource.manager): Promise<Awarded[]> {
    return this.select(manager, 'r.contest_id = $1', [contestId]);
  }

  /** One award as it stands now; null where the work has that prize no longer. */
  async find(submissionId: string, tierId: string): Promise<Awarded | null> {
    const [found] = await this.select(this.dataSource.manager, 'a.submission_id = $1 AND a.tier_id = $2', [
      submissionId,
      tierId,
    ]);
    return found ?? null;
  }

  /** The locked results, in the order of their categories. @throws where there is none */
  async locks(contestId: string, manager: EntityManager = this.dataSource.manager): Promise<Lock[]> {
    const locks = await manager.query<Lock[]>(
      `SELECT k.id AS "categoryId", k.key AS "categoryKey", k.name AS category, r.id AS "resultId", r.hash,
              r.locked_at AS "lockedAt"
         FROM results r JOIN categories k ON k.id = r.category_id
        WHERE r.contest_id = $1 AND r.status = 'locked' ORDER BY k.position`,
      [contestId],
    );
    if (locks.length === 0) throw resultProblem('RESULT.NOT_LOCKED');
    return locks;
  }

  /** Every category of a contest, and whether its result is locked. */
  lockedCategories(contestId: string): Promise<{ name: string; locked: boolean }[]> {
    return this.dataSource.query(
      `SELECT k.name, EXISTS (SELECT FROM results r WHERE r.category_id = k.id AND r.status = 'locked') AS locked
         FROM categories k WHERE k.contest_id = $1 ORDER BY k.position`,
      [contestId],
    );
  }

  private select(manager: EntityManager, where: string, parameters: unknown[]): Promise<Awarded[]> {
    return manager.query<Awarded[]>(
      `SELECT a.submission_id AS "submissionId", r.id AS "resultId", t.id AS "tierId", k.key AS "categoryKey",
              k.name AS category, k.media, t.name AS tier, t.amount_yuan AS "amountYuan",
              COALESCE(w.merged_into, w.id) AS "personId", COALESCE(s.number, '') AS number, s.title,
              COALESCE(a.printed_name, w.name) AS author, COALESCE(w.phone, '') AS phone,
              COALESCE(s.community_name, c.name, '') AS community
         FROM awards a
         JOIN results r ON r.id = a.result_id AND r.status = 'locked'
         JOIN prize_tiers t ON t.id = a.tier_id
         JOIN categories k ON k.id = r.category_id
         JOIN submissions s ON s.id = a.submission_id
         JOIN authors w ON w.id = s.author_id
         LEFT JOIN communities c ON c.id = s.community_id
        WHERE ${where}
        ORDER BY k.position, t.position, a.position`,
      parameters,
    );
  }
}
