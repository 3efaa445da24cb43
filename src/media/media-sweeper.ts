import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Sweeper } from '../common/sweeper.js';
import { QueueService } from '../queue/queue.service.js';
import type { Media } from './media.entity.js';
import { processJobId, processJobName } from './media.service.js';

const everyMs = 5_000;
/** A row that was handed out this long ago and is still pending may have lost its job. */
const suspectAfterSeconds = 15;
const batch = 200;

/** As the driver has it: bigint is text. */
type Suspect = Pick<Media, 'id' | 'version' | 'kind'> & { bytes: string };

/**
 * Finds pending rows whose job is gone (added in vain, or lost with all of Redis) and hands them out again
 * under a higher version, so that what the lost job may still do no longer counts.
 */
@Injectable()
export class MediaSweeper extends Sweeper {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queue: QueueService,
  ) {
    super('sweeper', everyMs);
  }

  /** One pass; returns how many rows were handed out again. */
  async sweep(): Promise<number> {
    const suspects = await this.dataSource.query<Suspect[]>(
      `SELECT id, version, kind, bytes FROM media
        WHERE status = 'pending' AND queued_at < clock_timestamp() - make_interval(secs => $1)
        ORDER BY queued_at LIMIT $2`,
      [suspectAfterSeconds, batch],
    );
    let again = 0;
    for (const { id, version, kind, bytes } of suspects) {
      const job = processJobName({ kind, bytes: Number(bytes) });
      const alive = await this.queue.has(job, processJobId(id, version));
      const [rows] = await this.dataSource.query<[{ version: number }[], number]>(
        `UPDATE media SET queued_at = clock_timestamp(), version = version + $3
          WHERE id = $1 AND version = $2 AND status = 'pending' RETURNING version`,
        [id, version, alive ? 0 : 1],
      );
      if (alive || !rows[0]) continue;
      const raised = rows[0].version;
      await this.queue.add(job, processJobId(id, raised), { mediaId: id, version: raised });
      again += 1;
    }
    if (again > 0) this.logger.log(`handed out ${again} pending files again`);
    return again;
  }
}
