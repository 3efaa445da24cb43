import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../../accounts/access.js';
import { ContestsService } from '../../contests/contests.service.js';
import { PasteUnitsDto, SetUnitsDto, UnitEffectDto, UnitQueryDto, UnitsDto } from './unit-dto.js';
import { UnitsService } from './units.service.js';

/** 单位: who is of one unit with whom, which bars a judge from the works of his own people. */
@ApiTags('judging')
@Controller('contests/:slug/units')
export class UnitsController {
  constructor(
    private readonly units: UnitsService,
    private readonly contests: ContestsService,
  ) {}

  @Get()
  @Access('organiser')
  @ZodResponse({ status: 200, type: UnitsDto })
  async list(@Param('slug') slug: string, @Query() { q }: UnitQueryDto): Promise<UnitsDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.units.list(contest.id, q ?? '');
  }

  /** Sets, changes or clears the unit of single people; with `dry` only says what that would do. */
  @Post('members')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: UnitEffectDto })
  async set(
    @Param('slug') slug: string,
    @Body() given: SetUnitsDto,
    @Me() me: Person,
  ): Promise<UnitEffectDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.units.set(me, contest.id, given.members, given.dry);
  }

  /** The same by a pasted list of names or phone numbers with their units. */
  @Post('list')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: UnitEffectDto })
  async paste(
    @Param('slug') slug: string,
    @Body() given: PasteUnitsDto,
    @Me() me: Person,
  ): Promise<UnitEffectDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.units.paste(me, contest.id, given.text, given.dry);
  }
}
