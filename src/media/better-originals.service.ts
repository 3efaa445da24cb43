import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
import { BetterOriginal } from './better-original.entity.js';
import { type BetterState, betterState } from './better-state.js';
import type { ReceivedFile } from './intake.js';
import type { Media } from './media.entity.js';
import { MediaService } from './media.service.js';

export interface Better {
  media: Media;
  state: BetterState;
}

/** Files beside judged ones, and what they are to them. */
@Injectable()
export class BetterOriginals {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly media: MediaService,
  ) {}

  /** By the id of the judged file. */
  async of(judged: Media[]): Promise<Map<string, Better>> {
    const byId = new Map(judged.map((file) => [file.id, file]));
    const rows = await this.dataSource.manager.find(BetterOriginal, {
      where: { judgedId: In([...byId.keys()]) },
      relations: { media: true },
    });
    return new Map(
      rows.map(({ judgedId, media }) => [
        judgedId,
        { media, state: betterState(byId.get(judgedId)!, media) },
      ]),
    );
  }

  /** In the caller's transaction. One that was there before goes: what is freed is to be discarded after the commit. */
  async take(
    manager: EntityManager,
    judged: Media,
    file: ReceivedFile,
  ): Promise<{ taken: Media; freed: Pick<Media, 'sha256' | 'renditions'>[] }> {
    const [freed] = await manager.query<[Pick<Media, 'sha256' | 'renditions'>[], number]>(
      `DELETE FROM media WHERE id IN (SELECT media_id FROM better_originals WHERE judged_id = $1)
       RETURNING sha256, renditions`,
      [judged.id],
    );
    const { contestId, accountId, authorId, submissionId, position } = judged;
    const owner = { contestId, accountId, authorId, submissionId, maxDurationMs: null };
    const [taken] = await this.media.take(manager, owner, [file], position, false);
    await manager.insert(BetterOriginal, { judgedId: judged.id, mediaId: taken.id });
    return { taken, freed };
  }
}
