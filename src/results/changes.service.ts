import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { ContestsService } from '../contests/contests.service.js';
import type { ChangeView, PromotionDto, RevisionDto } from './dto.js';
import type { Draft } from './making.service.js';
import { OverridesService } from './overrides.service.js';
import { ResultViewService } from './result-view.service.js';
import { type MakeVersion, ResultsService } from './results.service.js';
import { VersionsService } from './versions.service.js';

/** What organisers change after a result was locked: the difference is shown first, then made a new version. */
@Injectable()
export class ChangesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly contests: ContestsService,
    private readonly results: ResultsService,
    private readonly versions: VersionsService,
    private readonly overrides: OverridesService,
    private readonly views: ResultViewService,
  ) {}

  promote(person: Person, id: string, { disqualify, reason, dry }: PromotionDto): Promise<ChangeView> {
    return this.change(person, id, dry, async (manager, contest, category, base) => {
      const facts = { submission: disqualify };
      const reasonHash = await this.versions.logReason(manager, person, base, facts, reason);
      return this.versions.promotion(manager, contest, category, base, [disqualify], reasonHash);
    });
  }

  revise(person: Person, id: string, { overrides: given, reason, dry }: RevisionDto): Promise<ChangeView> {
    return this.change(person, id, dry, async (manager, contest, category, base) => {
      const overrides = await this.overrides.record(manager, person, category, given);
      const reasonHash = await this.versions.logReason(manager, person, base, {}, reason);
      return this.versions.revision(manager, contest, category, base, overrides, reasonHash);
    });
  }

  private async change(person: Person, id: string, dry: boolean, make: MakeVersion): Promise<ChangeView> {
    const before = await this.results.require(person, id);
    const drafted: Draft[] = [];
    const keepDraft: MakeVersion = async (...args) => {
      const draft = await make(...args);
      drafted.push(draft);
      return draft;
    };
    const made = dry
      ? await this.tried(before.contestId, id, keepDraft)
      : await this.results.newVersion(person, id, keepDraft);
    const status = made === null ? null : (await this.results.require(person, made)).status;
    return this.views.change(before, drafted[0], made, status);
  }

  /** In a transaction that is undone: nothing is logged of what was only looked at. */
  private async tried(contestId: string, id: string, make: MakeVersion): Promise<null> {
    const contest = await this.contests.findById(contestId);
    const runner = this.dataSource.createQueryRunner();
    await runner.startTransaction();
    try {
      const { base, category } = await this.versions.lockBase(runner.manager, contest, id);
      await make(runner.manager, contest, category, base);
      return null;
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }
}
