import { randomInt } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { Account } from '../accounts/account.entity.js';
import { hashPassword } from '../accounts/password.js';
import { RoleGrant } from '../accounts/role-grant.entity.js';
import type { Env } from '../config/env.js';
import { seedTianyuan } from '../contests/seed/tianyuan.js';

/** Who runs a fresh installation. */
export const firstLogin = 'admin@dingge.local';

const seedLock = 7_151_915;

/**
 * What a fresh installation needs: the first contest and somebody to run it. Does nothing where they are.
 * @returns the one-time password of an organiser who was just made, else null
 */
export async function takeFirstSteps(
  dataSource: DataSource,
  env: Pick<Env, 'seedDates'>,
): Promise<string | null> {
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  return dataSource.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [seedLock]);
    const [{ now }] = await manager.query<[{ now: Date }]>('SELECT dingge_now() AS now');
    const { contest } = await seedTianyuan(manager, env.seedDates, now);
    if (await manager.existsBy(RoleGrant, { role: 'admin' })) return null;
    const admin = await manager.save(
      manager.create(Account, { name: '主办方', email: firstLogin, passwordHash, mustChangePassword: true }),
    );
    await manager.insert(RoleGrant, [
      { accountId: admin.id, role: 'admin', contestId: null },
      { accountId: admin.id, role: 'organiser', contestId: contest.id },
    ]);
    return password;
  });
}

/** Gives the first admin a new one-time password and ends their sessions. */
export async function resetAdmin(
  manager: EntityManager,
): Promise<{ login: string; password: string } | null> {
  const admin = await manager
    .createQueryBuilder(Account, 'account')
    .innerJoin('role_grants', 'held', "held.account_id = account.id AND held.role = 'admin'")
    .orderBy('account.created_at', 'ASC')
    .getOne();
  if (!admin) return null;
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  await manager.update(Account, admin.id, { passwordHash, mustChangePassword: true, disabledAt: null });
  await manager.query('DELETE FROM sessions WHERE account_id = $1', [admin.id]);
  return { login: admin.email ?? admin.phone ?? '', password };
}

/** Easy to type from a screen: no letters that look alike; 16 of 31 letters are 79 bits. */
function oneTimePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const drawn = Array.from({ length: 16 }, () => letters[randomInt(letters.length)]);
  return [0, 4, 8, 12].map((from) => drawn.slice(from, from + 4).join('')).join('-');
}

/** The line that people, and the demo, look for. */
export function announce(login: string, password: string): string {
  return `DINGGE organiser login ${login} one-time password ${password}`;
}
