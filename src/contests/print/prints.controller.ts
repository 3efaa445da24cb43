import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Access } from '../../accounts/access.js';
import { publicUrl } from '../../common/public-url.js';
import { Runtime } from '../../config/runtime.js';
import { qrSvg } from '../../documents/qr.js';
import { ContestsService } from '../contests.service.js';
import { PrintsService, type Print } from './prints.service.js';

class PosterQueryDto extends createZodDto(z.object({ lang: z.enum(['zh', 'en']).default('zh') })) {}

@ApiTags('contests')
@Controller('contests/:slug')
export class PrintsController {
  constructor(
    private readonly contests: ContestsService,
    private readonly prints: PrintsService,
    private readonly runtime: Runtime,
  ) {}

  /** The poster: one A3 page with title, dates, prizes and a code that leads to the contest's page. */
  @Get('poster.pdf')
  @Access('anyone')
  @ApiProduces('application/pdf')
  async poster(
    @Param('slug') slug: string,
    @Query() { lang }: PosterQueryDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const contest = await this.contests.show(slug);
    const print = await this.prints.poster(contest, publicUrl(this.runtime.env, request), lang);
    response.set('Content-Disposition', `inline; filename="${contest.slug}-poster.pdf"`);
    sendPrint(request, response.type('pdf'), print);
  }

  /** The code alone, for a screen that is read by a phone. */
  @Get('qr.svg')
  @Access('anyone')
  @ApiProduces('image/svg+xml')
  @Header('Content-Type', 'image/svg+xml')
  @Header('Cache-Control', 'public, max-age=300')
  async qr(@Param('slug') slug: string, @Req() request: Request): Promise<string> {
    const contest = await this.contests.findBySlug(slug);
    return qrSvg(this.prints.addressOf(contest, publicUrl(this.runtime.env, request)));
  }

  /** The picture of a shared link. */
  @Get('card.jpg')
  @Access('anyone')
  @ApiProduces('image/jpeg')
  async wideCard(
    @Param('slug') slug: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    sendPrint(request, response.type('jpeg'), await this.prints.card(await this.contests.show(slug), 'wide'));
  }

  /** The same as a square, for WeChat. */
  @Get('card-square.jpg')
  @Access('anyone')
  @ApiProduces('image/jpeg')
  async squareCard(
    @Param('slug') slug: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    sendPrint(
      request,
      response.type('jpeg'),
      await this.prints.card(await this.contests.show(slug), 'square'),
    );
  }
}

export function sendPrint(request: Request, response: Response, { bytes, hash }: Print): void {
  response.set({ ETag: `"${hash}"`, 'Cache-Control': 'public, max-age=300' });
  if (request.fresh) response.status(304).end();
  else response.end(bytes);
}
