import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import { winnerProblem } from './errors.js';
import { PaymentSettings } from './payment-settings.entity.js';

/** How prizes are taxed and how long is kept what winners tell. */
@Injectable()
export class PaymentSettingsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  async of(contestId: string): Promise<Pick<PaymentSettings, 'taxes' | 'purgeDays'>> {
    const kept = await this.dataSource.manager.findOneBy(PaymentSettings, { contestId });
    return kept ?? { taxes: {}, purgeDays: 180 };
  }

  /** A shorter or longer time goes for what was told before, too. */
  async change(
    person: Person,
    contestId: string,
    { taxes, purgeDays }: Pick<PaymentSettings, 'taxes' | 'purgeDays'>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [{ strange }] = await manager.query<[{ strange: boolean }]>(
        `SELECT EXISTS (SELECT FROM unnest($2::uuid[]) AS x (id)
                         WHERE NOT EXISTS (SELECT FROM prize_tiers t JOIN categories k ON k.id = t.category_id
                                            WHERE t.id = x.id AND k.contest_id = $1)) AS strange`,
        [contestId, Object.keys(taxes)],
      );
      if (strange) throw winnerProblem('PAYMENT.TIER_UNKNOWN');
      await manager.upsert(PaymentSettings, { contestId, taxes, purgeDays }, ['contestId']);
      await manager.query(
        `UPDATE payees SET purge_at = filled_at + make_interval(days => $2)
          WHERE contest_id = $1 AND filled_at IS NOT NULL AND purged_at IS NULL`,
        [contestId, purgeDays],
      );
      await this.audit.append(manager, {
        contestId,
        actorId: person.account.id,
        action: 'payment.settings_changed',
        facts: { taxes, purgeDays },
      });
    });
  }
}
