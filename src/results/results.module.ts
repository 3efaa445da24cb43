import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { MediaModule } from '../media/media.module.js';
import { GalleryController } from './gallery/gallery.controller.js';
import { GalleryService } from './gallery/gallery.service.js';
import { ResultViewService } from './result-view.service.js';
import { ResultsController } from './results.controller.js';
import { ResultsService } from './results.service.js';
import { RoundMarksService } from './round-marks.service.js';

@Module({
  imports: [ContestsModule, MediaModule],
  controllers: [ResultsController, GalleryController],
  providers: [GalleryService, ResultsService, ResultViewService, RoundMarksService],
  exports: [ResultsService],
})
export class ResultsModule {}
