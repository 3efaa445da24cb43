import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { accountProblem } from './errors.js';

/** Tries that cost nothing; beyond them each failure doubles the wait, from one second to a minute. */
const free = { login: 5, address: 50 };
const longestWait = 60;
/** From one address: a community's office, a whole village behind one gateway. */
const signUpsAnHour = 100;

/**
 * Connections of the machine itself aren't counted: scripts, or a proxy that TRUST_PROXY doesn't know, behind which
 * everybody would be one.
 */
export function isOwnMachine(address: string): boolean {
  return /^(?:::ffff:)?127\.|^::1$/.test(address);
}

/** Back-off for sign-in by account and by address, and for guessed addresses, shared by all processes; it never locks for good. */
@Injectable()
export class ThrottleService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Counts a try before its password is looked at, so that many at once are as many as one after another.
   * Refuses with 429 while one of the two has to wait.
   */
  async begin(login: string, address: string): Promise<void> {
    for (const { key, allowance } of keys(login, address)) {
      if (!(await this.count(key, allowance))) throw await this.mustWait(key);
    }
  }

  /** Refuses with 429 an address from which too many addresses of one kind were guessed, until its wait is over. */
  async refuseGuesser(kind: string, address: string): Promise<void> {
    const key = guessKey(kind, address);
    const [blocked] = await this.dataSource.query<unknown[]>(
      'SELECT FROM sign_in_failures WHERE key = $1 AND blocked_until > dingge_now()',
      [key],
    );
    if (blocked) throw await this.mustWait(key);
  }

  /** Counts an address that led nowhere. Those that do cost nothing: many people share one address. */
  async countGuess(kind: string, address: string): Promise<void> {
    await this.count(guessKey(kind, address), free.address);
  }

  /** Whether the try was counted: it isn't while the key has to wait. */
  private async count(key: string, allowance: number): Promise<boolean> {
    const [counted] = await this.dataSource.query<{ key: string }[]>(
      `INSERT INTO sign_in_failures AS f (key, count, blocked_until, last_at)
         VALUES ($1, 1, dingge_now(), dingge_now())
         ON CONFLICT (key) DO UPDATE SET
           count = CASE WHEN f.last_at < dingge_now() - interval '15 minutes' THEN 1 ELSE f.count + 1 END,
           blocked_until = dingge_now() + make_interval(secs =>
             CASE WHEN f.last_at < dingge_now() - interval '15 minutes' OR f.count + 1 <= $2 THEN 0
                  ELSE least($3, power(2, least(f.count - $2, 10))) END),
           last_at = dingge_now()
         WHERE f.blocked_until <= dingge_now()
         RETURNING key`,
      [key, allowance, longestWait],
    );
    return counted !== undefined;
  }

  /** The try was right: it doesn't count. */
  async succeeded(login: string, address: string): Promise<void> {
    const [own, shared] = keys(login, address);
    await this.dataSource.query('DELETE FROM sign_in_failures WHERE key = $1', [own.key]);
    await this.dataSource.query(
      'UPDATE sign_in_failures SET count = count - 1, blocked_until = dingge_now() WHERE key = $1 AND count > 0',
      [shared.key],
    );
  }

  /** Of logins that are no more. */
  async forget(manager: EntityManager, logins: string[]): Promise<void> {
    const known = logins.map((login) => keys(login, login)).flat();
    await manager.query('DELETE FROM sign_in_failures WHERE key = ANY($1)', [known.map(({ key }) => key)]);
  }

  /** Counts an account that is about to be made. */
  async countSignUp(address: string): Promise<void> {
    if (isOwnMachine(address)) return;
    const [{ count, seconds }] = await this.dataSource.query<[{ count: number; seconds: number }]>(
      `INSERT INTO sign_in_failures AS f (key, count, blocked_until, last_at)
       VALUES ($1, 1, dingge_now() + interval '1 hour', dingge_now())
       ON CONFLICT (key) DO UPDATE SET
         count = CASE WHEN f.blocked_until <= dingge_now() THEN 1 ELSE f.count + 1 END,
         blocked_until = CASE WHEN f.blocked_until <= dingge_now() THEN dingge_now() + interval '1 hour'
                              ELSE f.blocked_until END,
         last_at = dingge_now()
       RETURNING count, greatest(1, ceil(extract(epoch FROM blocked_until - dingge_now())))::int AS seconds`,
      [`sign-up:${hashKey(address)}`],
    );
    if (count > signUpsAnHour) {
      throw accountProblem(
        'ACCOUNT.TOO_MANY_SIGN_UPS',
        { seconds },
        { headers: { 'Retry-After': String(seconds) } },
      );
    }
  }

  private async mustWait(key: string) {
    const [row] = await this.dataSource.query<{ seconds: string }[]>(
      `SELECT greatest(1, ceil(extract(epoch FROM blocked_until - dingge_now()))) AS seconds
         FROM sign_in_failures WHERE key = $1`,
      [key],
    );
    const seconds = Number(row?.seconds ?? 1);
    return accountProblem(
      'ACCOUNT.TOO_MANY_TRIES',
      { seconds },
      { headers: { 'Retry-After': String(seconds) } },
    );
  }
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

function guessKey(kind: string, address: string): string {
  return `${kind}:${hash(address)}`;
}

function keys(login: string, address: string) {
  return [
    { key: `login:${hashKey(login.toLowerCase())}`, allowance: free.login },
    { key: `address:${hashKey(address)}`, allowance: free.address },
  ] as const;
}

function hashKey(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
