import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import { StorageService } from '../storage/storage.service.js';
import { Media } from './media.entity.js';
import { removeUnnamed } from './originals.js';

const everyMs = 3600_000;
/** So many originals are asked of the database at a time. */
const batch = 500;

/** Removes what no row names: originals whose upload came to nothing, and what of one is half sent. */
@Injectable()
export class StorageSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('storage');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private stopping = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
  ) {}

  onApplicationBootstrap(): void {
    this.again();
    this.timer = setInterval(() => this.again(), everyMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** One pass; returns how many originals went. */
  async sweep(): Promise<number> {
    let gone = 0;
    let hashes: string[] = [];
    for await (const sha256 of this.storage.settledOriginals()) {
      if (this.stopping) return gone;
      hashes.push(sha256);
      if (hashes.length < batch) continue;
      gone += await this.removeUnnamed(hashes);
      hashes = [];
    }
    gone += await this.removeUnnamed(hashes);
    await this.storage.dropUnfinishedUploads();
    if (gone > 0) this.logger.log(`removed ${gone} originals that no work names`);
    return gone;
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

  private again(): void {
    this.running = this.running
      .then(() => this.sweep())
      .catch((error: Error) => this.logger.warn(`will try again: ${error.message}`));
  }
}
