import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { MediaModule } from '../media/media.module.js';
import { CommentsController } from './comments.controller.js';
import { CommentsService } from './comments.service.js';
import { ConflictsService } from './conflicts.service.js';
import { JudgesService } from './judges.service.js';
import { MarksLook } from './marks-look.service.js';
import { MarksController } from './marks.controller.js';
import { OpeningService } from './opening.service.js';
import { PanelController } from './panel.controller.js';
import { PanelService } from './panel.service.js';
import { ProgressService } from './progress.service.js';
import { RemarksController } from './remarks.controller.js';
import { RemarksService } from './remarks.service.js';
import { RoundWorks } from './round-works.service.js';
import { RoundsController } from './rounds.controller.js';
import { RoundsService } from './rounds.service.js';
import { SheetsService } from './sheets.service.js';
import { TasksController } from './tasks.controller.js';
import { TasksService } from './tasks.service.js';
import { UnitsController } from './units/units.controller.js';
import { UnitsService } from './units/units.service.js';

@Module({
  imports: [ContestsModule, MediaModule],
  controllers: [
    RoundsController,
    PanelController,
    MarksController,
    TasksController,
    RemarksController,
    CommentsController,
    UnitsController,
  ],
  providers: [
    JudgesService,
    RoundWorks,
    OpeningService,
    RoundsService,
    PanelService,
    ConflictsService,
    ProgressService,
    MarksLook,
    TasksService,
    SheetsService,
    RemarksService,
    CommentsService,
    UnitsService,
  ],
  exports: [RoundsService],
})
export class JudgingModule {}
