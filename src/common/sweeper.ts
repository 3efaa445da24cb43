import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

/**
 * Something that is looked after at intervals, from the start of the process to its shutdown, one pass after the
 * other. A pass that fails is logged, and the next one tries again.
 */
export abstract class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected readonly logger: Logger;
  /** A long pass asks this between its steps. */
  protected stopping = false;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  protected constructor(
    name: string,
    private readonly everyMs: number,
  ) {
    this.logger = new Logger(name);
  }

  /** One pass. */
  abstract sweep(): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.again();
    this.timer = setInterval(() => this.again(), this.everyMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.running;
  }

  private again(): void {
    this.running = this.running
      .then(() => (this.stopping ? undefined : this.sweep()))
      .catch((error: Error) => this.logger.warn(`will try again: ${error.message}`));
  }
}
