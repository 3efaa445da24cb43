import type { Logger } from 'typeorm';
import type { Sweeper } from '../../../src/common/sweeper.js';
import { DeadlineReminders } from '../../../src/judging/deadline-reminders.js';
import { MediaSweeper } from '../../../src/media/media-sweeper.js';
import { MailSweeper } from '../../../src/messages/mail-sweeper.js';
import { RepairReminders } from '../../../src/submissions/repair-reminders.js';
import { UploadSweeper } from '../../../src/submissions/upload-sweeper.js';
import type { Site } from './site.js';

/** What the site asks of its database while something is done; sweepers of the site stand still from then on. */
export async function queriesOf(site: Site, act: () => Promise<unknown>): Promise<string[]> {
  for (const sweeper of [MediaSweeper, MailSweeper, RepairReminders, DeadlineReminders, UploadSweeper]) {
    await site.app.get<Sweeper>(sweeper).beforeApplicationShutdown();
  }
  const asked: string[] = [];
  const { logger } = site.dataSource;
  const counting: Partial<Logger> = { logQuery: (query) => void asked.push(query) };
  site.dataSource.logger = Object.assign(Object.create(logger) as Logger, counting);
  try {
    await act();
  } finally {
    site.dataSource.logger = logger;
  }
  return asked;
}
