import {
  Controller,
  Delete,
  Get,
  Head,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { ApiConsumes, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { Lang } from '../common/language.js';
import type { Language } from '../common/problem.js';
import { UploadListDto } from './dto.js';
import { ResumableDoor } from './resumable-door.js';
import { SubmissionsService } from './submissions.service.js';
import { appendType, readAnnouncement, readOffset, requireVersion, tusHeaders } from './tus.js';
import { UploadsService } from './uploads.service.js';

/** tus 1.0: creation, termination, expiration. */
@ApiTags('uploads')
@Controller()
export class UploadsController {
  constructor(
    private readonly uploads: UploadsService,
    private readonly door: ResumableDoor,
    private readonly submissions: SubmissionsService,
  ) {}

  /** Announces a file. Upload-Metadata: submission, filename, mark?, lastModified?, each in base64. */
  @Post('uploads')
  @Access('account')
  @HttpCode(201)
  @ApiHeader({ name: 'Upload-Length', required: true })
  @ApiHeader({ name: 'Upload-Metadata', required: true })
  async begin(
    @Me() me: Person,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    speakTus(request, response);
    const { id, expiresAt } = await this.uploads.begin(me, readAnnouncement(request));
    response.set({
      Location: `/api/uploads/${id}`,
      'Upload-Offset': '0',
      'Upload-Expires': expiresAt.toUTCString(),
    });
  }

  /** How many bytes of it are kept. */
  @Head('uploads/:id')
  @Access('account')
  async look(
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    speakTus(request, response);
    const { offset, bytes, expiresAt } = await this.door.look(me.account.id, id);
    response.set({
      'Upload-Offset': String(offset),
      'Upload-Length': String(bytes),
      'Upload-Expires': expiresAt.toUTCString(),
    });
  }

  /** More of it, from Upload-Offset on. The one that makes it whole is answered once the file is attached. */
  @Patch('uploads/:id')
  @Access('account')
  @HttpCode(204)
  @ApiConsumes(appendType)
  @ApiHeader({ name: 'Upload-Offset', required: true })
  async append(
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    speakTus(request, response);
    const { offset, expiresAt } = await this.door.append(request, me.account.id, id, readOffset(request));
    response.set({ 'Upload-Offset': String(offset), 'Upload-Expires': expiresAt.toUTCString() });
  }

  /** Gives it up; of one that has ended, forgets what became of it. The file that it brought stays. */
  @Delete('uploads/:id')
  @Access('account')
  @HttpCode(204)
  async remove(
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    speakTus(request, response);
    await this.uploads.remove(me.account.id, id);
  }

  /** What is on its way to one's own work, and what became of it. */
  @Get('submissions/:id/uploads')
  @Access('account')
  @ZodResponse({ status: 200, type: UploadListDto })
  async list(
    @Param('id', ParseUUIDPipe) id: string,
    @Me() me: Person,
    @Lang() language: Language,
  ): Promise<UploadListDto> {
    await this.submissions.require(me, id, 'owner');
    return { items: await this.uploads.list(me, id, language) };
  }
}

/** Refusals carry the version, too. */
function speakTus(request: Request, response: Response): void {
  response.set(tusHeaders);
  requireVersion(request);
}
