import { Controller, Get, Header, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../../accounts/access.js';
import { publicUrl } from '../../common/public-url.js';
import { Runtime } from '../../config/runtime.js';
import { ContestsService } from '../../contests/contests.service.js';
import { download, LanguageDto } from '../download.js';
import { CertificatesService, type PrintOptions } from './certificates.service.js';
import { CertificateCheckDto, CertificateListDto } from './dto.js';

@ApiTags('certificates')
@Controller()
export class CertificatesController {
  constructor(
    private readonly contests: ContestsService,
    private readonly certificates: CertificatesService,
    private readonly runtime: Runtime,
  ) {}

  /** Every certificate with its number, and the letters of it that the fonts lack. */
  @Get('contests/:slug/certificates')
  @Access('organiser')
  @ZodResponse({ status: 200, type: CertificateListDto })
  async list(@Param('slug') slug: string, @Me() me: Person): Promise<CertificateListDto> {
    const all = await this.certificates.list(await this.contests.findBySlug(slug), me.account.id);
    return {
      items: all.map(({ award, certificate, lacking }) => ({
        number: certificate.number,
        submission: { id: award.submissionId, number: award.number, title: award.title },
        author: award.author,
        category: award.category,
        tier: award.tier,
        lacking,
      })),
    };
  }

  /** All of them, each a PDF of its own. */
  @Get('contests/:slug/exports/certificates.zip')
  @Access('organiser')
  @ApiProduces('application/zip')
  async zip(
    @Param('slug') slug: string,
    @Query() { language }: LanguageDto,
    @Me() me: Person,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const contest = await this.contests.findBySlug(slug);
    await this.certificates.zip(contest, me.account.id, this.print(request, language), response);
  }

  @Get('contests/:slug/exports/certificates/:number.pdf')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ApiProduces('application/pdf')
  async one(
    @Param('slug') slug: string,
    @Param('number') number: string,
    @Query() { language }: LanguageDto,
    @Me() me: Person,
    @Req() request: Request,
  ): Promise<StreamableFile> {
    const contest = await this.contests.findBySlug(slug);
    const print = this.print(request, language);
    const pdf = await this.certificates.pdf(contest, me.account.id, number, print);
    return download(pdf, `${number}.pdf`, 'application/pdf');
  }

  /** Whether a certificate is genuine, and whether its prize still stands. The name is masked, as on the notice. */
  @Get('certificates/:number')
  @Access('anyone')
  @Header('Cache-Control', 'no-store')
  @ZodResponse({ status: 200, type: CertificateCheckDto })
  async check(@Param('number') number: string, @Req() { ip = '' }: Request): Promise<CertificateCheckDto> {
    const { awardedAt, ...said } = await this.certificates.check(number, ip);
    return { ...said, awardedAt: awardedAt.toISOString() };
  }

  private print(request: Request, language: PrintOptions['language']): PrintOptions {
    return { origin: publicUrl(this.runtime.env, request), language };
  }
}
