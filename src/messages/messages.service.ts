import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Language } from '../common/problem.js';
import { MailsService } from './mails.service.js';
import { MessageKinds } from './message-kinds.js';
import type { StoredMessage } from './message.entity.js';
import { inWords, type Message } from './words.js';

/** Whom a message is for, and what it is about. */
export interface Addressed {
  accountId: string;
  contestId: string | null;
  about: string | null;
}

export interface InboxQuery {
  /** Id of the last message that the reader has. */
  after: string | null;
  contestId: string | null;
  about: string | null;
  limit: number;
}

/** Messages on the site: written in the transaction of what they tell of, read in the reader's language. */
@Injectable()
export class MessagesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly kinds: MessageKinds,
    private readonly mails: MailsService,
  ) {}

  /** In the caller's transaction, which also publishes the news of its change: told and done are one. */
  async send(manager: EntityManager, addressed: Addressed, message: Message): Promise<void> {
    const { accountId, contestId, about } = addressed;
    const { kind, params } = message;
    await manager.query(
      `INSERT INTO messages (account_id, contest_id, about, kind, params)
       SELECT $1, $2, $3, $4, $5
        WHERE NOT EXISTS (SELECT FROM accounts WHERE id = $1 AND erased_at IS NOT NULL)`,
      [accountId, contestId, about, kind, JSON.stringify(params)],
    );
    await this.mails.alsoByMail(manager, addressed, message);
  }

  /** The newest first; one more than asked for says that there are more. */
  async list(accountId: string, { after, contestId, about, limit }: InboxQuery, language: Language) {
    const rows = await this.dataSource.query<Omit<StoredMessage, 'seq' | 'accountId'>[]>(
      `SELECT id, contest_id AS "contestId", about, kind, params, created_at AS "createdAt", read_at AS "readAt"
         FROM messages m
        WHERE account_id = $1
          AND ($2::uuid IS NULL OR seq < (SELECT seq FROM messages WHERE id = $2 AND account_id = $1))
          AND ($3::uuid IS NULL OR contest_id = $3) AND ($4::text IS NULL OR about = $4)
        ORDER BY seq DESC LIMIT $5`,
      [accountId, after, contestId, about, limit + 1],
    );
    const items = rows.slice(0, limit).map(({ params, ...row }) => ({
      ...row,
      ...inWords(this.kinds.words(row.kind), params, language),
    }));
    return { items, more: rows.length > limit };
  }

  async unread(accountId: string): Promise<number> {
    const [{ unread }] = await this.dataSource.query<[{ unread: number }]>(
      'SELECT count(*)::int AS unread FROM messages WHERE account_id = $1 AND read_at IS NULL',
      [accountId],
    );
    return unread;
  }

  /** One of an account's messages, or all of them; false where there is no such message. */
  async markRead(accountId: string, id: string | null): Promise<boolean> {
    const [, found] = await this.dataSource.query<[unknown, number]>(
      `UPDATE messages SET read_at = COALESCE(read_at, dingge_now())
        WHERE account_id = $1 AND ($2::uuid IS NULL AND read_at IS NULL OR id = $2)`,
      [accountId, id],
    );
    return id === null || found > 0;
  }
}
