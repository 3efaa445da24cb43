import { Controller, Get, Header, Param, Req } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { Access } from '../accounts/access.js';
import { Lang } from '../common/language.js';
import type { Language } from '../common/problem.js';
import { publicUrl } from '../common/public-url.js';
import { Runtime } from '../config/runtime.js';
import { qrSvg } from '../documents/qr.js';
import { ReceiptDto } from './receipt-dto.js';
import { ReceiptsService } from './receipts.service.js';

@ApiTags('receipts')
@Controller('receipts/:token')
export class ReceiptsController {
  constructor(
    private readonly receipts: ReceiptsService,
    private readonly runtime: Runtime,
  ) {}

  /** Where a work stands and what was received, for whoever holds its receipt; without a session. */
  @Get()
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
  @Get('qr.svg')
  @Access('anyone')
  @ApiProduces('image/svg+xml')
  @Header('Content-Type', 'image/svg+xml')
  @Header('Cache-Control', 'private, max-age=86400')
  async qr(@Param('token') token: string, @Req() request: Request): Promise<string> {
    await this.receipts.find(token, request.ip ?? '');
    return qrSvg(`${publicUrl(this.runtime.env, request)}/r/${token}`);
  }
}
