import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { ContestsService } from '../contests/contests.service.js';
import { Round } from '../judging/round.entity.js';
import { MediaLinksService } from '../media/media-links.service.js';
import { MediaService } from '../media/media.service.js';
import { Submission } from '../submissions/submission.entity.js';
import type { ResultView } from './dto.js';
import type { Result } from './result.entity.js';
import { ResultsService } from './results.service.js';

/** A result with the names and pictures of its works, as organisers see it. */
@Injectable()
export class ResultViewService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly contests: ContestsService,
    private readonly results: ResultsService,
    private readonly media: MediaService,
    private readonly links: MediaLinksService,
  ) {}

  async view(me: Person, result: Result): Promise<ResultView> {
    const { content } = result;
    const category = await this.contests.findCategoryById(result.categoryId);
    const round = await this.dataSource.manager.findOneByOrFail(Round, { id: result.roundId });
    const ids = content.entries.map(({ id }) => id);
    const works = await this.works(ids);
    const media = await this.media.ofSubmissions(ids);
    const printed = await this.results.printedNames(result.id);
    const tierNames = new Map(category.prizeTiers.map(({ id, name }) => [id, name]));
    return {
      id: result.id,
      status: result.status,
      category: { key: category.key, name: category.name, media: category.media },
      round: { id: round.id, name: round.name, anonymous: round.anonymous },
      method: { key: content.method, planned: content.plannedJudges, adjusted: content.adjusted },
      createdAt: result.createdAt.toISOString(),
      lockedAt: result.lockedAt?.toISOString() ?? null,
      hash: result.hash,
      auditHead: content.auditHead,
      ranking: content.entries.map(({ id, ...entry }) => {
        const work = works.get(id)!;
        const cover = media.get(id)?.[0];
        return {
          ...entry,
          submission: {
            id,
            number: work.number ?? '',
            title: work.title,
            author: printed.get(id) ?? work.author.name,
            community: work.communityName ?? work.community?.name ?? '',
            thumb: (cover && this.links.mint(cover, me.account.id).thumb) ?? null,
            placeholder: cover?.placeholder ?? null,
          },
        };
      }),
      tiers: content.tiers.map((tier) => ({ ...tier, name: tierNames.get(tier.id) ?? '' })),
      totals: content.totals,
    };
  }

  private async works(ids: string[]): Promise<Map<string, Submission>> {
    const found = await this.dataSource.manager.find(Submission, {
      where: { id: In(ids) },
      relations: { author: true, community: true },
    });
    return new Map(found.map((work) => [work.id, work]));
  }
}
