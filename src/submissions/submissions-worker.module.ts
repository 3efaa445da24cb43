import { Module } from '@nestjs/common';
import { MediaWorkerModule } from '../media/media-worker.module.js';
import { FailedFileService } from './failed-file.service.js';
import { RepairReminders } from './repair-reminders.js';
import { SubmissionMessages } from './submission-messages.service.js';

/** What happens to works by itself, for processes that do jobs; apart from the routes, as media's. */
@Module({
  imports: [MediaWorkerModule],
  providers: [FailedFileService, SubmissionMessages, RepairReminders],
})
export class SubmissionsWorkerModule {}
