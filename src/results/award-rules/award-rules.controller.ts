import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../../accounts/access.js';
import { ContestsService } from '../../contests/contests.service.js';
import { AwardRulesDto, SetAwardRulesDto } from './award-rules-dto.js';
import { AwardRulesService } from './award-rules.service.js';

@ApiTags('results')
@Controller('contests/:slug/award-rules')
export class AwardRulesController {
  constructor(
    private readonly rules: AwardRulesService,
    private readonly contests: ContestsService,
  ) {}

  @Get()
  @Access('organiser')
  @ZodResponse({ status: 200, type: AwardRulesDto })
  async show(@Param('slug') slug: string): Promise<AwardRulesDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.rules.show(contest.id);
  }

  /** How prizes are given. A category’s rules are frozen once a round of it has begun, the contest’s with the first. */
  @Patch()
  @Access('organiser')
  @ZodResponse({ status: 200, type: AwardRulesDto })
  async set(
    @Param('slug') slug: string,
    @Body() given: SetAwardRulesDto,
    @Me() me: Person,
  ): Promise<AwardRulesDto> {
    const contest = await this.contests.findBySlug(slug);
    await this.rules.set(me, contest.id, given);
    return this.rules.show(contest.id);
  }
}
