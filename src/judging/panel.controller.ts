import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { ContestsService } from '../contests/contests.service.js';
import { ConflictsService } from './conflicts.service.js';
import {
  ConflictEffectDto,
  ConflictListDto,
  LiftConflictDto,
  NewConflictDto,
  PanelChangeDto,
  PanelEffectDto,
} from './panel-dto.js';
import { PanelService } from './panel.service.js';
import { RemindDto, RemindedDto, RoundProgressDto } from './progress-dto.js';
import { ProgressService } from './progress.service.js';

/** A round while it runs: how far it is, and who and what is in it. */
@ApiTags('judging')
@Controller()
export class PanelController {
  constructor(
    private readonly panel: PanelService,
    private readonly conflicts: ConflictsService,
    private readonly progress: ProgressService,
    private readonly contests: ContestsService,
  ) {}

  /** Changes the panel or the works of an open or paused round; with `dry` only says what that would do. */
  @Post('rounds/:id/changes')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: PanelEffectDto })
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { change, dry }: PanelChangeDto,
    @Me() me: Person,
  ): Promise<PanelEffectDto> {
    return this.panel.change(me, id, change, dry);
  }

  /** Per judge and per work, pace and forecast; no marks. */
  @Get('rounds/:id/progress')
  @Access('organiser')
  @ZodResponse({ status: 200, type: RoundProgressDto })
  look(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<RoundProgressDto> {
    return this.progress.progress(me, id);
  }

  @Post('rounds/:id/reminders')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: RemindedDto })
  async remind(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { judges }: RemindDto,
    @Me() me: Person,
  ): Promise<RemindedDto> {
    return { reminded: await this.progress.remind(me, id, judges) };
  }

  @Get('contests/:slug/conflicts')
  @Access('organiser')
  @ZodResponse({ status: 200, type: ConflictListDto })
  async listConflicts(@Param('slug') slug: string): Promise<ConflictListDto> {
    const contest = await this.contests.findBySlug(slug);
    return { items: await this.conflicts.list(contest.id) };
  }

  /** 回避: what a judge may not judge, in every round of the contest. */
  @Post('contests/:slug/conflicts')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: ConflictEffectDto })
  async setConflict(
    @Param('slug') slug: string,
    @Body() given: NewConflictDto,
    @Me() me: Person,
  ): Promise<ConflictEffectDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.conflicts.set(me, contest.id, given);
  }

  @Post('contests/:slug/conflicts/:id/lifting')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: ConflictEffectDto })
  async liftConflict(
    @Param('slug') slug: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: LiftConflictDto,
    @Me() me: Person,
  ): Promise<ConflictEffectDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.conflicts.lift(me, contest.id, id, reason);
  }
}
