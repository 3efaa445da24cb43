import { Module } from '@nestjs/common';
import { ContestsModule } from '../contests/contests.module.js';
import { MediaModule, MediaWorkerModule } from '../media/media.module.js';
import { FailedFileService } from './failed-file.service.js';
import { LiveController } from './live.controller.js';
import { MultipartDoor } from './multipart-door.js';
import { SubmissionFieldsService } from './submission-fields.service.js';
import { RepairReminders } from './repair-reminders.js';
import { SubmissionMessages } from './submission-messages.service.js';
import { SubmissionViews } from './submission-views.service.js';
import { NewSubmissionsService } from './new-submissions.service.js';
import { SubmissionsController } from './submissions.controller.js';
import { SubmissionsService } from './submissions.service.js';
import { UploadGate } from './upload-gate.js';

@Module({
  imports: [ContestsModule, MediaModule],
  controllers: [SubmissionsController, LiveController],
  providers: [
    NewSubmissionsService,
    SubmissionsService,
    SubmissionViews,
    SubmissionMessages,
    SubmissionFieldsService,
    UploadGate,
    MultipartDoor,
  ],
  exports: [SubmissionsService, SubmissionViews, SubmissionMessages],
})
export class SubmissionsModule {}

/** What happens to works by itself, for processes that do jobs. */
@Module({
  imports: [MediaWorkerModule],
  providers: [FailedFileService, SubmissionMessages, RepairReminders],
})
export class SubmissionsWorkerModule {}
