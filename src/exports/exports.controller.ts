import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import type { Contest } from '../contests/contest.entity.js';
import { ContestsService } from '../contests/contests.service.js';
import { StoredFileLost } from '../storage/errors.js';
import { StorageService } from '../storage/storage.service.js';
import { ScoresService } from './scores.service.js';
import { winnersCsv, winnersXlsx } from './winner-documents.js';
import { WinnersService } from './winners.service.js';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Phones are masked unless they are asked for, which is logged. */
class PhonesDto extends createZodDto(z.object({ phones: z.enum(['masked', 'full']).default('masked') })) {}

/** Lists to take away. Each is made whole in memory before its first byte leaves: a file is whole or absent. */
@ApiTags('exports')
@Controller('contests/:slug/exports')
export class ExportsController {
  constructor(
    private readonly contests: ContestsService,
    private readonly winners: WinnersService,
    private readonly scores: ScoresService,
    private readonly storage: StorageService,
    private readonly audit: AuditService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  @Get('winners.xlsx')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ApiProduces(xlsxType)
  async winnersXlsx(
    @Param('slug') slug: string,
    @Query() { phones }: PhonesDto,
    @Me() me: Person,
  ): Promise<StreamableFile> {
    const contest = await this.contests.findBySlug(slug);
    const list = await this.winners.list(contest.id);
    const full = await this.allowFull(me, contest, phones);
    const picture = (key: string) => this.picture(key);
    return download(await winnersXlsx(list, full, contest.timeZone, picture), 'winners.xlsx', xlsxType);
  }

  @Get('winners.csv')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ApiProduces('text/csv')
  async winnersCsv(
    @Param('slug') slug: string,
    @Query() { phones }: PhonesDto,
    @Me() me: Person,
  ): Promise<StreamableFile> {
    const contest = await this.contests.findBySlug(slug);
    const list = await this.winners.list(contest.id);
    const full = await this.allowFull(me, contest, phones);
    return download(winnersCsv(list, full), 'winners.csv', 'text/csv; charset=utf-8');
  }

  @Get('scores.xlsx')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ApiProduces(xlsxType)
  async scoresXlsx(@Param('slug') slug: string): Promise<StreamableFile> {
    const contest = await this.contests.findBySlug(slug);
    return download(await this.scores.xlsx(contest.id, contest.timeZone), 'scores.xlsx', xlsxType);
  }

  /** A list can do without a picture that is lost, but not without those that can only not be had right now. */
  private async picture(key: string): Promise<Buffer | null> {
    try {
      return await this.storage.bytes(key);
    } catch (error) {
      if (error instanceof StoredFileLost) return null;
      throw error;
    }
  }

  private async allowFull(me: Person, contest: Contest, phones: PhonesDto['phones']): Promise<boolean> {
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

function download(content: Buffer, name: string, type: string): StreamableFile {
  return new StreamableFile(content, {
    type,
    disposition: `attachment; filename="${name}"`,
    length: content.length,
  });
}
