import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Sweeper } from '../common/sweeper.js';
import { QueueService } from '../queue/queue.service.js';
import { wholeSizeJobId } from './whole-sizes.service.js';

const everyMs = 5_000;
/** A request that was handed out this long ago and is still pending may have lost its job. */
const suspectAfterSeconds = 15;
const batch = 200;

/** Hands requests for whole sizes whose job is gone out again, under a higher version. */
@Injectable()
export class WholeSizeSweeper extends Sweeper {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queue: QueueService,
  ) {
    super('whole sizes', everyMs);
  }

  /** One pass; returns how many were handed out again. */
  async sweep(): Promise<number> {
    const suspects = await this.dataSource.query<{ id: string; version: number }[]>(
      `SELECT media_id AS id, version FROM whole_sizes
        WHERE status = 'pending' AND queued_at < clock_timestamp() - make_interval(secs => $1)
        ORDER BY queued_at LIMIT $2`,
      [suspectAfterSeconds, batch],
    );
    let again = 0;
    for (const { id, version } of suspects) {
      const alive = await this.queue.has('media.full', wholeSizeJobId(id, version));
      const [rows] = await this.dataSource.query<[{ version: number }[], number]>(
        `UPDATE whole_sizes SET queued_at = clock_timestamp(), version = version + $3
          WHERE media_id = $1 AND version = $2 AND status = 'pending' RETURNING version`,
        [id, version, alive ? 0 : 1],
      );
      if (alive || !rows[0]) continue;
      const raised = rows[0].version;
      await this.queue.add('media.full', wholeSizeJobId(id, raised), { mediaId: id, version: raised });
      again += 1;
    }
    return again;
  }
}
