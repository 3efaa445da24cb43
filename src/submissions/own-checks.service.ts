import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Check } from './check.js';
import type { FoundChecks } from './submission-view.js';

interface Found {
  id: string;
  number: string | null;
  title: string;
}

/** What an entrant should know of the works of his own account: which of them are like each other. Never of anybody else's. */
@Injectable()
export class OwnChecksService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async of(accountId: string, submissionIds: string[]): Promise<FoundChecks> {
    if (submissionIds.length === 0) return { ofWorks: new Map(), ofMedia: new Map() };
    return {
      ofWorks: byId('DOUYIN_TWICE', await this.sameLink(accountId, submissionIds)),
      ofMedia: byId('OWN_DUPLICATE', await this.alike(accountId, submissionIds)),
    };
  }

  /** Works that were sent in earlier with the same link. */
  private sameLink(accountId: string, submissionIds: string[]): Promise<Found[]> {
    return this.dataSource.query<Found[]>(
      `SELECT mine.id, other.number, other.title
         FROM submissions mine
         JOIN submissions other
           ON other.contest_id = mine.contest_id AND other.account_id = $1 AND other.id <> mine.id
              AND other.status NOT IN ('draft', 'withdrawn')
              AND (other.douyin_video_id = mine.douyin_video_id OR other.douyin_short_code = mine.douyin_short_code)
        WHERE mine.id = ANY($2) AND mine.account_id = $1
          AND (mine.submitted_seq IS NULL OR mine.submitted_seq > other.submitted_seq)
        ORDER BY other.submitted_seq`,
      [accountId, submissionIds],
    );
  }

  /** Files that are, or look, the same as one of another work; pairs that an organiser dismissed don't count. */
  private alike(accountId: string, submissionIds: string[]): Promise<Found[]> {
    return this.dataSource.query<Found[]>(
      `WITH mine AS (
         SELECT id, submission_id FROM media WHERE submission_id = ANY($2) AND account_id = $1 AND live
       ), pairs AS (
         SELECT mine.id, mine.submission_id, pair.second_id AS other_id
           FROM mine JOIN near_duplicates pair ON pair.first_id = mine.id WHERE pair.dismissed_at IS NULL
         UNION ALL
         SELECT mine.id, mine.submission_id, pair.first_id
           FROM mine JOIN near_duplicates pair ON pair.second_id = mine.id WHERE pair.dismissed_at IS NULL
       )
       SELECT DISTINCT ON (pairs.id) pairs.id, work.number, work.title
         FROM pairs
         JOIN media other ON other.id = pairs.other_id AND other.live AND other.account_id = $1
         JOIN submissions work ON work.id = other.submission_id
        WHERE other.submission_id <> pairs.submission_id
        ORDER BY pairs.id, work.submitted_seq NULLS LAST, work.id`,
      [accountId, submissionIds],
    );
  }
}

/** Each row's check; of several for one id the first. */
function byId(code: Check['code'], rows: Found[]): Map<string, Check[]> {
  const found = new Map<string, Check[]>();
  for (const { id, number, title } of rows) {
    if (!found.has(id)) found.set(id, [{ code, params: { number: number ?? '', title } }]);
  }
  return found;
}
