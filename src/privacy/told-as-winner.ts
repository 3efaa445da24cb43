import type { DataSource } from 'typeorm';
import { Payee } from '../winners/payee.entity.js';
import type { PaymentsService } from '../winners/payments.service.js';
import { isOwnAuthor } from './belongings.js';

/**
 * What somebody told as the winner of works of their own, numbers masked: whoever finds the file must not be able to
 * use them. What other authors told, whose works the account sent, is theirs.
 */
export async function toldAsWinner(
  dataSource: DataSource,
  payments: PaymentsService,
  accountId: string,
): Promise<unknown[]> {
  const prizes = await dataSource.query<{ payee: string; contest: object; work: object; tier: string }[]>(
    `SELECT p.id AS payee, json_build_object('slug', c.slug, 'title', c.title) AS contest,
            json_build_object('number', s.number, 'title', s.title) AS work, t.name AS tier
       FROM payees p
       JOIN submissions s ON s.id = p.submission_id
       JOIN authors a ON a.id = s.author_id
       JOIN prize_tiers t ON t.id = p.tier_id
       JOIN contests c ON c.id = p.contest_id
      WHERE s.account_id = $1 AND ${isOwnAuthor} ORDER BY p.id`,
    [accountId],
  );
  return Promise.all(
    prizes.map(async ({ payee: id, ...prize }) => {
      const payee = await dataSource.manager.findOneByOrFail(Payee, { id });
      const { filledAt, originalConfirmedAt, purgeAt, purgedAt, linkExpiresAt } = payee;
      return {
        ...prize,
        told: payments.ownTold(payee),
        filledAt,
        // Nothing is taken without it.
        consentedAt: filledAt,
        ...{ originalConfirmedAt, linkExpiresAt, purgeAt, purgedAt },
      };
    }),
  );
}
