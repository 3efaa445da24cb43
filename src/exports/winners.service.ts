import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import { MediaService } from '../media/media.service.js';
import { resultProblem } from '../results/errors.js';
import type { Result } from '../results/result.entity.js';
import { ResultsService } from '../results/results.service.js';
import { ContestsService } from '../contests/contests.service.js';
import { Submission } from '../submissions/submission.entity.js';

/** One line of the winner list. */
export interface Winner {
  category: string;
  tier: string;
  amountYuan: number;
  place: number;
  score: string;
  number: string;
  title: string;
  author: string;
  phone: string;
  community: string;
  /** Key of the small picture in storage; null where the work has none. */
  pictureKey: string | null;
}

/** What is printed under every winner list, so that it can be checked against the locked result. */
export interface WinnerList {
  winners: Winner[];
  locks: { category: string; hash: string; lockedAt: Date; auditHead: string }[];
}

/** The winner list: the awards of all locked results, by category, tier and place. */
@Injectable()
export class WinnersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly results: ResultsService,
    private readonly contests: ContestsService,
    private readonly media: MediaService,
  ) {}

  async list(contestId: string): Promise<WinnerList> {
    const locked = await this.results.locked(contestId);
    if (locked.length === 0) throw resultProblem('RESULT.NOT_LOCKED');
    const winners: Winner[] = [];
    const locks: WinnerList['locks'] = [];
    for (const result of locked) {
      const category = await this.contests.findCategoryById(result.categoryId);
      winners.push(...(await this.ofResult(result, category.name, category.prizeTiers)));
      locks.push({
        category: category.name,
        hash: result.hash,
        lockedAt: result.lockedAt!,
        auditHead: await this.lockEntryHash(result),
      });
    }
    return { winners, locks };
  }

  private async ofResult(
    result: Result,
    category: string,
    tiers: { id: string; name: string; amountYuan: number }[],
  ): Promise<Winner[]> {
    const awarded = result.content.entries.filter(({ tier }) => tier !== null);
    const ids = awarded.map(({ id }) => id);
    const works = await this.dataSource.manager.find(Submission, {
      where: { id: In(ids) },
      relations: { author: true, community: true },
    });
    const workOf = new Map(works.map((work) => [work.id, work]));
    const media = await this.media.ofSubmissions(ids);
    const printed = await this.results.printedNames(result.id);
    return awarded.map(({ id, tier, place, score }) => {
      const work = workOf.get(id)!;
      const { name, amountYuan } = tiers.find((candidate) => candidate.id === tier)!;
      const small = media.get(id)?.[0]?.renditions.find((rendition) => rendition.name === 'small');
      return {
        category,
        tier: name,
        amountYuan,
        place,
        score,
        number: work.number ?? '',
        title: work.title,
        author: printed.get(id) ?? work.author.name,
        phone: work.author.phone ?? '',
        community: work.communityName ?? work.community?.name ?? '',
        pictureKey: small?.key ?? null,
      };
    });
  }

  /** The head of the audit chain as the lock left it. */
  private async lockEntryHash(result: Result): Promise<string> {
    const [row] = await this.dataSource.query<{ hash: string }[]>(
      `SELECT hash FROM audit_entries WHERE contest_id = $1 AND action = 'result.locked' AND facts->>'result' = $2`,
      [result.contestId, result.id],
    );
    return row?.hash ?? '';
  }
}
