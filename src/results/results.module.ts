import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { JudgingModule } from '../judging/judging.module.js';
import { MediaModule } from '../media/media.module.js';
import { AwardRulesController } from './award-rules/award-rules.controller.js';
import { AwardRulesService } from './award-rules/award-rules.service.js';
import { AwardsService } from './awards.service.js';
import { ChangesService } from './changes.service.js';
import { ComparisonController } from './comparison/comparison.controller.js';
import { ComparisonService } from './comparison/comparison.service.js';
import { GalleryController } from './gallery/gallery.controller.js';
import { GalleryService } from './gallery/gallery.service.js';
import { MakingService } from './making.service.js';
import { NoticeModule } from './notice/notice.module.js';
import { OverridesService } from './overrides.service.js';
import { PrizeMessages } from './prize-messages.service.js';
import { ResultViewService } from './result-view.service.js';
import { ResultsController } from './results.controller.js';
import { ResultsService } from './results.service.js';
import { RoundMarksService } from './round-marks.service.js';
import { SelectionController } from './selection/selection.controller.js';
import { SelectionService } from './selection/selection.service.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { StatisticsPaperService } from './statistics/statistics-paper.service.js';
import { StatisticsService } from './statistics/statistics.service.js';
import { TiesController } from './ties/ties.controller.js';
import { TiesService } from './ties/ties.service.js';
import { VersionsService } from './versions.service.js';

@Module({
  imports: [ContestsModule, DocumentsModule, JudgingModule, MediaModule, NoticeModule],
  controllers: [
    AwardRulesController,
    ComparisonController,
    GalleryController,
    ResultsController,
    SelectionController,
    StatisticsController,
    TiesController,
  ],
  providers: [
    AwardRulesService,
    AwardsService,
    ChangesService,
    ComparisonService,
    GalleryService,
    MakingService,
    OverridesService,
    PrizeMessages,
    ResultsService,
    ResultViewService,
    RoundMarksService,
    SelectionService,
    StatisticsPaperService,
    StatisticsService,
    TiesService,
    VersionsService,
  ],
  exports: [ResultsService],
})
export class ResultsModule {}
