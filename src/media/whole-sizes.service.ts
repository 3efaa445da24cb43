import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { QueueService } from '../queue/queue.service.js';
import type { WholeSize } from './whole-size.entity.js';

export function wholeSizeJobId(mediaId: string, version: number): string {
  return `full-${mediaId}-${version}`;
}

/** Has a photo's picture of whole size made when it is first asked for. */
@Injectable()
export class WholeSizes {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly queue: QueueService,
  ) {}

  /** To be called where the file has no such rendition yet. However many ask, one job is added. */
  async ask(mediaId: string): Promise<WholeSize['status']> {
    // What failed may work on another day: the file was processed again, or the machine has more memory.
    const [asked] = await this.dataSource.query<Pick<WholeSize, 'version'>[]>(
      `INSERT INTO whole_sizes AS w (media_id)
       SELECT id FROM media WHERE id = $1 AND NOT renditions @> '[{"name":"full"}]'
       ON CONFLICT (media_id) DO UPDATE
          SET status = 'pending', version = w.version + 1, attempts = 0, queued_at = clock_timestamp()
        WHERE w.status = 'failed' AND w.queued_at < clock_timestamp() - interval '1 day'
       RETURNING version`,
      [mediaId],
    );
    if (asked) {
      const { version } = asked;
      await this.queue.add('media.full', wholeSizeJobId(mediaId, version), { mediaId, version });
      return 'pending';
    }
    const [there] = await this.dataSource.query<Pick<WholeSize, 'status'>[]>(
      'SELECT status FROM whole_sizes WHERE media_id = $1',
      [mediaId],
    );
    // None any more: it was finished in between, and is there when asked for again.
    return there?.status ?? 'pending';
  }
}
