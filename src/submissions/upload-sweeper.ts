import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Sweeper } from '../common/sweeper.js';
import { StorageService } from '../storage/storage.service.js';
import { ResumableDoor } from './resumable-door.js';

const everyMs = 60_000;

/**
 * Attaches what is whole but lost its process just before that, and removes what was abandoned. Which that is the
 * rows say, by the database's clock: no file goes that a row still counts on, however old it looks.
 */
@Injectable()
export class UploadSweeper extends Sweeper {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
    private readonly door: ResumableDoor,
  ) {
    super('uploads', everyMs);
  }

  /** One pass. */
  async sweep(): Promise<void> {
    await this.finishWhole();
    await this.dataSource.query(
      `DELETE FROM uploads WHERE expires_at <= dingge_now()
          AND (lease_until IS NULL OR lease_until <= clock_timestamp())`,
    );
    // Listed first: a file that is there has, or had, a row before it.
    const parts = await this.storage.partIds();
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM uploads WHERE state = 'receiving' AND id::text = ANY($1)`,
      [parts],
    );
    const kept = new Set(rows.map(({ id }) => id));
    for (const id of parts.filter((part) => !kept.has(part))) {
      await this.storage.drop(this.storage.partPath(id));
    }
  }

  private async finishWhole(): Promise<void> {
    const whole = await this.dataSource.query<{ id: string; accountId: string }[]>(
      `SELECT id, account_id AS "accountId" FROM uploads
        WHERE state = 'receiving' AND received = bytes AND expires_at > dingge_now()
          AND (lease_until IS NULL OR lease_until <= clock_timestamp())`,
    );
    for (const upload of whole) {
      await this.door.finishAlone(upload).catch((error: Error) => {
        this.logger.warn(`${upload.id} is whole, and will be tried again: ${error.message}`);
      });
    }
  }
}
