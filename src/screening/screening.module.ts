import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { MediaModule } from '../media/media.module.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { DeskService } from './desk.service.js';
import { LookAlikesService } from './look-alikes.service.js';
import { ScreeningController } from './screening.controller.js';
import { ScreeningService } from './screening.service.js';

@Module({
  imports: [ContestsModule, MediaModule, SubmissionsModule],
  controllers: [ScreeningController],
  providers: [ScreeningService, DeskService, LookAlikesService],
})
export class ScreeningModule {}
