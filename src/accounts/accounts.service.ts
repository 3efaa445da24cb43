import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager, QueryFailedError } from 'typeorm';
import { phone as phoneSchema } from '../common/validation.js';
import { Account } from './account.entity.js';
import { accountProblem } from './errors.js';
import { hashPassword, verifyPassword } from './password.js';
import { RoleGrant, type GrantedRole } from './role-grant.entity.js';
import { SessionsService } from './sessions.service.js';
import { ThrottleService } from './throttle.service.js';

/** People and their passwords. */
@Injectable()
export class AccountsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly sessions: SessionsService,
    private readonly throttle: ThrottleService,
  ) {}

  async register(person: { name: string; phone: string; password: string }): Promise<Account> {
    const accounts = this.dataSource.getRepository(Account);
    try {
      return await accounts.save(
        accounts.create({
          name: person.name,
          phone: person.phone,
          passwordHash: await hashPassword(person.password),
        }),
      );
    } catch (error) {
      if (isUniqueViolation(error)) throw accountProblem('ACCOUNT.PHONE_TAKEN');
      throw error;
    }
  }

  /** The account that this login and password open; the same time and the same words whether or not it exists. */
  async authenticate(login: string, password: string, address: string): Promise<Account> {
    const key = normalizeLogin(login);
    await this.throttle.begin(key, address);
    const account = await this.findByLogin(this.dataSource.manager, key);
    const right = await verifyPassword(password, account?.passwordHash ?? null);
    if (!right || !account || account.disabledAt) throw accountProblem('ACCOUNT.WRONG_PASSWORD');
    await this.throttle.succeeded(key, address);
    return account;
  }

  async changePassword(accountId: string, tokenHash: string, current: string, next: string): Promise<void> {
    const accounts = this.dataSource.getRepository(Account);
    const account = await accounts.findOneByOrFail({ id: accountId });
    await this.throttle.begin(accountId, accountId);
    if (!(await verifyPassword(current, account.passwordHash))) {
      throw accountProblem('ACCOUNT.WRONG_PASSWORD');
    }
    await this.throttle.succeeded(accountId, accountId);
    const passwordHash = await hashPassword(next);
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Account, accountId, { passwordHash, mustChangePassword: false });
      await this.sessions.endOthers(manager, accountId, tokenHash);
    });
  }

  /** The account with this phone or e-mail, made without a password where there is none yet. */
  async findOrInvite(manager: EntityManager, name: string, login: string): Promise<Account> {
    const contact = login.includes('@') ? { email: login, phone: null } : { phone: login, email: null };
    await manager
      .createQueryBuilder()
      .insert()
      .into(Account)
      .values({ name, passwordHash: null, ...contact })
      .orIgnore()
      .execute();
    return (await this.findByLogin(manager, login))!;
  }

  async grant(
    manager: EntityManager,
    accountId: string,
    role: GrantedRole,
    contestId: string | null,
  ): Promise<void> {
    await manager
      .createQueryBuilder()
      .insert()
      .into(RoleGrant)
      .values({ accountId, role, contestId })
      .orIgnore()
      .execute();
  }

  findByLogin(manager: EntityManager, login: string): Promise<Account | null> {
    return manager.findOneBy(Account, login.includes('@') ? { email: login } : { phone: login });
  }
}

/** A login as it is stored; what is neither phone nor e-mail stays as it is and finds nobody. */
function normalizeLogin(login: string): string {
  const trimmed = login.trim().slice(0, 200);
  if (trimmed.includes('@')) return trimmed.toLowerCase();
  const parsed = phoneSchema.safeParse(trimmed);
  return parsed.success ? parsed.data : trimmed || '-';
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const driver = error.driverError as { code?: string; constraint?: string };
  return driver.code === '23505' && (constraint === undefined || driver.constraint === constraint);
}
