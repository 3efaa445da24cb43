import { Injectable } from '@nestjs/common';
import { Sweeper } from '../common/sweeper.js';
import { StorageService } from './storage.service.js';

const everyMs = 3600_000;

/** Removes unfinished files that nobody is at work on any more. In every process: each has a local folder. */
@Injectable()
export class SpoolSweeper extends Sweeper {
  constructor(private readonly storage: StorageService) {
    super('storage', everyMs);
  }

  async sweep(): Promise<void> {
    await this.storage.sweepUnfinished();
  }
}
