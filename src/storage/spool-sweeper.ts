import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { StorageService } from './storage.service.js';

const everyMs = 3600_000;

/** Removes unfinished files that nobody is at work on any more. In every process: each has a local folder. */
@Injectable()
export class SpoolSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('storage');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly storage: StorageService) {}

  onApplicationBootstrap(): void {
    this.again();
    this.timer = setInterval(() => this.again(), everyMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private again(): void {
    this.running = this.running
      .then(() => this.storage.sweepUnfinished())
      .catch((error: Error) => this.logger.warn(`will try again: ${error.message}`));
  }
}
