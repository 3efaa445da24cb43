import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { DataSource } from 'typeorm';
import { StoredFileLost } from '../storage/errors.js';
import { originalKey, StorageService } from '../storage/storage.service.js';
import { mediaProblem } from './errors.js';
import type { Media } from './media.entity.js';

/** Of one account: a series of eight and some more. A reading is disk work, and one of a video half a gigabyte. */
const mostAnHour = 12;
/** A reading that hasn't ended by then was cut off with its process, and stands in nobody's way. */
const longestMinutes = 10;

/** Proves, as often as is reasonable, that what is stored is what was sent: by reading it all again. */
@Injectable()
export class FileChecksService {
  private readonly logger = new Logger('media');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
  ) {}

  /** @throws 429 while another of the account's runs, or when it has had its share of the hour */
  async check(
    { id, sha256: sent }: Pick<Media, 'id' | 'sha256'>,
    accountId: string,
  ): Promise<{ sha256: string; matches: boolean; checkedAt: Date }> {
    const check = await this.begin(id, accountId);
    try {
      const found = await this.read(sent);
      if (found !== sent) this.logger.error(`${originalKey(sent)}: its content comes to ${found}`);
      const checkedAt = await this.end(check, found);
      return { sha256: found, matches: found === sent, checkedAt };
    } catch (error) {
      await this.end(check, null);
      throw error;
    }
  }

  /** Takes the account's one place, if it is free: under the account's lock, so that two at once are one. */
  private begin(mediaId: string, accountId: string): Promise<string> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT FROM accounts WHERE id = $1 FOR UPDATE', [accountId]);
      const [hour] = await manager.query<{ running: boolean; count: number; wait: number | null }[]>(
        `SELECT COALESCE(bool_or(finished_at IS NULL AND started_at > dingge_now() - make_interval(mins => $2)), false)
                  AS running,
                count(*)::int AS count,
                ceil(extract(epoch FROM min(started_at) + interval '1 hour' - dingge_now()))::int AS wait
           FROM file_checks WHERE account_id = $1 AND started_at > dingge_now() - interval '1 hour'`,
        [accountId, longestMinutes],
      );
      if (hour.running) throw tooMany('MEDIA.CHECK_RUNNING', 5);
      if (hour.count >= mostAnHour) throw tooMany('MEDIA.CHECKED_OFTEN', Math.max(1, hour.wait ?? 1));
      const [check] = await manager.query<{ id: string }[]>(
        'INSERT INTO file_checks (account_id, media_id, started_at) VALUES ($1, $2, dingge_now()) RETURNING id',
        [accountId, mediaId],
      );
      return check.id;
    });
  }

  private async end(id: string, sha256: string | null): Promise<Date> {
    const [[row]] = await this.dataSource.query<[{ finished_at: Date }[], number]>(
      'UPDATE file_checks SET finished_at = dingge_now(), sha256 = $2 WHERE id = $1 RETURNING finished_at',
      [id, sha256],
    );
    return row.finished_at;
  }

  private async read(sha256: string): Promise<string> {
    const { stream } = await this.storage.read(originalKey(sha256)).catch((error: unknown) => {
      throw error instanceof StoredFileLost ? mediaProblem('MEDIA.FILE_MISSING') : error;
    });
    const hash = createHash('sha256');
    await pipeline(stream, hash);
    return hash.digest('hex');
  }
}

function tooMany(code: 'MEDIA.CHECK_RUNNING' | 'MEDIA.CHECKED_OFTEN', seconds: number) {
  const minutes = Math.ceil(seconds / 60);
  return mediaProblem(code, { minutes }, { headers: { 'Retry-After': String(seconds) } });
}
