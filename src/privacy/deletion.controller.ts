import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { SessionsService } from '../accounts/sessions.service.js';
import { Lang } from '../common/language.js';
import type { Language } from '../common/problem.js';
import { DeletionService } from './deletion.service.js';
import { DeletionDto, DeletionPreviewDto } from './dto.js';

/** Giving one's own account up. */
@ApiTags('privacy')
@Controller('account/deletion')
export class DeletionController {
  constructor(
    private readonly deletion: DeletionService,
    private readonly sessions: SessionsService,
  ) {}

  /** What would happen: what goes, what stays without a name, what has to be done first. */
  @Get()
  @Access('account')
  @ZodResponse({ status: 200, type: DeletionPreviewDto })
  preview(@Me() me: Person, @Lang() language: Language): Promise<DeletionPreviewDto> {
    return this.deletion.preview(me, language);
  }

  /** Does it, for good; with the password again. */
  @Post()
  @HttpCode(204)
  @Access('account')
  async delete(
    @Body() { password }: DeletionDto,
    @Me() me: Person,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.deletion.delete(me, password);
    await this.sessions.end(request, response);
  }
}
