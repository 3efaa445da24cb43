import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { MediaModule } from '../media/media.module.js';
import { LiveController } from './live.controller.js';
import { MultipartDoor } from './multipart-door.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceiptsService } from './receipts.service.js';
import { SubmissionFieldsService } from './submission-fields.service.js';
import { SubmissionViews } from './submission-views.service.js';
import { NewSubmissionsService } from './new-submissions.service.js';
import { SubmissionsController } from './submissions.controller.js';
import { SubmissionsService } from './submissions.service.js';
import { UploadGate } from './upload-gate.js';

@Module({
  imports: [ContestsModule, MediaModule],
  controllers: [SubmissionsController, LiveController, ReceiptsController],
  providers: [
    NewSubmissionsService,
    SubmissionsService,
    SubmissionViews,
    SubmissionFieldsService,
    ReceiptsService,
    UploadGate,
    MultipartDoor,
  ],
  exports: [SubmissionsService, SubmissionViews, ReceiptsService],
})
export class SubmissionsModule {}
