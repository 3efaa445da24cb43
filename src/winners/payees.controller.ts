import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  ParseIntPipe,
  ParseUUIDPipe,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { maskName } from '../common/mask.js';
import { publicUrl } from '../common/public-url.js';
import { Runtime } from '../config/runtime.js';
import { ContestsService } from '../contests/contests.service.js';
import { MediaService } from '../media/media.service.js';
import { FillPayeeDto, IssuedLinkDto, PayeeLinkDto, ToldDto, WinnerFilesDto } from './dto.js';
import { PayeesService } from './payees.service.js';
import { PaymentSettingsService } from './payment-settings.service.js';
import { PaymentsService } from './payments.service.js';
import { withheld } from './tax.js';
import { WinnerOriginals } from './winner-originals.service.js';

/** Links by which winners tell whom to pay. */
@ApiTags('winners')
@Controller()
export class PayeesController {
  constructor(
    private readonly contests: ContestsService,
    private readonly payees: PayeesService,
    private readonly payments: PaymentsService,
    private readonly settings: PaymentSettingsService,
    private readonly media: MediaService,
    private readonly originals: WinnerOriginals,
    private readonly runtime: Runtime,
  ) {}

  /** A new link for a winner, to be passed on; one that was out is dead. Only once the notice is settled. */
  @Post('contests/:slug/payees/:id/link')
  @Access('organiser')
  @ZodResponse({ status: 201, type: IssuedLinkDto })
  async issue(
    @Param('slug') slug: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
    @Req() request: Request,
  ): Promise<IssuedLinkDto> {
    const contest = await this.contests.findBySlug(slug);
    const { token, expiresAt } = await this.payees.issue(me, contest, id);
    const link = `${publicUrl(this.runtime.env, request)}/payee/${token}`;
    return { link, expiresAt: expiresAt.toISOString() };
  }

  @Delete('contests/:slug/payees/:id/link')
  @HttpCode(204)
  @Access('organiser')
  async revoke(
    @Param('slug') slug: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
  ): Promise<void> {
    const { id: contestId } = await this.contests.findBySlug(slug);
    await this.payees.revoke(me, contestId, id);
  }

  /** What one winner told, in full. Each look goes into the audit log. */
  @Post('contests/:slug/payees/:id/unmasking')
  @HttpCode(200)
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ZodResponse({ status: 200, type: ToldDto })
  async unmask(
    @Param('slug') slug: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
  ): Promise<ToldDto> {
    const { id: contestId } = await this.contests.findBySlug(slug);
    return this.payments.unmask(me, contestId, id);
  }

  /** Which prize a link is for. */
  @Get('payee-links/:token')
  @Access('anyone')
  @Header('Cache-Control', 'no-store')
  @ZodResponse({ status: 200, type: PayeeLinkDto })
  async look(@Param('token') token: string, @Req() { ip = '' }: Request): Promise<PayeeLinkDto> {
    const { payee, award } = await this.payees.look(token, ip);
    const { slug, title, timeZone } = await this.contests.findById(payee.contestId);
    const { taxes, purgeDays } = await this.settings.of(payee.contestId);
    const amountFen = award.amountYuan * 100;
    const rule = taxes[award.tierId] ?? null;
    const files = await this.media.ofSubmissions([award.submissionId]);
    return {
      contest: { slug, title, timeZone },
      work: { number: award.number, title: award.title },
      category: award.category,
      tier: award.tier,
      author: maskName(award.author),
      amountFen,
      tax: rule && { rule, fen: withheld(amountFen, rule) },
      expiresAt: payee.linkExpiresAt!.toISOString(),
      purgeDays,
      originals: files.get(award.submissionId)?.length ?? 0,
      files: await this.originals.ofWork(award.submissionId),
    };
  }

  /** A better file of a photo of the work, as `files`: it stands beside the judged one, and may be given again. */
  @Post('payee-links/:token/originals/:position')
  @HttpCode(200)
  @Access('anyone')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { files: { type: 'string', format: 'binary' } } } })
  @ZodResponse({ status: 200, type: WinnerFilesDto })
  async handIn(
    @Param('token') token: string,
    @Param('position', ParseIntPipe) position: number,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WinnerFilesDto> {
    await this.originals.receive(token, position, request, response);
    const { award } = await this.payees.look(token, request.ip ?? '');
    return { files: await this.originals.ofWork(award.submissionId) };
  }

  /** Tells whom to pay, once: the link is used up. */
  @Post('payee-links/:token')
  @HttpCode(204)
  @Access('anyone')
  async fill(
    @Param('token') token: string,
    @Body() told: FillPayeeDto,
    @Req() { ip = '' }: Request,
  ): Promise<void> {
    const { payee } = await this.payees.look(token, ip);
    await this.payees.fill(token, told, ip, await this.contests.findById(payee.contestId));
  }
}
