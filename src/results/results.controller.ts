import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { ContestsService } from '../contests/contests.service.js';
import { ChangesService } from './changes.service.js';
import {
  ChangeDto,
  CreateResultDto,
  PromotionDto,
  ResultDto,
  ResultListDto,
  ResultPageDto,
  RevisionDto,
} from './dto.js';
import { ResultViewService } from './result-view.service.js';
import { ResultsService } from './results.service.js';

const firstPage = { after: 0, limit: 500, awarded: false };

@ApiTags('results')
@Controller()
export class ResultsController {
  constructor(
    private readonly results: ResultsService,
    private readonly changes: ChangesService,
    private readonly views: ResultViewService,
    private readonly contests: ContestsService,
  ) {}

  /** A dry run: ranking with the sum of each place, and the prizes by tier. */
  @Post('contests/:slug/results')
  @Access('organiser')
  @ZodResponse({ status: 201, type: ResultDto })
  async create(
    @Param('slug') slug: string,
    @Body() { category, overrides }: CreateResultDto,
    @Me() me: Person,
  ): Promise<ResultDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.show(await this.results.dryRun(me, contest, category, overrides), firstPage, me);
  }

  @Get('contests/:slug/results')
  @Access('organiser')
  @ZodResponse({ status: 200, type: ResultListDto })
  async list(@Param('slug') slug: string): Promise<ResultListDto> {
    const contest = await this.contests.findBySlug(slug);
    const results = await this.results.list(contest.id);
    return {
      items: results.map(({ key, createdAt, lockedAt, ...result }) => ({
        ...result,
        category: key,
        createdAt: createdAt.toISOString(),
        lockedAt: lockedAt?.toISOString() ?? null,
      })),
    };
  }

  /** With its works by pages. */
  @Get('results/:id')
  @Access('organiser')
  @ZodResponse({ status: 200, type: ResultDto })
  async show(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() range: ResultPageDto,
    @Me() me: Person,
  ): Promise<ResultDto> {
    return this.views.view(me, await this.results.require(me, id), range);
  }

  /** Final: nothing unlocks it; a new version, with a reason, can supersede it. */
  @Post('results/:id/lock')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: ResultDto })
  async lock(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<ResultDto> {
    await this.results.lock(me, id);
    return this.show(id, firstPage, me);
  }

  /**
   * 递补: a work of the result in force is disqualified, and others move up as the category’s rules have it. `dry` only
   * says what would change. Where the contest asks for a second person the new version waits for that one to lock it.
   */
  @Post('results/:id/promotion')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: ChangeDto })
  promote(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() given: PromotionDto,
    @Me() me: Person,
  ): Promise<ChangeDto> {
    return this.changes.promote(me, id, given);
  }

  /** The result in force with its prizes allotted anew: with other overrides, and works and authors as they stand now. */
  @Post('results/:id/revision')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: ChangeDto })
  revise(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() given: RevisionDto,
    @Me() me: Person,
  ): Promise<ChangeDto> {
    return this.changes.revise(me, id, given);
  }
}
