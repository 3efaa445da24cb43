import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Sweeper } from '../common/sweeper.js';
import { QueueService } from '../queue/queue.service.js';

/** Nobody waits for an e-mail by the second: the sweep alone hands them out, new ones and those to be tried again. */
const everyMs = 2_000;
const batch = 50;
/** Longer than a try may take. One that wasn't settled by then has lost its job. */
const leaseSeconds = 120;
const keepDays = 30;

@Injectable()
export class MailSweeper extends Sweeper {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queue: QueueService,
  ) {
    super('mail', everyMs);
  }

  /** One pass; returns how many were handed out, each under a higher version than before. */
  async sweep(): Promise<number> {
    const [due] = await this.dataSource.query<[{ id: string; version: number }[], number]>(
      `UPDATE mails SET version = version + 1, due_at = clock_timestamp() + make_interval(secs => $2)
        WHERE id IN (SELECT id FROM mails WHERE status = 'pending' AND due_at <= clock_timestamp()
                      ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, version`,
      [batch, leaseSeconds],
    );
    for (const { id, version } of due) {
      await this.queue.add('mail.send', `mail-${id}-${version}`, { mailId: id, version });
    }
    if (due.length > 0) {
      await this.dataSource.query(
        `DELETE FROM mails WHERE settled_at < clock_timestamp() - make_interval(days => $1)`,
        [keepDays],
      );
    }
    return due.length;
  }
}
