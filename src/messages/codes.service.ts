import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHmac, hkdfSync, randomInt, timingSafeEqual } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { fill, type Language } from '../common/problem.js';
import { Runtime } from '../config/runtime.js';
import { openCodeSender, type CodePurpose, type CodeSender } from './code-sender.js';
import { codeProblem } from './errors.js';

const lifetimeSeconds = 300;
const maxTries = 5;

/** How many codes may be asked for within so many seconds: for one phone, from one address, and in all. */
const limits = [
  { by: 'phone', most: 1, within: 60 },
  { by: 'phone', most: 5, within: 3600 },
  { by: 'address', most: 20, within: 3600 },
  { by: 'all', most: 600, within: 3600 },
] as const;

const said: Record<Language, string> = {
  zh: '【定格】验证码 {code}，{minutes} 分钟内有效。如非本人操作，请忽略。',
  en: '[Dingge] Your code is {code}, good for {minutes} minutes. Ignore this if it was not you.',
};

interface CodeRequest {
  phone: string;
  purpose: CodePurpose;
  /** Network address that asks. */
  address: string;
  language: Language;
  /** False counts and answers all the same, and sends nothing. */
  deliver: boolean;
}

/** One-time codes of six digits, sent to a phone, kept as keyed hashes: good for five minutes, five tries, one use. */
@Injectable()
export class CodesService implements OnApplicationShutdown {
  private readonly logger = new Logger('codes');
  private readonly sender: CodeSender;
  private readonly key: Buffer;
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    runtime: Runtime,
  ) {
    this.sender = openCodeSender(runtime.env);
    this.key = Buffer.from(hkdfSync('sha256', runtime.secrets.sessionSecret, '', 'dingge codes', 32));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Seconds until the next one may be asked for. The code is on its way, not there: the answer waits for nobody. */
  async request({ phone, purpose, address, language, deliver }: CodeRequest): Promise<number> {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const phoneHash = this.hash('phone', phone);
    const addressHash = this.hash('address', address);
    await this.dataSource.transaction(async (manager) => {
      // Many requests at once are counted one after another.
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('one_time_codes'))`);
      await this.requireWithinLimits(manager, phoneHash, addressHash);
      await manager.query(`DELETE FROM one_time_codes WHERE created_at < dingge_now() - interval '1 day'`);
      await manager.query(
        `INSERT INTO one_time_codes (phone_hash, address_hash, code_hash, expires_at, created_at)
         VALUES ($1, $2, $3, dingge_now() + make_interval(secs => $4), dingge_now())`,
        [phoneHash, addressHash, deliver ? this.hash(purpose, `${phone} ${code}`) : null, lifetimeSeconds],
      );
    });
    if (deliver) {
      const text = fill(said[language], { code, minutes: lifetimeSeconds / 60 });
      this.deliver({ phone, code, purpose, expiresInSeconds: lifetimeSeconds, text });
    }
    return limits[0].within;
  }

  /**
   * Counts a try, committed whatever becomes of it, and returns the code's row for {@link use}. Only the newest code
   * of a phone counts.
   */
  async check(phone: string, purpose: CodePurpose, code: string): Promise<string> {
    const [[row]] = await this.dataSource.query<[{ id: string; codeHash: string }[], number]>(
      `UPDATE one_time_codes SET tries = tries + 1
        WHERE id = (SELECT id FROM one_time_codes WHERE phone_hash = $1 ORDER BY created_at DESC LIMIT 1)
          AND tries < $2 AND used_at IS NULL AND code_hash IS NOT NULL AND expires_at > dingge_now()
       RETURNING id, code_hash AS "codeHash"`,
      [this.hash('phone', phone), maxTries],
    );
    const given = Buffer.from(this.hash(purpose, `${phone} ${code}`));
    if (!row || !timingSafeEqual(given, Buffer.from(row.codeHash))) throw codeProblem('CODE.WRONG');
    return row.id;
  }

  /** Uses a checked code up, in the transaction of what it allows: of two at once one gets nothing. */
  async use(manager: EntityManager, id: string): Promise<void> {
    const [, used] = await manager.query<[unknown, number]>(
      'UPDATE one_time_codes SET used_at = dingge_now() WHERE id = $1 AND used_at IS NULL',
      [id],
    );
    if (used === 0) throw codeProblem('CODE.WRONG');
  }

  private async requireWithinLimits(manager: EntityManager, phone: string, address: string): Promise<void> {
    for (const { by, most, within } of limits) {
      const column = { phone: 'phone_hash = $1', address: 'address_hash = $1', all: '$1::text IS NOT NULL' }[
        by
      ];
      const [row] = await manager.query<{ seconds: number }[]>(
        `SELECT ceil(extract(epoch FROM created_at - dingge_now()) + $2)::int AS seconds
           FROM one_time_codes
          WHERE ${column} AND created_at > dingge_now() - make_interval(secs => $2)
          ORDER BY created_at DESC OFFSET $3 LIMIT 1`,
        [by === 'phone' ? phone : address, within, most - 1],
      );
      if (!row) continue;
      const seconds = Math.max(1, row.seconds);
      throw codeProblem('CODE.TOO_MANY', { seconds }, { headers: { 'Retry-After': String(seconds) } });
    }
  }

  private deliver(delivery: Parameters<CodeSender['send']>[0]): void {
    const sending = this.sender
      .send(delivery)
      .catch((error: Error) => this.logger.error(`a code for ${delivery.purpose}: ${error.message}`))
      .finally(() => this.underWay.delete(sending));
    this.underWay.add(sending);
  }

  private hash(what: string, text: string): string {
    return createHmac('sha256', this.key).update(`${what} ${text}`).digest('hex');
  }
}
