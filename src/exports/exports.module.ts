import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { MediaModule } from '../media/media.module.js';
import { ResultsModule } from '../results/results.module.js';
import { ExportsController } from './exports.controller.js';
import { OverviewController } from './overview.controller.js';
import { JudgingModule } from '../judging/judging.module.js';
import { ScoresService } from './scores.service.js';
import { WinnersService } from './winners.service.js';

@Module({
  imports: [ContestsModule, MediaModule, ResultsModule, JudgingModule],
  controllers: [ExportsController, OverviewController],
  providers: [WinnersService, ScoresService],
})
export class ExportsModule {}
