import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { JobName } from '../queue/jobs.js';
import { QueueService } from '../queue/queue.service.js';
import { originalKey, StorageService } from '../storage/storage.service.js';
import type { ReceivedFile } from './intake.js';
import { Media } from './media.entity.js';
import { NearDuplicates } from './near-duplicates.service.js';
import { lockOriginal, removeUnnamed } from './originals.js';

/** Whose a file is; all of them plain ids. */
export interface MediaOwner {
  contestId: string;
  accountId: string;
  authorId: string;
  submissionId: string;
  /** Longest video that its category allows; null where length doesn't matter. */
  maxDurationMs: number | null;
}

export function processJobId(mediaId: string, version: number): string {
  return `media-${mediaId}-${version}`;
}

/** A photo beyond this takes as long as a video: 60 megapixels and more, or an uncompressed one. */
const largePhotoBytes = 25_000_000;

/** Which job a file is for. */
export function processJobName({ kind, bytes }: Pick<Media, 'kind' | 'bytes'>): JobName {
  return kind === 'video' || bytes > largePhotoBytes ? 'media.process-large' : 'media.process';
}

/** Files and their rows: taking received files in, finding them, letting them go. */
@Injectable()
export class MediaService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
    private readonly queue: QueueService,
    private readonly duplicates: NearDuplicates,
  ) {}

  /**
   * Around the transaction that takes files in: brings them to a store that is far away before it, so that no
   * lock waits for that, and away again where it refuses them.
   */
  async staged<T>(files: ReceivedFile[], act: () => Promise<T>): Promise<T> {
    try {
      for (const { path, sha256 } of files) await this.storage.stage(path, originalKey(sha256));
      return await act();
    } catch (error) {
      for (const { sha256 } of files) {
        // What can't be removed now the sweeper removes.
        await removeUnnamed(this.dataSource, this.storage, sha256).catch(() => undefined);
      }
      throw error;
    }
  }

  /**
   * Puts received files into storage and their rows, `pending`, into the caller's transaction. A file that
   * the same author already has in the contest breaks the unique index: the caller names it.
   * @param live false for files that stand beside those of the work
   */
  async take(
    manager: EntityManager,
    owner: MediaOwner,
    files: ReceivedFile[],
    firstPosition: number,
    live = true,
  ): Promise<Media[]> {
    // The sweep of originals that no row names takes the same lock: it never removes one that is being taken in.
    for (const sha256 of files.map((file) => file.sha256).sort()) await lockOriginal(manager, sha256);
    for (const file of files) await this.storage.take(file.path, originalKey(file.sha256));
    const taken = await manager.save(
      files.map((file, index) =>
        manager.create(Media, {
          ...owner,
          position: firstPosition + index,
          live,
          kind: file.kind,
          originalName: file.originalName,
          mime: file.mime,
          bytes: file.bytes,
          sha256: file.sha256,
        }),
      ),
    );
    for (const file of taken) await this.duplicates.recordExact(manager, file);
    return taken;
  }

  /** To be called after the commit: the jobs of rows that were just taken in. */
  async enqueue(media: Pick<Media, 'id' | 'version' | 'kind' | 'bytes'>[]): Promise<void> {
    for (const file of media) {
      const { id, version } = file;
      await this.queue.add(processJobName(file), processJobId(id, version), { mediaId: id, version });
    }
  }

  /** The live files of works, in the order of each work. */
  async ofSubmissions(
    ids: string[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Map<string, Media[]>> {
    const found = new Map<string, Media[]>(ids.map((id) => [id, []]));
    if (ids.length === 0) return found;
    const rows = await manager.find(Media, {
      where: { submissionId: In(ids), live: true },
      order: { position: 'ASC', createdAt: 'ASC' },
    });
    for (const row of rows) found.get(row.submissionId)?.push(row);
    return found;
  }

  /**
   * To be called after the commit that removed their rows: takes files out of storage unless another row names them.
   * What can't go now, or stays because this process was killed, the sweeper removes.
   */
  async discard(files: Pick<Media, 'sha256' | 'renditions'>[]): Promise<void> {
    for (const { sha256, renditions } of files) {
      await removeUnnamed(this.dataSource, this.storage, sha256).catch(() => undefined);
      for (const { key } of renditions) await this.storage.removeRendition(key).catch(() => undefined);
    }
  }

  /** Lets a work's files go: its author may send the same ones again. The files themselves stay. */
  async release(manager: EntityManager, submissionId: string, mediaId?: string): Promise<void> {
    await manager.update(Media, mediaId ? { submissionId, id: mediaId } : { submissionId }, { live: false });
  }
}
