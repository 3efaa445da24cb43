import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Req,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { InvitationDto, InviteJudgeDto } from '../accounts/dto.js';
import { publicUrl } from '../common/public-url.js';
import { Runtime } from '../config/runtime.js';
import { ContestsService } from '../contests/contests.service.js';
import { ChangeRoundDto, CloseRoundDto, CreateRoundDto, RoundDto, RoundListDto } from './dto.js';
import { JudgesService } from './judges.service.js';
import { RoundsService } from './rounds.service.js';

/** Judging as organisers steer it. */
@ApiTags('judging')
@Controller()
export class RoundsController {
  constructor(
    private readonly rounds: RoundsService,
    private readonly judges: JudgesService,
    private readonly contests: ContestsService,
    private readonly runtime: Runtime,
  ) {}

  /** Makes somebody a judge of the contest; the answer holds the invitation's link where one is needed. */
  @Post('contests/:slug/judges')
  @Access('organiser')
  @ZodResponse({ status: 201, type: InvitationDto })
  async invite(
    @Param('slug') slug: string,
    @Body() judge: InviteJudgeDto,
    @Me() me: Person,
    @Req() request: Request,
  ): Promise<InvitationDto> {
    const contest = await this.contests.findBySlug(slug);
    const { id, token } = await this.judges.invite(me, contest.id, judge);
    return { id, invitation: token && `${publicUrl(this.runtime.env, request)}/link/${token}` };
  }

  @Post('contests/:slug/rounds')
  @Access('organiser')
  @ZodResponse({ status: 201, type: RoundDto })
  async create(
    @Param('slug') slug: string,
    @Body() given: CreateRoundDto,
    @Me() me: Person,
  ): Promise<RoundDto> {
    const contest = await this.contests.findBySlug(slug);
    return this.rounds.create(me, contest.id, given);
  }

  @Get('contests/:slug/rounds')
  @Access('organiser')
  @ZodResponse({ status: 200, type: RoundListDto })
  async list(@Param('slug') slug: string): Promise<RoundListDto> {
    const contest = await this.contests.findBySlug(slug);
    return { items: await this.rounds.list(contest.id) };
  }

  /** Anything of a draft; of a round that has begun its deadline and instructions. */
  @Patch('rounds/:id')
  @Access('organiser')
  @ZodResponse({ status: 200, type: RoundDto })
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() given: ChangeRoundDto,
    @Me() me: Person,
  ): Promise<RoundDto> {
    return this.rounds.change(me, id, given);
  }

  /** A draft only. */
  @Delete('rounds/:id')
  @HttpCode(204)
  @Access('organiser')
  remove(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<void> {
    return this.rounds.remove(me, id);
  }

  @Post('rounds/:id/pause')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: RoundDto })
  pause(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<RoundDto> {
    return this.rounds.pause(me, id);
  }

  @Post('rounds/:id/resume')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: RoundDto })
  resume(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<RoundDto> {
    return this.rounds.resume(me, id);
  }

  @Post('rounds/:id/open')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: RoundDto })
  open(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<RoundDto> {
    return this.rounds.open(me, id);
  }

  @Post('rounds/:id/close')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: RoundDto })
  close(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: CloseRoundDto,
    @Me() me: Person,
  ): Promise<RoundDto> {
    return this.rounds.close(me, id, reason || null);
  }
}
