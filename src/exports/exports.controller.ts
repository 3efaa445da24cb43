import { Controller, Get, Header, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { createZodDto } from 'nestjs-zod';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { languages } from '../common/language.js';
import type { Contest } from '../contests/contest.entity.js';
import { ContestsService } from '../contests/contests.service.js';
import { Typesetter } from '../documents/typesetting/typesetter.js';
import { download, LanguageDto } from './download.js';
import { OriginalsService } from './originals.service.js';
import { ScoresService } from './scores.service.js';
import { SignatureSheetsService } from './signature-sheets.service.js';
import { winnersCsv, winnersSheet, winnersXlsx, type ListOptions } from './winner-documents.js';
import { WinnersService, type WinnerList } from './winners.service.js';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Phones are masked unless they are asked for, which is logged. */
class ListDto extends createZodDto(
  z.object({
    phones: z.enum(['masked', 'full']).default('masked'),
    language: z.enum(languages).default('zh'),
  }),
) {}

class SheetsDto extends createZodDto(
  z.object({
    round: z.uuid().optional(),
    judge: z.coerce.number().int().min(1).optional(),
    language: z.enum(languages).default('zh'),
  }),
) {}

/** Lists to take away. Each but the archive is made whole in memory before its first byte leaves: whole or absent. */
@ApiTags('exports')
@Controller('contests/:slug/exports')
export class ExportsController {
  constructor(
    private readonly contests: ContestsService,
    private readonly winners: WinnersService,
    private readonly scores: ScoresService,
    private readonly sheets: SignatureSheetsService,
    private readonly originals: OriginalsService,
    private readonly typesetter: Typesetter,
    private readonly audit: AuditService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  @Get('winners.xlsx')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ApiProduces(xlsxType)
  async winnersXlsx(
    @Param('slug') slug: string,
    @Query() query: ListDto,
    @Me() me: Person,
  ): Promise<StreamableFile> {
    const { list, options } = await this.read(slug, query, me);
    const pictures = await this.winners.pictures(list.winners);
    return download(await winnersXlsx(list, options, pictures), 'winners.xlsx', xlsxType);
  }

  @Get('winners.csv')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ApiProduces('text/csv')
  async winnersCsv(
    @Param('slug') slug: string,
    @Query() query: ListDto,
    @Me() me: Person,
  ): Promise<StreamableFile> {
    const { list, options } = await this.read(slug, query, me);
    return download(winnersCsv(list, options), 'winners.csv', 'text/csv; charset=utf-8');
  }

  @Get('winners.pdf')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ApiProduces('application/pdf')
  async winnersPdf(
    @Param('slug') slug: string,
    @Query() query: ListDto,
    @Me() me: Person,
  ): Promise<StreamableFile> {
    const { contest, list, options } = await this.read(slug, query, me);
    const { bytes } = await this.typesetter.set(winnersSheet(contest.title, list, options));
    return download(Buffer.from(bytes), 'winners.pdf', 'application/pdf');
  }

  @Get('scores.xlsx')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ApiProduces(xlsxType)
  async scoresXlsx(@Param('slug') slug: string, @Query() { language }: LanguageDto): Promise<StreamableFile> {
    const contest = await this.contests.findBySlug(slug);
    return download(await this.scores.xlsx(contest, language), 'scores.xlsx', xlsxType);
  }

  /** Lists for judges to sign: what each gave which work, in rounds that are closed. */
  @Get('signature-sheets.pdf')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ApiProduces('application/pdf')
  async signatureSheets(
    @Param('slug') slug: string,
    @Query() { language, ...choice }: SheetsDto,
  ): Promise<StreamableFile> {
    const contest = await this.contests.findBySlug(slug);
    const pdf = await this.sheets.pdf(contest, choice, language);
    return download(pdf, 'signature-sheets.pdf', 'application/pdf');
  }

  /** The winners' originals, as they were sent. Made while it is sent, its exact length announced. */
  @Get('originals.zip')
  @Access('organiser')
  @ApiProduces('application/zip')
  async originalsZip(@Param('slug') slug: string, @Res() response: Response): Promise<void> {
    const { id } = await this.contests.findBySlug(slug);
    await this.originals.send(id, response);
  }

  private async read(
    slug: string,
    { phones, language }: ListDto,
    me: Person,
  ): Promise<{ contest: Contest; list: WinnerList; options: ListOptions }> {
    const contest = await this.contests.findBySlug(slug);
    const list = await this.winners.list(contest.id);
    const fullPhones = await this.allowFull(me, contest, phones);
    return { contest, list, options: { fullPhones, timeZone: contest.timeZone, language } };
  }

  private async allowFull(me: Person, contest: Contest, phones: ListDto['phones']): Promise<boolean> {
    if (phones !== 'full') return false;
    await this.dataSource.transaction((manager) =>
      this.audit.append(manager, {
        contestId: contest.id,
        actorId: me.account.id,
        action: 'winners.phones_unmasked',
        facts: {},
      }),
    );
    return true;
  }
}
