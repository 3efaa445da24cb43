import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { MediaModule } from '../media/media.module.js';
import { JudgesService } from './judges.service.js';
import { RoundsController } from './rounds.controller.js';
import { RoundsService } from './rounds.service.js';
import { SheetsService } from './sheets.service.js';
import { TasksController } from './tasks.controller.js';
import { TasksService } from './tasks.service.js';

@Module({
  imports: [ContestsModule, MediaModule],
  controllers: [RoundsController, TasksController],
  providers: [JudgesService, RoundsService, TasksService, SheetsService],
  exports: [RoundsService],
})
export class JudgingModule {}
