import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { ContestsService } from '../contests/contests.service.js';
import { CreateResultDto, ResultDto, ResultListDto } from './dto.js';
import { ResultViewService } from './result-view.service.js';
import { ResultsService } from './results.service.js';

@ApiTags('results')
@Controller()
export class ResultsController {
  constructor(
    private readonly results: ResultsService,
    private readonly views: ResultViewService,
    private readonly contests: ContestsService,
  ) {}

  /** A dry run: ranking with the sum of each place, and the prizes by tier. */
  @Post('contests/:slug/results')
  @Access('organiser')
  @ZodResponse({ status: 201, type: ResultDto })
  async create(
    @Param('slug') slug: string,
    @Body() { category }: CreateResultDto,
    @Me() me: Person,
  ): Promise<ResultDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.show(await this.results.dryRun(me, contest, category), me);
  }

  @Get('contests/:slug/results')
  @Access('organiser')
  @ZodResponse({ status: 200, type: ResultListDto })
  async list(@Param('slug') slug: string): Promise<ResultListDto> {
    const contest = await this.contests.findBySlug(slug);
    const results = await this.results.list(contest.id);
    return {
      items: results.map(({ id, status, key, createdAt, lockedAt, hash }) => ({
        id,
        status,
        category: key,
        createdAt: createdAt.toISOString(),
        lockedAt: lockedAt?.toISOString() ?? null,
        hash,
      })),
    };
  }

  @Get('results/:id')
  @Access('organiser')
  @ZodResponse({ status: 200, type: ResultDto })
  async show(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<ResultDto> {
    return this.views.view(me, await this.results.require(me, id));
  }

  /** Final: there is one locked result a category, and no way back. */
  @Post('results/:id/lock')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: ResultDto })
  async lock(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<ResultDto> {
    await this.results.lock(me, id);
    return this.show(id, me);
  }
}
