import { Module } from '@nestjs/common';
import { ContestsModule } from '../../contests/contests.module.js';
import { AwardedModule } from '../awarded/awarded.module.js';
import { NoticeController } from './notice.controller.js';
import { NoticeSettingsService } from './notice-settings.service.js';
import { NoticeViewsService } from './notice-views.service.js';
import { NoticesService } from './notices.service.js';
import { ObjectionDoor } from './objection-door.js';
import { ObjectionListService } from './objection-list.service.js';
import { ObjectionSweeper } from './objection-sweeper.js';
import { ObjectionsController } from './objections.controller.js';
import { ObjectionsService } from './objections.service.js';

@Module({
  imports: [ContestsModule, AwardedModule],
  controllers: [NoticeController, ObjectionsController],
  providers: [
    NoticeSettingsService,
    NoticesService,
    NoticeViewsService,
    ObjectionsService,
    ObjectionListService,
    ObjectionDoor,
    ObjectionSweeper,
  ],
  exports: [NoticeSettingsService, NoticesService],
})
export class NoticeModule {}
