import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { MediaModule } from '../media/media.module.js';
import { LiveController } from './live.controller.js';
import { MultipartDoor } from './multipart-door.js';
import { OwnChecksService } from './own-checks.service.js';
import { ResumableDoor } from './resumable-door.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceiptsService } from './receipts.service.js';
import { SubmissionFieldsService } from './submission-fields.service.js';
import { SubmissionMessages } from './submission-messages.service.js';
import { SubmissionViews } from './submission-views.service.js';
import { NewSubmissionsService } from './new-submissions.service.js';
import { SubmissionsController } from './submissions.controller.js';
import { SubmissionsService } from './submissions.service.js';
import { UploadGate } from './upload-gate.js';
import { UploadSweeper } from './upload-sweeper.js';
import { UploadsController } from './uploads.controller.js';
import { UploadsService } from './uploads.service.js';

@Module({
  imports: [ContestsModule, MediaModule],
  controllers: [SubmissionsController, UploadsController, LiveController, ReceiptsController],
  providers: [
    NewSubmissionsService,
    SubmissionsService,
    SubmissionViews,
    SubmissionMessages,
    SubmissionFieldsService,
    OwnChecksService,
    ReceiptsService,
    UploadGate,
    MultipartDoor,
    UploadsService,
    ResumableDoor,
    UploadSweeper,
  ],
  exports: [MultipartDoor, SubmissionsService, SubmissionViews, SubmissionMessages, ReceiptsService],
})
export class SubmissionsModule {}
