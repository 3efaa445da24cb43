import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import { Sweeper } from '../common/sweeper.js';
import { mediaOfRendition, StorageService } from '../storage/storage.service.js';
import { Media } from './media.entity.js';
import { removeUnnamed } from './originals.js';

const everyMs = 3600_000;
/** So many are asked of the database at a time. */
const batchSize = 500;

/**
 * Removes what no row names: originals whose upload came to nothing, what of one is half sent, and renditions of a
 * worker that died between storing and settling, or whose file's row is gone.
 */
@Injectable()
export class StorageSweeper extends Sweeper {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
  ) {
    super('storage', everyMs);
  }

  /** One pass; returns how many originals went. */
  async sweep(): Promise<number> {
    const originals = await this.inBatches(this.storage.settledOriginals(), (batch) =>
      this.removeUnnamed(batch),
    );
    await this.storage.dropUnfinishedUploads();
    if (originals > 0) this.logger.log(`removed ${originals} originals that no work names`);
    const renditions = await this.inBatches(this.storage.settledRenditions(), (batch) =>
      this.removeUnnamedRenditions(batch),
    );
    if (renditions > 0) this.logger.log(`removed ${renditions} renditions that no file names`);
    return originals;
  }

  private async inBatches(
    found: AsyncGenerator<string>,
    remove: (batch: string[]) => Promise<number>,
  ): Promise<number> {
    let gone = 0;
    let batch: string[] = [];
    for await (const one of found) {
      if (this.stopping) return gone;
      batch.push(one);
      if (batch.length < batchSize) continue;
      gone += await remove(batch);
      batch = [];
    }
    return gone + (await remove(batch));
  }

  /** A file that is processed again gets renditions under other keys: what no row names now none will name. */
  private async removeUnnamedRenditions(keys: string[]): Promise<number> {
    const ids = [...new Set(keys.map(mediaOfRendition).filter((id) => id !== null))];
    const rows = await this.dataSource.query<{ key: string }[]>(
      `SELECT r->>'key' AS key FROM media m, jsonb_array_elements(m.renditions) AS r WHERE m.id::text = ANY($1)`,
      [ids],
    );
    const named = new Set(rows.map(({ key }) => key));
    const unnamed = keys.filter((key) => mediaOfRendition(key) !== null && !named.has(key));
    for (const key of unnamed) await this.storage.removeRendition(key);
    return unnamed.length;
  }

  private async removeUnnamed(hashes: string[]): Promise<number> {
    const rows = await this.dataSource.manager.find(Media, {
      select: { sha256: true },
      where: { sha256: In(hashes) },
    });
    const named = new Set(rows.map(({ sha256 }) => sha256));
    let gone = 0;
    for (const sha256 of hashes.filter((hash) => !named.has(hash))) {
      if (await removeUnnamed(this.dataSource, this.storage, sha256)) gone += 1;
    }
    return gone;
  }
}
