import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { RemarksService } from './remarks.service.js';
import { FlagListDto, RemarksDto, SaveRemarksDto } from './task-dto.js';

@ApiTags('judging')
@Controller()
export class RemarksController {
  constructor(private readonly remarks: RemarksService) {}

  /** A favourite and a private note; and a flag, whose reason the organiser reads. What isn't named stays. */
  @Put('tasks/:id/remarks')
  @Access('judge')
  @ZodResponse({ status: 200, type: RemarksDto })
  save(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() given: SaveRemarksDto,
    @Me() me: Person,
  ): Promise<RemarksDto> {
    return this.remarks.save(me, id, given);
  }

  /** Works that judges flagged, with their reasons. */
  @Get('rounds/:id/flags')
  @Access('organiser')
  @ZodResponse({ status: 200, type: FlagListDto })
  flags(@Param('id', ParseUUIDPipe) id: string, @Me() me: Person): Promise<FlagListDto> {
    return this.remarks.flags(me, id);
  }
}
