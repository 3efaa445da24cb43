import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access } from '../accounts/access.js';
import { ContestsService } from './contests.service.js';
import { ContestDto, ContestListDto } from './dto.js';

@ApiTags('contests')
@Controller('contests')
export class ContestsController {
  constructor(private readonly contests: ContestsService) {}

  /** Every contest of this site, the latest closing first. */
  @Get()
  @Access('anyone')
  @ZodResponse({ status: 200, type: ContestListDto })
  list(): Promise<ContestListDto> {
    return this.contests.list();
  }

  /** One contest with its categories, tiers, criteria, communities, subjects and where it stands now. */
  @Get(':slug')
  @Access('anyone')
  @ZodResponse({ status: 200, type: ContestDto })
  show(@Param('slug') slug: string): Promise<ContestDto> {
    return this.contests.show(slug);
  }
}
