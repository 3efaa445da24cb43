import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager, QueryFailedError } from 'typeorm';
import { erasedName } from '../common/erased.js';
import { both, phone as phoneSchema } from '../common/validation.js';
import { Runtime } from '../config/runtime.js';
import { CodesService } from '../messages/codes.service.js';
import type { Language } from '../common/problem.js';
import type { Person } from './access.js';
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
    private readonly codes: CodesService,
    private readonly runtime: Runtime,
  ) {}

  /** Phone and password at once; where the site asks for it, with the code that was sent to the phone. */
  async register(
    person: { name: string; phone: string; password: string; code?: string },
    address: string,
    language: Language,
  ): Promise<Account> {
    const codeId = await this.checkSignUpCode(person);
    await this.throttle.countSignUp(address);
    const passwordHash = await hashPassword(person.password);
    try {
      return await this.dataSource.transaction(async (manager) => {
        if (codeId) await this.codes.use(manager, codeId);
        const { name, phone } = person;
        return manager.save(manager.create(Account, { name, phone, passwordHash, language }));
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw accountProblem('ACCOUNT.PHONE_TAKEN');
      throw error;
    }
  }

  private async checkSignUpCode({ phone, code }: { phone: string; code?: string }): Promise<string | null> {
    if (this.runtime.env.signUpCode === 'off') return null;
    if (!code) {
      const errors = [{ path: 'code', message: both('请填写验证码。', 'Enter the code.') }];
      throw accountProblem('ACCOUNT.CODE_REQUIRED', {}, { errors });
    }
    return this.codes.check(phone, 'sign-up', code);
  }

  /**
   * The account whose password a code may set: not an organiser's or an admin's, for a phone number can be taken
   * over; theirs is set anew by link or on the server.
   */
  async mayResetByPhone(manager: EntityManager, phone: string): Promise<Account | null> {
    return manager
      .createQueryBuilder(Account, 'account')
      .where('account.phone = :phone AND account.disabled_at IS NULL', { phone })
      .andWhere(
        `NOT EXISTS (SELECT FROM role_grants g WHERE g.account_id = account.id AND g.role IN ('admin', 'organiser'))`,
      )
      .getOne();
  }

  /** Sets a forgotten password and ends the account's sessions; its id. */
  async setPasswordByCode(phone: string, code: string, password: string): Promise<string> {
    const codeId = await this.codes.check(phone, 'password', code);
    const passwordHash = await hashPassword(password);
    return this.dataSource.transaction(async (manager) => {
      await this.codes.use(manager, codeId);
      const account = await this.mayResetByPhone(manager, phone);
      if (!account) throw accountProblem('ACCOUNT.FORBIDDEN');
      await manager.update(Account, account.id, { passwordHash, mustChangePassword: false });
      await this.sessions.endOthers(manager, account.id);
      return account.id;
    });
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

  /** Whether the password is the account's; failures slow down as at the door. */
  async requirePassword(accountId: string, password: string): Promise<void> {
    const account = await this.dataSource.getRepository(Account).findOneByOrFail({ id: accountId });
    await this.throttle.begin(accountId, accountId);
    if (!(await verifyPassword(password, account.passwordHash))) {
      throw accountProblem('ACCOUNT.WRONG_PASSWORD');
    }
    await this.throttle.succeeded(accountId, accountId);
  }

  /**
   * Leaves of an account its bare row, which others' rows name: no name, no contact, nothing that opens it. Its
   * phone number and address are free again.
   */
  async erase(manager: EntityManager, { id, phone, email, pendingEmail }: Account): Promise<void> {
    for (const table of ['sessions', 'one_time_links', 'role_grants']) {
      await manager.query(`DELETE FROM ${table} WHERE account_id = $1`, [id]);
    }
    const logins = [id, phone, email, pendingEmail].filter((login) => login !== null);
    await this.throttle.forget(manager, logins);
    await manager.update(Account, id, {
      name: erasedName,
      phone: null,
      email: null,
      emailConfirmedAt: null,
      pendingEmail: null,
      pendingEmailHash: null,
      pendingEmailUntil: null,
      passwordHash: null,
      mustChangePassword: false,
      disabledAt: () => 'dingge_now()',
      erasedAt: () => 'dingge_now()',
    });
  }

  async changePassword(accountId: string, tokenHash: string, current: string, next: string): Promise<void> {
    await this.requirePassword(accountId, current);
    const passwordHash = await hashPassword(next);
    await this.dataSource.transaction(async (manager) => {
      await requireLiving(manager, accountId);
      await manager.update(Account, accountId, { passwordHash, mustChangePassword: false });
      await this.sessions.endOthers(manager, accountId, tokenHash);
    });
  }

  async rememberLanguage({ account }: Person, language: Language): Promise<void> {
    if (account.language !== language) {
      await this.dataSource.manager.update(Account, account.id, { language });
    }
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

/**
 * Refuses a request whose account was given up, or disabled, since it came in; until the caller's transaction ends
 * neither happens. What such a request left behind would belong to nobody.
 */
export async function requireLiving(manager: EntityManager, accountId: string): Promise<void> {
  const living = await manager.query<unknown[]>(
    'SELECT FROM accounts WHERE id = $1 AND disabled_at IS NULL FOR KEY SHARE',
    [accountId],
  );
  if (living.length === 0) throw accountProblem('ACCOUNT.SIGN_IN_REQUIRED');
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
