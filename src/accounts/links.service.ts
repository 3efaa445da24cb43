import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { Account } from './account.entity.js';
import { accountProblem } from './errors.js';
import { OneTimeLink } from './one-time-link.entity.js';
import { hashPassword } from './password.js';
import { hashToken, SessionsService } from './sessions.service.js';

const lifetimeHours = { invitation: 24 * 14, reset: 24 };

interface Issued {
  token: string;
  expiresAt: Date;
}

/** One-time links: an invitation to judge, a forgotten password. The database keeps only a hash of the token. */
@Injectable()
export class LinksService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly sessions: SessionsService,
  ) {}

  async issue(
    manager: EntityManager,
    kind: OneTimeLink['kind'],
    accountId: string,
    contestId: string | null,
  ): Promise<Issued> {
    // A new link of a kind ends the older ones: twelve clicks leave one that works.
    await manager.query(
      `UPDATE one_time_links SET used_at = dingge_now()
        WHERE account_id = $1 AND kind = $2 AND contest_id IS NOT DISTINCT FROM $3 AND used_at IS NULL`,
      [accountId, kind, contestId],
    );
    const token = randomBytes(24).toString('base64url');
    const [row] = await manager.query<{ expires_at: Date }[]>(
      `INSERT INTO one_time_links (token_hash, kind, account_id, contest_id, expires_at)
       VALUES ($1, $2, $3, $4, dingge_now() + make_interval(hours => $5)) RETURNING expires_at`,
      [hashToken(token), kind, accountId, contestId, lifetimeHours[kind]],
    );
    return { token, expiresAt: row.expires_at };
  }

  async look(token: string): Promise<{ link: OneTimeLink; account: Account }> {
    return this.findLive(this.dataSource.manager, token, false);
  }

  /** Sets the password of the link's account, ends its other sessions and uses the link and its siblings up. */
  async take(token: string, password: string): Promise<Account> {
    const passwordHash = await hashPassword(password);
    return this.dataSource.transaction(async (manager) => {
      const { account } = await this.findLive(manager, token, true);
      await manager.query(
        'UPDATE one_time_links SET used_at = dingge_now() WHERE account_id = $1 AND used_at IS NULL',
        [account.id],
      );
      await manager.update(Account, account.id, { passwordHash, mustChangePassword: false });
      await this.sessions.endOthers(manager, account.id);
      return account;
    });
  }

  private async findLive(manager: EntityManager, token: string, lock: boolean) {
    const query = manager
      .createQueryBuilder(OneTimeLink, 'link')
      .where('link.token_hash = :hash', { hash: hashToken(token) })
      .andWhere('link.used_at IS NULL AND link.expires_at > dingge_now()');
    const link = await (lock ? query.setLock('pessimistic_write') : query).getOne();
    const account = link && (await manager.findOneBy(Account, { id: link.accountId }));
    if (!link || !account || account.disabledAt) throw accountProblem('ACCOUNT.LINK_INVALID');
    return { link, account };
  }
}
