import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { Access, Me, type Person } from '../accounts/access.js';
import { commonProblem } from '../common/problem.js';
import { RecusalDto, SaveSheetDto, SheetDto } from './dto.js';
import { SheetsService } from './sheets.service.js';
import { JudgeRoundListDto, TaskListDto, TaskPageDto } from './task-dto.js';
import { TasksService } from './tasks.service.js';

/** Judging as judges do it. */
@ApiTags('judging')
@Controller()
export class TasksController {
  constructor(
    private readonly tasks: TasksService,
    private readonly sheets: SheetsService,
  ) {}

  @Get('judge/rounds')
  @Access('judge')
  @ZodResponse({ status: 200, type: JudgeRoundListDto })
  rounds(@Me() me: Person): Promise<JudgeRoundListDto> {
    return this.tasks.rounds(me);
  }

  /** One's own list, in one's own order: the whole of it, or, with a `limit`, by pages. */
  @Get('rounds/:id/tasks')
  @Access('judge')
  @ZodResponse({ status: 200, type: TaskListDto })
  list(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() page: TaskPageDto,
    @Me() me: Person,
  ): Promise<TaskListDto> {
    return this.tasks.tasks(me, id, page);
  }

  /** Saves marks as a new version. `If-Match: "n"` refuses with 412 when n is not the last one; "0" means none yet. */
  @Put('tasks/:id/sheet')
  @Access('judge')
  @ZodResponse({ status: 200, type: SheetDto })
  async save(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() sheet: SaveSheetDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Me() me: Person,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SheetDto> {
    const expected = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch ?? '')?.[1];
    if (ifMatch !== undefined && ifMatch !== '*' && expected === undefined) {
      throw commonProblem('REQUEST.MALFORMED');
    }
    const saved = await this.sheets.save(me, id, sheet, expected === undefined ? null : Number(expected));
    response.setHeader('ETag', `"${saved.version}"`);
    return saved;
  }

  /** 回避: steps back from one work. */
  @Post('tasks/:id/recusal')
  @HttpCode(204)
  @Access('judge')
  async recuse(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: RecusalDto,
    @Me() me: Person,
  ): Promise<void> {
    await this.sheets.recuse(me, id, reason);
  }
}
