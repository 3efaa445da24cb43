import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../../accounts/access.js';
import { StatisticsDto } from './statistics-dto.js';
import { StatisticsService } from './statistics.service.js';

@ApiTags('results')
@Controller('results/:id/statistics')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  /** How far the judges agree, what the marks say of each of them, and how sure each prize is. For looking at only. */
  @Get()
  @Access('organiser')
  @ZodResponse({ status: 200, type: StatisticsDto })
  show(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<StatisticsDto> {
    return this.statistics.of(me, id);
  }
}
