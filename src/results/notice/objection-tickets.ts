import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** So long somebody writes at the least, and a form stays good. */
export const waitSeconds = 10;
const goodForMs = 4 * 3600_000;

/**
 * What stands in place of a puzzle: a form is sent with a ticket that the server signed when it was opened, some seconds
 * before, and each ticket is good once. Who sends many has to open many, and to wait for each.
 */
export class ObjectionTickets {
  private readonly key: Buffer;

  constructor(secret: Buffer) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'dingge objection ticket', 32));
  }

  issue(noticeId: string, now: Date): string {
    const body = `${noticeId}.${now.getTime()}.${randomBytes(9).toString('base64url')}`;
    return `${body}.${this.sign(body)}`;
  }

  /** `early` by how many seconds; `stale` also for one of another notice, or of nobody. */
  check(
    ticket: string,
    noticeId: string,
    now: Date,
  ): { state: 'good' | 'stale' } | { state: 'early'; seconds: number } {
    const [of, at, random, signature] = ticket.split('.');
    const body = `${of}.${at}.${random}`;
    const expected = Buffer.from(this.sign(body));
    const given = Buffer.from(signature ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { state: 'stale' };
    const age = now.getTime() - Number(at);
    if (of !== noticeId || age > goodForMs) return { state: 'stale' };
    if (age < waitSeconds * 1000) return { state: 'early', seconds: Math.ceil(waitSeconds - age / 1000) };
    return { state: 'good' };
  }

  /** An address as it is counted: nobody computes it without the key. */
  addressHash(address: string): string {
    return createHmac('sha256', this.key).update(`address ${address}`).digest('hex').slice(0, 32);
  }

  private sign(body: string): string {
    return createHmac('sha256', this.key).update(body).digest('base64url');
  }
}
