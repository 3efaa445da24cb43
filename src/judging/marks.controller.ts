import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { ContestsService } from '../contests/contests.service.js';
import { MarksLook } from './marks-look.service.js';
import { JudgingSettingsDto, RoundMarksDto } from './progress-dto.js';

/** Marks as organisers may look at them. */
@ApiTags('judging')
@Controller()
export class MarksController {
  constructor(
    private readonly look: MarksLook,
    private readonly contests: ContestsService,
  ) {}

  @Get('contests/:slug/judging-settings')
  @Access('organiser')
  @ZodResponse({ status: 200, type: JudgingSettingsDto })
  async settings(@Param('slug') slug: string): Promise<JudgingSettingsDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.look.settings(contest.id);
  }

  /** Holds for rounds that open from now on, and is logged. */
  @Put('contests/:slug/judging-settings')
  @Access('organiser')
  @ZodResponse({ status: 200, type: JudgingSettingsDto })
  async set(
    @Param('slug') slug: string,
    @Body() given: JudgingSettingsDto,
    @Me() me: Person,
  ): Promise<JudgingSettingsDto> {
    const contest = await this.contests.findBySlug(slug);
    await this.look.set(me, contest.id, given);
    return this.look.settings(contest.id);
  }

  /** Of a closed round; of a running one only where it was opened with that setting, and each look is logged. */
  @Get('rounds/:id/marks')
  @Access('organiser')
  @ZodResponse({ status: 200, type: RoundMarksDto })
  marks(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<RoundMarksDto> {
    return this.look.marks(me, id);
  }
}
