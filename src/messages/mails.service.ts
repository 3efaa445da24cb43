import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language } from '../common/problem.js';
import type { Message } from './words.js';

interface Addressee {
  accountId: string;
  name: string;
  address: string;
  language: Language;
}

/** E-mails on their way: rows that a worker sends. */
@Injectable()
export class MailsService {
  /**
   * A message as an e-mail too, where its account has an address that its owner confirmed: all that this room knows
   * of accounts.
   */
  async alsoByMail(
    manager: EntityManager,
    { accountId, contestId, about }: { accountId: string; contestId: string | null; about: string | null },
    { kind, params }: Message,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO mails (account_id, to_name, to_address, language, contest_id, about, kind, params)
       SELECT id, name, email, language, $2, $3, $4, $5 FROM accounts
        WHERE id = $1 AND email IS NOT NULL AND email_confirmed_at IS NOT NULL AND disabled_at IS NULL`,
      [accountId, contestId, about, kind, JSON.stringify(params)],
    );
  }

  /** To an address that is not yet known to be the account's own, about a page of the site. */
  async write(
    manager: EntityManager,
    to: Addressee,
    about: string,
    { kind, params }: Message,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO mails (account_id, to_name, to_address, language, about, kind, params)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [to.accountId, to.name, to.address, to.language, about, kind, JSON.stringify(params)],
    );
  }

  /** How many of a kind were written to the account or to the address within the last day. */
  async writtenToday(
    manager: EntityManager,
    kind: string,
    accountId: string,
    address: string,
  ): Promise<number> {
    const [{ count }] = await manager.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM mails
        WHERE kind = $1 AND (account_id = $2 OR to_address = $3)
          AND created_at > clock_timestamp() - interval '1 day'`,
      [kind, accountId, address],
    );
    return count;
  }

  /** Whether the last mail to the account's address was given up. */
  async undelivered(manager: EntityManager, accountId: string, address: string): Promise<boolean> {
    const [last] = await manager.query<{ failed: boolean }[]>(
      `SELECT status = 'failed' AS failed FROM mails WHERE account_id = $1 AND to_address = $2
        ORDER BY created_at DESC LIMIT 1`,
      [accountId, address],
    );
    return last?.failed ?? false;
  }
}
