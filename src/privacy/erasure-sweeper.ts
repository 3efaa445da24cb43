import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { dropUnusedAuthors, forgetWords } from './erasure.js';

const everyMs = 3600_000;

/** Drops what had to stay for a while: words of anonymised works until the result, names that no work came to use. */
@Injectable()
export class ErasureSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('privacy');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.again();
    this.timer = setInterval(() => this.again(), everyMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** One pass. */
  async sweep(): Promise<void> {
    await forgetWords(this.dataSource.manager);
    await dropUnusedAuthors(this.dataSource.manager);
  }

  private again(): void {
    this.running = this.running
      .then(() => this.sweep())
      .catch((error: Error) => this.logger.warn(`will try again: ${error.message}`));
  }
}
