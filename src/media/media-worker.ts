import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { basename } from 'node:path';
import { DataSource, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { NewsService } from '../database/news.service.js';
import { JobRegistry } from '../queue/jobs.js';
import { renditionKey, StorageService } from '../storage/storage.service.js';
import { maxAttempts, verdictOf } from './attempts.js';
import { Decoder, type PhotoResult, type VideoResult } from './decoder/decoder.js';
import type { Fingerprint } from './fingerprint/fingerprint.js';
import { FailedFiles } from './failed-files.js';
import { Media, type Rendition } from './media.entity.js';
import { NearDuplicates } from './near-duplicates.service.js';

/** How often the page hears how far a video is. */
const progressEveryMs = 1_000;

type MediaChange = Parameters<typeof EntityManager.prototype.update<Media>>[2];

/** Turns a pending file into renditions. May run twice, may be killed anywhere: the row decides what counts. */
@Injectable()
export class MediaWorker implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('media');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
    private readonly news: NewsService,
    private readonly registry: JobRegistry,
    private readonly duplicates: NearDuplicates,
    private readonly failures: FailedFiles,
    private readonly decoder: Decoder,
  ) {}

  onModuleInit(): void {
    for (const job of ['media.process', 'media.process-large'] as const) {
      this.registry.register(job, ({ mediaId, version }, signal) => this.process(mediaId, version, signal));
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.decoder.close();
  }

  private async process(mediaId: string, version: number, signal: AbortSignal): Promise<void> {
    const media = await this.begin(mediaId, version);
    if (!media) return;
    if (media.attempts > maxAttempts) return this.fail(media, media.error ?? 'MEDIA.UNREADABLE');

    const name = `${mediaId}-${version}-${media.attempts}`;
    try {
      const folder = await this.storage.workFolder(name);
      const job = {
        input: await this.storage.original(media.sha256, folder, signal),
        mime: media.mime,
        maxDurationMs: media.maxDurationMs,
        outDir: folder,
        stem: `${version}-${media.attempts}`,
        signal,
      };
      const result =
        media.kind === 'image'
          ? await this.decoder.photo(job)
          : await this.decoder.video({ ...job, onProgress: this.progressOf(media) });
      await this.finish(media, result);
    } catch (error) {
      await this.afterError(media, error, signal);
    } finally {
      await this.storage.dropWorkFolder(name);
    }
  }

  /** Counts the attempt, committed before anything is decoded; nothing where the job is no longer the row's. */
  private async begin(mediaId: string, version: number): Promise<Media | null> {
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(
      `UPDATE media SET attempts = attempts + 1, progress = NULL
        WHERE id = $1 AND version = $2 AND status = 'pending' RETURNING id`,
      [mediaId, version],
    );
    return rows.length === 0 ? null : this.dataSource.manager.findOneByOrFail(Media, { id: mediaId });
  }

  private async finish(media: Media, result: PhotoResult | VideoResult): Promise<void> {
    const durationMs = 'durationMs' in result ? Math.round(result.durationMs) : null;
    // At once, so that they wait for the disk, or the network, together.
    const renditions = await Promise.all(
      result.renditions.map(async ({ name, file, mime, bytes, width, height }): Promise<Rendition> => {
        const key = renditionKey(media.id, basename(file));
        await this.storage.take(file, key);
        return { name, key, mime, bytes, width, height };
      }),
    );
    await this.dataSource.transaction((manager) =>
      this.settle(manager, media, {
        status: 'ready',
        error: null,
        width: result.width,
        height: result.height,
        durationMs,
        placeholder: result.placeholder,
        facts: result.facts,
        fingerprint: result.fingerprint,
        renditions,
      }),
    );
  }

  /** Writes down how far a job is, where it is still the row's; a time that is missed costs nothing. */
  private progressOf(media: Media): (share: number) => void {
    let told = -1;
    let toldAt = -Infinity;
    return (share) => {
      const percent = Math.floor(100 * share);
      if (percent === told || performance.now() - toldAt < progressEveryMs) return;
      [told, toldAt] = [percent, performance.now()];
      const { id, version, attempts } = media;
      const where = { id, version, attempts, status: 'pending' as const };
      this.dataSource
        .transaction((manager) => this.update(manager, media, where, { progress: percent }))
        .catch((error: Error) => this.logger.warn(`${id} at ${percent} %: ${error.message}`));
    };
  }

  private async afterError(media: Media, error: unknown, signal: AbortSignal): Promise<void> {
    const { code, blameless, givenUp } = verdictOf(error, media.attempts, signal);
    if (givenUp) return this.fail(media, code);
    this.logger.warn(`${media.id} attempt ${media.attempts}: ${(error as Error).message}`);
    await this.dataSource.query(
      'UPDATE media SET error = $3, attempts = attempts - $4 WHERE id = $1 AND version = $2',
      [media.id, media.version, code, blameless ? 1 : 0],
    );
    throw error;
  }

  private async fail(media: Media, code: string): Promise<void> {
    this.logger.warn(`${media.id} given up after ${media.attempts}: ${code}`);
    await this.dataSource.transaction((manager) =>
      this.failures.handle(manager, media, code, () =>
        this.settle(manager, media, { status: 'failed', error: code }),
      ),
    );
  }

  /** Writes the end of a job where version and status are still those it began with, and says “look”. */
  private settle(manager: EntityManager, media: Media, outcome: Partial<Media>): Promise<boolean> {
    return this.update(
      manager,
      media,
      { id: media.id, version: media.version, status: 'pending' },
      {
        ...outcome,
        progress: null,
        finishedAt: () => 'clock_timestamp()',
      },
    );
  }

  /** Whether there was a row to change. */
  private async update(
    manager: EntityManager,
    media: Media,
    where: FindOptionsWhere<Media>,
    change: MediaChange,
  ): Promise<boolean> {
    const { affected } = await manager.update(Media, where, change);
    if (!affected) return false;
    if (change.fingerprint) {
      await this.duplicates.recordNear(manager, media, change.fingerprint as Fingerprint);
    }
    const { contestId, accountId, submissionId } = media;
    await this.news.publish(manager, { contestId, accountId, submissionId });
    return true;
  }
}
