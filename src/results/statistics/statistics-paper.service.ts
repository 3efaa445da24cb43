import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Person } from '../../accounts/access.js';
import { AuditService } from '../../audit/audit.service.js';
import type { Language } from '../../common/problem.js';
import { ContestsService } from '../../contests/contests.service.js';
import { Typesetter } from '../../documents/typesetting/typesetter.js';
import { Round } from '../../judging/round.entity.js';
import { ResultsService } from '../results.service.js';
import { statisticsSheet } from './statistics-paper.js';
import { StatisticsService } from './statistics.service.js';

/** The statistics of a result to take away; who took them is in the log. */
@Injectable()
export class StatisticsPaperService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly statistics: StatisticsService,
    private readonly results: ResultsService,
    private readonly contests: ContestsService,
    private readonly typesetter: Typesetter,
    private readonly audit: AuditService,
  ) {}

  async pdf(person: Person, id: string, language: Language): Promise<Buffer> {
    const found = await this.statistics.of(person, id);
    const result = await this.results.require(person, id);
    const { contestId, categoryId, roundId, status, version, hash } = result;
    const contest = await this.contests.findById(contestId);
    const category = await this.contests.findCategoryById(categoryId);
    const round = await this.dataSource.manager.findOneByOrFail(Round, { id: roundId });
    const told = {
      ...{ contest: contest.title, category: category.name, round: round.name, status, version, hash },
      tiers: new Map(category.prizeTiers.map((tier) => [tier.id, tier.name])),
    };
    const { bytes } = await this.typesetter.set(statisticsSheet(told, found, language));
    await this.dataSource.transaction((manager) =>
      this.audit.append(manager, {
        ...{ contestId, actorId: person.account.id },
        ...{ action: 'result.statistics_exported', facts: { result: id } },
      }),
    );
    return Buffer.from(bytes);
  }
}
