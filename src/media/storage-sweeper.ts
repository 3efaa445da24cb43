import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { StorageService } from '../storage/storage.service.js';
import { Media } from './media.entity.js';
import { lockOriginal } from './media.service.js';

const everyMs = 3600_000;

/** Removes what no row names: originals whose upload was refused at the last moment, and unfinished files. */
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
    await this.storage.sweepUnfinished();
    let gone = 0;
    for await (const sha256 of this.storage.settledOriginals()) {
      if (this.stopping) break;
      if (await this.removeUnnamed(sha256)) gone += 1;
    }
    if (gone > 0) this.logger.log(`removed ${gone} originals that no work names`);
    return gone;
  }

  private async removeUnnamed(sha256: string): Promise<boolean> {
    if (await this.dataSource.manager.existsBy(Media, { sha256 })) return false;
    // An upload of the same file may be under way: it holds this lock from before its rename to its commit.
    return this.dataSource.transaction(async (manager) => {
      await lockOriginal(manager, sha256);
      if (await manager.existsBy(Media, { sha256 })) return false;
      await this.storage.drop(this.storage.path(this.storage.originalKey(sha256)));
      return true;
    });
  }

  private again(): void {
    this.running = this.running
      .then(() => this.sweep())
      .catch((error: Error) => this.logger.warn(`will try again: ${error.message}`));
  }
}
