import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { MediaService } from '../media/media.service.js';
import { AwardedService, type Awarded, type Lock } from '../results/awarded/awarded.service.js';
import { StorageService } from '../storage/storage.service.js';

/** One line of the winner list. */
export interface Winner extends Awarded {
  score: string;
}

/** With what is printed under every winner list, so that it can be checked against the locked result. */
export interface WinnerList {
  winners: Winner[];
  locks: (Lock & { auditHead: string })[];
}

/** The winner list: the awards of all locked results with their scores, by category, tier and place. */
@Injectable()
export class WinnersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly awarded: AwardedService,
    private readonly media: MediaService,
    private readonly storage: StorageService,
  ) {}

  async list(contestId: string): Promise<WinnerList> {
    const locks = await this.awarded.locks(contestId);
    const awards = await this.awarded.list(contestId);
    const scores = await this.dataSource.query<{ id: string; score: string }[]>(
      `SELECT e.submission_id AS id, e.line->>'score' AS score
         FROM results r JOIN result_entries e ON e.result_id = r.id
        WHERE r.contest_id = $1 AND r.status = 'locked' AND e.tier_id IS NOT NULL`,
      [contestId],
    );
    const scoreOf = new Map(scores.map(({ id, score }) => [id, score]));
    const heads = new Map(
      (
        await this.dataSource.query<{ result: string; hash: string }[]>(
          `SELECT facts->>'result' AS result, hash FROM audit_entries
            WHERE contest_id = $1 AND action = 'result.locked'`,
          [contestId],
        )
      ).map(({ result, hash }) => [result, hash]),
    );
    return {
      winners: awards.map((award) => ({ ...award, score: scoreOf.get(award.submissionId) ?? '' })),
      // The head of the audit chain as the lock left it.
      locks: locks.map((lock) => ({ ...lock, auditHead: heads.get(lock.resultId) ?? '' })),
    };
  }

  /** The small pictures of works, but for those that are lost. */
  async pictures(winners: Winner[]): Promise<Map<string, Buffer>> {
    const files = await this.media.ofSubmissions(winners.map(({ submissionId }) => submissionId));
    const found = new Map<string, Buffer>();
    for (const [submissionId, [cover]] of files) {
      const small = cover?.renditions.find(({ name }) => name === 'small');
      const bytes = small && (await this.storage.bytesUnlessLost(small.key));
      if (bytes) found.set(submissionId, bytes);
    }
    return found;
  }
}
