import { Module } from '@nestjs/common';
import { DeadlineReminders } from './deadline-reminders.js';

/** What happens to rounds by itself, for processes that do jobs. */
@Module({ providers: [DeadlineReminders] })
export class JudgingWorkerModule {}
