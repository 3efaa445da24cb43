import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { Language } from '../common/problem.js';
import { MessageKinds } from '../messages/message-kinds.js';
import { MailsService } from '../messages/mails.service.js';
import type { Person } from './access.js';
import { Account } from './account.entity.js';
import { isUniqueViolation } from './accounts.service.js';
import { accountProblem } from './errors.js';
import { accountMessages } from './messages.js';
import { hashToken } from './sessions.service.js';

const lifetimeHours = 48;
/** Confirmations that are sent in a day, to one account and to one address: nobody's mailbox is filled from here. */
const mailsADay = 5;

export interface EmailView {
  email: string | null;
  confirmed: boolean;
  /** Given, but not yet confirmed. */
  pending: string | null;
  /** Whether the last e-mail could not be delivered. */
  undelivered: boolean;
}

/** An account's e-mail address: nothing but one link is sent there until its owner has followed that. */
@Injectable()
export class EmailService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly mails: MailsService,
    private readonly kinds: MessageKinds,
  ) {}

  onModuleInit(): void {
    this.kinds.register(accountMessages.kinds);
  }

  async show(me: Person): Promise<EmailView> {
    const { manager } = this.dataSource;
    const account = await manager.findOneByOrFail(Account, { id: me.account.id });
    const address = account.pendingEmail ?? account.email;
    return {
      email: account.email,
      confirmed: account.emailConfirmedAt !== null,
      pending: account.pendingEmail,
      undelivered: address !== null && (await this.mails.undelivered(manager, account.id, address)),
    };
  }

  /**
   * Sends a link to a new address, which counts once it is followed; until then the old one stays. The answer says
   * nothing of whether another account has it.
   */
  async give(me: Person, address: string, language: Language): Promise<void> {
    const token = randomBytes(24).toString('base64url');
    await this.dataSource.transaction(async (manager) => {
      const account = await manager.findOneOrFail(Account, {
        where: { id: me.account.id },
        lock: { mode: 'pessimistic_write' },
      });
      if (account.disabledAt) throw accountProblem('ACCOUNT.SIGN_IN_REQUIRED');
      if (account.email === address && account.emailConfirmedAt) return;
      const { kind, ...message } = accountMessages.message('ACCOUNT.CONFIRM_EMAIL', { hours: lifetimeHours });
      if ((await this.mails.writtenToday(manager, kind, account.id, address)) >= mailsADay) {
        throw accountProblem('ACCOUNT.TOO_MANY_MAILS', {}, { headers: { 'Retry-After': '86400' } });
      }
      await manager.update(Account, account.id, {
        pendingEmail: address,
        pendingEmailHash: hashToken(token),
        pendingEmailUntil: () => `dingge_now() + interval '${lifetimeHours} hours'`,
        language,
      });
      const to = { accountId: account.id, name: account.name, address, language };
      await this.mails.write(manager, to, `confirm-email/${token}`, { kind, ...message });
    });
  }

  /** Takes the address away, and one that waits to be confirmed. */
  async remove(me: Person): Promise<void> {
    if (!me.account.phone && me.account.email) throw accountProblem('ACCOUNT.EMAIL_IS_LOGIN');
    await this.dataSource.manager.update(Account, me.account.id, {
      email: null,
      emailConfirmedAt: null,
      pendingEmail: null,
      pendingEmailHash: null,
      pendingEmailUntil: null,
    });
  }

  /** Whoever has the link reads that mailbox, signed in or not; what they learn is their own address. */
  async confirm(token: string): Promise<string> {
    try {
      const [[confirmed]] = await this.dataSource.query<[{ email: string }[], number]>(
        `UPDATE accounts SET email = pending_email, email_confirmed_at = dingge_now(), pending_email = NULL,
                pending_email_hash = NULL, pending_email_until = NULL
          WHERE pending_email_hash = $1 AND pending_email_until > dingge_now() AND disabled_at IS NULL
         RETURNING email`,
        [hashToken(token)],
      );
      if (!confirmed) throw accountProblem('ACCOUNT.EMAIL_LINK_INVALID');
      return confirmed.email;
    } catch (error) {
      if (isUniqueViolation(error)) throw accountProblem('ACCOUNT.EMAIL_TAKEN');
      throw error;
    }
  }
}
