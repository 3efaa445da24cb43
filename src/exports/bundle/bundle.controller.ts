import { Controller, Get, Header, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access } from '../../accounts/access.js';
import { ContestsService } from '../../contests/contests.service.js';
import { BundleService } from './bundle.service.js';
import { verifierFile } from './one-file.js';

/** The bundle for whoever wants to check the results, and the program that does it. */
@ApiTags('exports')
@Controller()
export class BundleController {
  constructor(
    private readonly contests: ContestsService,
    private readonly bundle: BundleService,
  ) {}

  /** Contest, rules, marks, log and results without personal data; made while it is sent. */
  @Get('contests/:slug/exports/bundle.zip')
  @Access('organiser')
  @ApiProduces('application/zip')
  async bundleZip(@Param('slug') slug: string, @Res() response: Response): Promise<void> {
    await this.bundle.send(await this.contests.findBySlug(slug), response);
  }

  /** Apart from any bundle, so that nobody has to trust the copy in one. */
  @Get('verify.mjs')
  @Access('anyone')
  @Header('Cache-Control', 'no-cache')
  @ApiProduces('text/javascript')
  async verifier(): Promise<StreamableFile> {
    return new StreamableFile(Buffer.from(await verifierFile()), {
      type: 'text/javascript; charset=utf-8',
      disposition: 'attachment; filename="verify.mjs"',
    });
  }
}
