import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHash, randomBytes } from 'node:crypto';
import type { CookieOptions, Request, Response } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { Runtime } from '../config/runtime.js';
import type { Person } from './access.js';
import { Session } from './session.entity.js';

const plainCookie = 'dingge_session';
const hostCookie = `__Host-${plainCookie}`;
const lifetimeDays = 60;

/** Sessions in the database: made at sign-in, looked up at every request, gone when the person is disabled. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly runtime: Runtime,
  ) {}

  /** Ends the session that the browser had and gives it a new one, whose token it returns. */
  async begin(accountId: string, request: Request, response: Response): Promise<string> {
    await this.end(request, response);
    const token = randomBytes(32).toString('base64url');
    await this.dataSource.query(
      `INSERT INTO sessions (token_hash, account_id, expires_at)
       VALUES ($1, $2, dingge_now() + make_interval(days => $3))`,
      [hashToken(token), accountId, lifetimeDays],
    );
    const secure = this.isSecure(request);
    response.cookie(secure ? hostCookie : plainCookie, token, {
      ...cookieOptions(secure),
      maxAge: lifetimeDays * 86_400_000,
    });
    return token;
  }

  async end(request: Request, response: Response): Promise<void> {
    const token = readSessionToken(request);
    if (token) await this.dataSource.getRepository(Session).delete({ tokenHash: hashToken(token) });
    response.clearCookie(plainCookie, cookieOptions(false));
    if (this.isSecure(request)) response.clearCookie(hostCookie, cookieOptions(true));
  }

  /** Ends all sessions of an account, but for the one that asked. */
  async endOthers(manager: EntityManager, accountId: string, exceptTokenHash = ''): Promise<void> {
    await manager.query('DELETE FROM sessions WHERE account_id = $1 AND token_hash <> $2', [
      accountId,
      exceptTokenHash,
    ]);
  }

  /** The person behind a cookie's token, with the roles held, in one query; null when it is worth nothing. */
  find(token: string): Promise<Person | null> {
    return this.findByHash(hashToken(token));
  }

  async findByHash(tokenHash: string): Promise<Person | null> {
    const [row] = await this.dataSource.query<(Person['account'] & { roles: Person['roles'] })[]>(
      `SELECT a.id, a.name, a.phone, a.email, a.language,
              a.must_change_password AS "mustChangePassword",
              COALESCE(json_agg(json_build_object('role', g.role, 'contestId', g.contest_id))
                       FILTER (WHERE g.role IS NOT NULL), '[]') AS roles
         FROM sessions s
         JOIN accounts a ON a.id = s.account_id AND a.disabled_at IS NULL
         LEFT JOIN role_grants g ON g.account_id = a.id
        WHERE s.token_hash = $1 AND s.expires_at > dingge_now()
        GROUP BY a.id`,
      [tokenHash],
    );
    if (!row) return null;
    const { roles, ...account } = row;
    return { account, tokenHash, roles };
  }

  private isSecure(request: Request): boolean {
    return request.secure || (this.runtime.env.publicUrl?.startsWith('https:') ?? false);
  }
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function readSessionToken(request: Request): string | null {
  const cookies = new Map(
    (request.headers.cookie ?? '').split(';').map((pair) => {
      const [name = '', value = ''] = pair.trim().split('=', 2);
      return [name, value] as const;
    }),
  );
  return cookies.get(hostCookie) ?? cookies.get(plainCookie) ?? null;
}

function cookieOptions(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure };
}
