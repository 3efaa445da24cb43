import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../../accounts/access.js';
import { CompareDto, ComparisonDto } from './comparison-dto.js';
import { ComparisonService } from './comparison.service.js';

@ApiTags('results')
@Controller('results/:id/comparison')
export class ComparisonController {
  constructor(private readonly comparisons: ComparisonService) {}

  /** 仅供比较: what would differ under another method, without a judge, with other ties. */
  @Post()
  @HttpCode(200)
  @Access('organiser')
  @ZodResponse({ status: 200, type: ComparisonDto })
  compare(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() given: CompareDto,
    @Me() me: Person,
  ): Promise<ComparisonDto> {
    return this.comparisons.compare(me, id, given);
  }
}
