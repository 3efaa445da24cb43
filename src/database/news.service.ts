import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Client } from 'pg';
import { Subject } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { Runtime } from '../config/runtime.js';

/** “Look”: something about this submission changed. The row is the truth; a lost piece of news costs a moment. */
export interface News {
  contestId: string;
  accountId: string;
  submissionId: string;
}

const channel = 'dingge_news';
const reconnectAfterMs = 1000;

/** Carries news between processes by PostgreSQL's LISTEN/NOTIFY. */
@Injectable()
export class NewsService implements OnModuleInit, OnApplicationShutdown {
  readonly news = new Subject<News>();
  private readonly logger = new Logger('news');
  private client: Client | undefined;
  private stopped = false;

  constructor(private readonly runtime: Runtime) {}

  async onModuleInit(): Promise<void> {
    await this.listen();
  }

  /** Told to the others when, and only if, the caller's transaction commits. */
  async publish(manager: EntityManager, news: News): Promise<void> {
    await manager.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify(news)]);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.news.complete();
    await this.client?.end();
  }

  private async listen(): Promise<void> {
    const client = new Client({
      connectionString: this.runtime.databaseUrl,
      connectionTimeoutMillis: 5000,
      keepAlive: true,
    });
    this.client = client;
    // A failed connect both rejects and ends: one connection is followed by one, however it went.
    let over = false;
    const again = () => {
      if (over) return;
      over = true;
      client.end().catch(() => undefined);
      this.reconnect();
    };
    client.on('notification', ({ payload }) => this.news.next(JSON.parse(payload ?? '{}') as News));
    client.on('error', (error) => this.logger.warn(`listening stopped: ${error.message}`));
    client.on('end', again);
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      this.logger.warn(`cannot listen yet: ${(error as Error).message}`);
      again();
    }
  }

  private reconnect(): void {
    if (this.stopped) return;
    setTimeout(() => void this.listen(), reconnectAfterMs).unref();
  }
}
