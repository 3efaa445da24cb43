import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Runtime } from '../config/runtime.js';
import { JobRegistry } from '../queue/jobs.js';
import { writeLetter } from './letter.js';
import { Mail } from './mail.entity.js';
import { MailRefused, openMailTransport, type MailTransport } from './mail-transport.js';
import { MessageKinds } from './message-kinds.js';

/** Seconds after which a mail is tried again: greylisting passes in minutes, a server that is down in hours. */
const again = [60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600];

/** Sends the mails that are handed out. May run twice, may be killed anywhere: the row decides what counts. */
@Injectable()
export class MailWorker implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('mail');
  private readonly transport: MailTransport;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly runtime: Runtime,
    private readonly registry: JobRegistry,
    private readonly kinds: MessageKinds,
  ) {
    this.transport = openMailTransport(runtime.env);
  }

  onModuleInit(): void {
    this.registry.register('mail.send', ({ mailId, version }) => this.send(mailId, version));
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }

  private async send(mailId: string, version: number): Promise<void> {
    const mail = await this.begin(mailId, version);
    if (!mail) return;
    try {
      await this.transport.send(
        { id: mail.id, to: { name: mail.toName, address: mail.toAddress } },
        writeLetter({
          words: this.kinds.words(mail.kind),
          params: mail.params,
          language: mail.language,
          name: mail.toName,
          ...(await this.place(mail)),
        }),
      );
      await this.settle(mail, 'sent', null);
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      await this.refused(mail, error);
    }
  }

  /** Counts the try, committed before anything is sent; nothing where the job is no longer the row's. */
  private async begin(id: string, version: number): Promise<Mail | null> {
    const { affected } = await this.dataSource.manager.update(
      Mail,
      { id, version, status: 'pending' },
      { attempts: () => 'attempts + 1' },
    );
    return affected ? this.dataSource.manager.findOneBy(Mail, { id, version }) : null;
  }

  private async refused(mail: Mail, { code, final }: MailRefused): Promise<void> {
    const wait = again[mail.attempts - 1];
    this.logger.warn(`${mail.id} attempt ${mail.attempts}: ${code}`);
    if (final || wait === undefined) return this.settle(mail, 'failed', code);
    await this.dataSource.query(
      `UPDATE mails SET error = $3, due_at = clock_timestamp() + make_interval(secs => $4)
        WHERE id = $1 AND version = $2 AND status = 'pending'`,
      [mail.id, mail.version, code, wait],
    );
  }

  /** What was told is then gone from the outbox: it may hold a link that opens something. */
  private async settle(
    { id, version }: Mail,
    status: 'sent' | 'failed',
    error: string | null,
  ): Promise<void> {
    await this.dataSource.manager.update(
      Mail,
      { id, version, status: 'pending' },
      { status, error, params: {}, about: null, settledAt: () => 'clock_timestamp()' },
    );
  }

  /** The page that a mail is about. Its address is the configured one: a request's could be anybody's. */
  private async place({ contestId, about }: Mail): Promise<{ url: string; contest: string | null }> {
    const { publicUrl, port } = this.runtime.env;
    const site = publicUrl ?? `http://localhost:${port}`;
    const [contest] = await this.dataSource.query<{ slug: string; title: string }[]>(
      'SELECT slug, title FROM contests WHERE id = $1',
      [contestId],
    );
    const page = contest ? `c/${contest.slug}/${about ?? ''}` : (about ?? '');
    return { url: `${site}/${page}`, contest: contest?.title ?? null };
  }
}
