import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { DataSource } from 'typeorm';
import { JobRegistry } from '../queue/jobs.js';
import { renditionKey, StorageService } from '../storage/storage.service.js';
import { maxAttempts, verdictOf } from './attempts.js';
import { Decoder } from './decoder/decoder.js';
import { Media, type Rendition } from './media.entity.js';
import { hasWholeSize } from './whole-size.js';

interface Begun {
  mediaId: string;
  version: number;
  attempts: number;
}

/** Makes the picture of whole size that somebody asked for. May run twice, may be killed anywhere: the rows decide. */
@Injectable()
export class WholeSizeWorker implements OnModuleInit {
  private readonly logger = new Logger('media');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
    private readonly registry: JobRegistry,
    private readonly decoder: Decoder,
  ) {}

  onModuleInit(): void {
    this.registry.register('media.full', ({ mediaId, version }, signal) =>
      this.make(mediaId, version, signal),
    );
  }

  private async make(mediaId: string, version: number, signal: AbortSignal): Promise<void> {
    const begun = await this.begin(mediaId, version);
    if (!begun) return;
    const media = await this.dataSource.manager.findOneBy(Media, { id: mediaId, live: true });
    // Somebody else made it, or the photo went: nothing is left to do.
    if (!media || !hasWholeSize(media) || media.renditions.some(({ name }) => name === 'full')) {
      return this.forget(begun);
    }
    if (begun.attempts > maxAttempts) return this.fail(begun, 'MEDIA.UNREADABLE');

    const name = `full-${mediaId}-${version}-${begun.attempts}`;
    try {
      const folder = await this.storage.workFolder(name);
      const { file, ...drawn } = await this.decoder.wholeSize({
        input: await this.storage.original(media.sha256, folder, signal),
        mime: media.mime,
        outDir: folder,
        // Its key is nobody else's, nor was: what comes to nothing may be removed.
        stem: `whole-${randomUUID()}`,
        signal,
      });
      const key = renditionKey(mediaId, basename(file));
      await this.storage.take(file, key);
      const kept = await this.finish(begun, media.version, { ...drawn, key });
      if (!kept) await this.storage.removeRendition(key);
    } catch (error) {
      await this.afterError(begun, error, signal);
    } finally {
      await this.storage.dropWorkFolder(name);
    }
  }

  /** Counts the attempt, committed before anything is decoded; nothing where the job is no longer the row's. */
  private async begin(mediaId: string, version: number): Promise<Begun | null> {
    const [[row]] = await this.dataSource.query<[{ attempts: number }[], number]>(
      `UPDATE whole_sizes SET attempts = attempts + 1
        WHERE media_id = $1 AND version = $2 AND status = 'pending' RETURNING attempts`,
      [mediaId, version],
    );
    return row ? { mediaId, version, attempts: row.attempts } : null;
  }

  /** The rendition comes into the file's row as the request goes, once: only of the attempt that is the last begun. */
  private finish(begun: Begun, mediaVersion: number, full: Rendition): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [, asked] = await manager.query<[unknown, number]>(
        'DELETE FROM whole_sizes WHERE media_id = $1 AND version = $2 AND attempts = $3',
        [begun.mediaId, begun.version, begun.attempts],
      );
      if (asked === 0) return false;
      const [, kept] = await manager.query<[unknown, number]>(
        `UPDATE media SET renditions = renditions || $3::jsonb
          WHERE id = $1 AND version = $2 AND status = 'ready' AND NOT renditions @> '[{"name":"full"}]'`,
        [begun.mediaId, mediaVersion, JSON.stringify([full])],
      );
      return kept > 0;
    });
  }

  private async forget({ mediaId, version }: Begun): Promise<void> {
    await this.dataSource.query('DELETE FROM whole_sizes WHERE media_id = $1 AND version = $2', [
      mediaId,
      version,
    ]);
  }

  private async afterError(begun: Begun, error: unknown, signal: AbortSignal): Promise<void> {
    const { code, blameless, givenUp } = verdictOf(error, begun.attempts, signal);
    if (givenUp) return this.fail(begun, code);
    this.logger.warn(`${begun.mediaId} whole, attempt ${begun.attempts}: ${(error as Error).message}`);
    await this.dataSource.query(
      `UPDATE whole_sizes SET error = $4, attempts = attempts - $5
        WHERE media_id = $1 AND version = $2 AND attempts = $3`,
      [begun.mediaId, begun.version, begun.attempts, code, blameless ? 1 : 0],
    );
    throw error;
  }

  private async fail({ mediaId, version, attempts }: Begun, code: string): Promise<void> {
    this.logger.warn(`${mediaId} has no whole size after ${attempts}: ${code}`);
    await this.dataSource.query(
      `UPDATE whole_sizes SET status = 'failed', error = $3 WHERE media_id = $1 AND version = $2`,
      [mediaId, version, code],
    );
  }
}
