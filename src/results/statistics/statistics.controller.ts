import { Controller, Get, Header, Param, ParseUUIDPipe, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../../accounts/access.js';
import { StatisticsDto, StatisticsPaperDto } from './statistics-dto.js';
import { StatisticsPaperService } from './statistics-paper.service.js';
import { StatisticsService } from './statistics.service.js';

@ApiTags('results')
@Controller('results/:id')
export class StatisticsController {
  constructor(
    private readonly statistics: StatisticsService,
    private readonly papers: StatisticsPaperService,
  ) {}

  /** How far the judges agree, what the marks say of each of them, and how sure each prize is. For looking at only. */
  @Get('statistics')
  @Access('organiser')
  @ZodResponse({ status: 200, type: StatisticsDto })
  show(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<StatisticsDto> {
    return this.statistics.of(me, id);
  }

  /** The same on paper, each figure with its sentence and the plots of the page. */
  @Get('statistics.pdf')
  @Access('organiser')
  @Header('Cache-Control', 'no-store')
  @ApiProduces('application/pdf')
  async paper(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { language }: StatisticsPaperDto,
    @Me() me: Person,
  ): Promise<StreamableFile> {
    const pdf = await this.papers.pdf(me, id, language);
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      disposition: 'attachment; filename="statistics.pdf"',
      length: pdf.length,
    });
  }
}
