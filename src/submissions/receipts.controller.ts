import { Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { Lang } from '../common/language.js';
import type { Language } from '../common/problem.js';
import { publicUrl } from '../common/public-url.js';
import { Runtime } from '../config/runtime.js';
import { qrSvg } from '../documents/qr.js';
import { FileCheckDto, ReceiptDto } from './receipt-dto.js';
import { ReceiptsService } from './receipts.service.js';

@ApiTags('receipts')
@Controller()
export class ReceiptsController {
  constructor(
    private readonly receipts: ReceiptsService,
    private readonly runtime: Runtime,
  ) {}

  /** Where a work stands and what was received, for whoever holds its receipt; without a session. */
  @Get('receipts/:token')
  @Access('anyone')
  @Header('Cache-Control', 'no-store')
  @ZodResponse({ status: 200, type: ReceiptDto })
  show(
    @Param('token') token: string,
    @Lang() language: Language,
    @Req() { ip = '' }: Request,
  ): Promise<ReceiptDto> {
    return this.receipts.show(token, ip, language);
  }

  /** The receipt's address as a QR code. */
  @Get('receipts/:token/qr.svg')
  @Access('anyone')
  @ApiProduces('image/svg+xml')
  @Header('Content-Type', 'image/svg+xml')
  @Header('Cache-Control', 'private, max-age=86400')
  async qr(@Param('token') token: string, @Req() request: Request): Promise<string> {
    await this.receipts.find(token, request.ip ?? '');
    return qrSvg(`${publicUrl(this.runtime.env, request)}/r/${token}`);
  }

  /** Reads the stored original again and compares it with what was sent. It costs disk work: a few an hour, one at a time. */
  @Post('submissions/:id/files/:mediaId/check')
  @HttpCode(200)
  @Access('account')
  @ZodResponse({ status: 200, type: FileCheckDto })
  check(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('mediaId', ParseUUIDPipe) mediaId: string,
    @Me() me: Person,
  ): Promise<FileCheckDto> {
    return this.receipts.check(me, id, mediaId);
  }
}
