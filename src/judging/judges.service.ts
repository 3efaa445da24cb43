import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { Account } from '../accounts/account.entity.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { accountProblem } from '../accounts/errors.js';
import { LinksService } from '../accounts/links.service.js';
import { hashPassword } from '../accounts/password.js';
import { RoleGrant } from '../accounts/role-grant.entity.js';
import { AuditService } from '../audit/audit.service.js';
import { judgingProblem } from './errors.js';

/** Who may judge: invited to the contest, not its organiser, and with no work of their own in the category. */
@Injectable()
export class JudgesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly accounts: AccountsService,
    private readonly links: LinksService,
    private readonly audit: AuditService,
  ) {}

  /** Makes somebody a judge; the invitation's token where they have no password to sign in with yet. */
  async invite(
    person: Person,
    contestId: string,
    judge: { name: string; login: string; password?: string | null },
  ): Promise<{ id: string; token: string | null }> {
    const passwordHash = judge.password ? await hashPassword(judge.password) : null;
    return this.dataSource.transaction(async (manager) => {
      const account = await this.accounts.findOrInvite(manager, judge.name, judge.login);
      if (passwordHash && account.passwordHash) throw accountProblem('ACCOUNT.LOGIN_IN_USE');
      if (passwordHash) await manager.update(Account, account.id, { passwordHash });
      await this.requireNotOrganiser(manager, contestId, [account]);
      await this.accounts.grant(manager, account.id, 'judge', contestId);
      await this.audit.append(manager, {
        contestId,
        actorId: person.account.id,
        action: 'judge.invited',
        facts: { account: account.id },
      });
      const needsLink = !account.passwordHash && !passwordHash;
      const issued = needsLink ? await this.links.issue(manager, 'invitation', account.id, contestId) : null;
      return { id: account.id, token: issued?.token ?? null };
    });
  }

  /** The accounts of a panel, each of whom may judge this category; refuses with the name of one who may not. */
  async requireEligible(
    manager: EntityManager,
    contestId: string,
    categoryId: string,
    judgeIds: string[],
  ): Promise<Account[]> {
    const judges = await manager
      .createQueryBuilder(Account, 'account')
      .where('account.id IN (:...judgeIds)', { judgeIds })
      .andWhere('account.disabled_at IS NULL')
      .andWhere(
        `EXISTS (SELECT FROM role_grants g WHERE g.account_id = account.id AND g.role = 'judge' AND g.contest_id = :contestId)`,
        { contestId },
      )
      .getMany();
    if (judges.length !== new Set(judgeIds).size) throw judgingProblem('ROUND.JUDGE_UNKNOWN');
    await this.requireNotOrganiser(manager, contestId, judges);
    const [conflict] = await manager.query<{ name: string }[]>(
      `SELECT j.name FROM accounts j
         JOIN submissions s ON s.contest_id = $1 AND s.category_id = $2 AND s.status NOT IN ('draft', 'withdrawn')
         JOIN authors a ON a.id = s.author_id
         JOIN accounts sender ON sender.id = s.account_id
        WHERE j.id = ANY($3) AND (s.account_id = j.id OR a.phone = j.phone OR sender.phone = j.phone) LIMIT 1`,
      [contestId, categoryId, judgeIds],
    );
    if (conflict) throw judgingProblem('JUDGE.CONFLICT', { name: conflict.name });
    return judges;
  }

  private async requireNotOrganiser(
    manager: EntityManager,
    contestId: string,
    people: Account[],
  ): Promise<void> {
    for (const account of people) {
      const grants = await manager.findBy(RoleGrant, { accountId: account.id });
      const organises = grants.some(
        ({ role, contestId: held }) => role === 'admin' || (role === 'organiser' && held === contestId),
      );
      if (organises) throw judgingProblem('JUDGE.IS_ORGANISER', { name: account.name });
    }
  }
}
