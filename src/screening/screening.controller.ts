import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { Lang } from '../common/language.js';
import type { Language } from '../common/problem.js';
import { ContestsService } from '../contests/contests.service.js';
import { SubmissionDto } from '../submissions/dto.js';
import { SubmissionViews } from '../submissions/submission-views.service.js';
import { DeskService } from './desk.service.js';
import {
  BulkScreeningAnswerDto,
  BulkScreeningDto,
  DeskDto,
  DeskQueryDto,
  LookAlikesDto,
  ScreeningDto,
} from './dto.js';
import { LookAlikesService } from './look-alikes.service.js';
import { ScreeningService, type Verdict } from './screening.service.js';

@ApiTags('screening')
@Controller()
export class ScreeningController {
  constructor(
    private readonly screening: ScreeningService,
    private readonly desk: DeskService,
    private readonly contests: ContestsService,
    private readonly submissions: SubmissionViews,
    private readonly lookAlikes: LookAlikesService,
  ) {}

  /** The works of a tab with their checks, in the order of submission; phones are masked. */
  @Get('contests/:slug/screening')
  @Access('organiser')
  @ZodResponse({ status: 200, type: DeskDto })
  async list(
    @Param('slug') slug: string,
    @Query() query: DeskQueryDto,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<DeskDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.desk.list(me, contest, query, language);
  }

  @Post('submissions/:id/screening')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: SubmissionDto })
  async decide(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() verdict: ScreeningDto,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<SubmissionDto> {
    await this.screening.decide(me, id, whole(verdict));
    return this.submissions.view(me, id, language);
  }

  /** One decision on many works; those that can't be decided are named, the others are done. */
  @Post('contests/:slug/screening')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: BulkScreeningAnswerDto })
  async decideAll(
    @Param('slug') slug: string,
    @Body() { ids, ...verdict }: BulkScreeningDto,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<BulkScreeningAnswerDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.screening.decideAll(me, contest.id, ids, whole(verdict), language);
  }

  /** What a work's files look like, the surest first. */
  @Get('submissions/:id/look-alikes')
  @Access('organiser')
  @ZodResponse({ status: 200, type: LookAlikesDto })
  async alike(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<LookAlikesDto> {
    return { items: await this.lookAlikes.ofOne(me, id) };
  }

  /** 不是重复: the pair is no longer shown at the desk. */
  @Post('duplicates/:id/dismissal')
  @HttpCode(204)
  @Access('organiser')
  async dismiss(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<void> {
    await this.lookAlikes.dismiss(me, id, true);
  }

  /** Takes that back. */
  @Delete('duplicates/:id/dismissal')
  @HttpCode(204)
  @Access('organiser')
  async restore(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<void> {
    await this.lookAlikes.dismiss(me, id, false);
  }
}

function whole({ decision, reason, until }: ScreeningDto): Verdict {
  return { decision, reason: reason ?? null, until: until ?? null };
}
