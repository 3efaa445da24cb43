import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { JudgingModule } from '../judging/judging.module.js';
import { MediaModule } from '../media/media.module.js';
import { GalleryController } from './gallery/gallery.controller.js';
import { GalleryService } from './gallery/gallery.service.js';
import { ResultViewService } from './result-view.service.js';
import { ResultsController } from './results.controller.js';
import { ResultsService } from './results.service.js';
import { RoundMarksService } from './round-marks.service.js';
import { SelectionController } from './selection/selection.controller.js';
import { SelectionService } from './selection/selection.service.js';

@Module({
  imports: [ContestsModule, JudgingModule, MediaModule],
  controllers: [ResultsController, GalleryController, SelectionController],
  providers: [GalleryService, ResultsService, ResultViewService, RoundMarksService, SelectionService],
  exports: [ResultsService],
})
export class ResultsModule {}
