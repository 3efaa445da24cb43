import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../../accounts/access.js';
import { Lang } from '../../common/language.js';
import type { Language } from '../../common/problem.js';
import { publicUrl } from '../../common/public-url.js';
import { Runtime } from '../../config/runtime.js';
import type { Contest } from '../../contests/contest.entity.js';
import { ContestsService } from '../../contests/contests.service.js';
import { sendPrint } from '../../contests/print/prints.controller.js';
import { PrintsService } from '../../contests/print/prints.service.js';
import { AwardedService } from '../awarded/awarded.service.js';
import { noticeProblem } from './errors.js';
import {
  NoticeDeskDto,
  NoticeDto,
  NoticePdfQueryDto,
  NoticeSettingsDto,
  PublishDto,
  SetNoticeSettingsDto,
} from './notice-dto.js';
import { noticeSheet } from './notice-paper.js';
import { NoticeSettingsService } from './notice-settings.service.js';
import { NoticeViewsService } from './notice-views.service.js';
import { NoticesService } from './notices.service.js';

@ApiTags('notice')
@Controller('contests/:slug')
export class NoticeController {
  constructor(
    private readonly contests: ContestsService,
    private readonly notices: NoticesService,
    private readonly views: NoticeViewsService,
    private readonly settings: NoticeSettingsService,
    private readonly awarded: AwardedService,
    private readonly prints: PrintsService,
    private readonly runtime: Runtime,
  ) {}

  /** The published winner list, its period, and what its versions changed. */
  @Get('notice')
  @Access('anyone')
  @ZodResponse({ status: 200, type: NoticeDto })
  async show(@Param('slug') slug: string): Promise<NoticeDto> {
    const contest = await this.contests.findBySlug(slug);
    const versions = await this.notices.versions(contest.id);
    if (versions.length === 0) throw noticeProblem('NOTICE.NONE');
    return this.views.view(contest, versions);
  }

  /** The notice on paper; of an earlier version as it was published. */
  @Get('notice.pdf')
  @Access('anyone')
  @ApiProduces('application/pdf')
  async paper(
    @Param('slug') slug: string,
    @Query() { language, version }: NoticePdfQueryDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const contest = await this.contests.findBySlug(slug);
    const all = await this.notices.versions(contest.id);
    const versions = all.filter((each) => each.version <= (version ?? Infinity));
    if (versions.length === 0) throw noticeProblem('NOTICE.NONE');
    const view = await this.views.view(contest, versions);
    const address = `${publicUrl(this.runtime.env, request)}/c/${slug}/notice`;
    const print = await this.prints.print(noticeSheet(view, address, language));
    response.set('Content-Disposition', `inline; filename="${slug}-notice-${view.version}.pdf"`);
    sendPrint(request, response.type('pdf'), print);
  }

  /** Where the notice stands, and what payments still wait for. */
  @Get('notice/desk')
  @Access('organiser')
  @ZodResponse({ status: 200, type: NoticeDeskDto })
  async desk(@Param('slug') slug: string, @Lang() language: Language): Promise<NoticeDeskDto> {
    return this.deskOf(await this.contests.findBySlug(slug), language);
  }

  /** Publishes the locked results as they stand now; with `dry` shows what that would be. */
  @Post('notice')
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: NoticeDto })
  async publish(
    @Param('slug') slug: string,
    @Body() { reason, dry }: PublishDto,
    @Me() me: Person,
  ): Promise<NoticeDto> {
    const contest = await this.contests.findBySlug(slug);
    const notice = await this.notices.publish(me, contest, reason, dry);
    const kept = await this.notices.versions(contest.id);
    return this.views.view(contest, dry ? [notice, ...kept] : kept);
  }

  @Get('notice/settings')
  @Access('organiser')
  @ZodResponse({ status: 200, type: NoticeSettingsDto })
  async readSettings(@Param('slug') slug: string): Promise<NoticeSettingsDto> {
    const contest = await this.contests.findBySlug(slug);
    const { contestId: _, ...settings } = await this.settings.of(contest.id);
    return settings;
  }

  /** Who signs, whom to complain to, and the calendar that working days are counted in. Published versions stay as they are. */
  @Put('notice/settings')
  @Access('organiser')
  @ZodResponse({ status: 200, type: NoticeSettingsDto })
  async writeSettings(
    @Param('slug') slug: string,
    @Body() settings: SetNoticeSettingsDto,
    @Me() me: Person,
  ): Promise<NoticeSettingsDto> {
    const contest = await this.contests.findBySlug(slug);
    await this.settings.change(me, contest.id, settings);
    return settings;
  }

  private async deskOf(contest: Contest, language: Language): Promise<NoticeDeskDto> {
    const versions = await this.notices.versions(contest.id);
    const locked = await this.awarded.lockedCategories(contest.id);
    const held = await this.notices.holds(contest.id);
    return {
      notice: versions.length > 0 ? await this.views.view(contest, versions) : null,
      outdated: versions.length > 0 && (await this.notices.isOutdated(versions[0])),
      lockedCategories: locked.filter(({ locked: is }) => is).map(({ name }) => name),
      missingCategories: locked.filter(({ locked: is }) => !is).map(({ name }) => name),
      holds: held && { code: held.code, detail: held.detail(language) },
    };
  }
}
