import { Controller, Get, HttpCode, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, Me, type Person } from '../accounts/access.js';
import { Lang } from '../common/language.js';
import type { Language } from '../common/problem.js';
import { ExportService } from './export.service.js';

/** One's own data to take away. */
@ApiTags('privacy')
@Controller('account/data')
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  /** A zip with data.json and the originals; one at a time, and a few a day. */
  @Get()
  @Access('account')
  @ApiProduces('application/zip')
  async send(
    @Me() me: Person,
    @Lang() language: Language,
    @Req() { method }: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (method === 'HEAD') {
      await this.exports.requireAllowed(me);
      response.type('application/zip').end();
    } else {
      await this.exports.send(me, language, response);
    }
  }

  /** Whether it can be had now: a page asks before it sends the browser there, for a refusal would be saved as a file. */
  @Get('allowed')
  @HttpCode(204)
  @Access('account')
  async allowed(@Me() me: Person): Promise<void> {
    await this.exports.requireAllowed(me);
  }
}
