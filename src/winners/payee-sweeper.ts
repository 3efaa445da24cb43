import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { Sweeper } from '../common/sweeper.js';
import { PayeeKeyLost } from './payee-cipher.js';
import { PayeeCipherService } from './payee-cipher.service.js';
import { Payee } from './payee.entity.js';

const everyMs = 3600_000;
const batch = 200;

/** Drops what winners told once its time is over, and seals anew what is still under a key that goes. */
@Injectable()
export class PayeeSweeper extends Sweeper {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly cipher: PayeeCipherService,
    private readonly audit: AuditService,
  ) {
    super('payees', everyMs);
  }

  /** One pass; returns how many were purged. */
  async sweep(): Promise<number> {
    const purged = await this.purge();
    await this.reseal();
    return purged;
  }

  private async purge(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const [rows] = await manager.query<[{ id: string; contestId: string }[], number]>(
        `UPDATE payees
            SET sealed = NULL, key_id = NULL, person_hash = NULL, account_hash = NULL, purged_at = dingge_now(),
                link_hash = NULL, link_expires_at = NULL
          WHERE id IN (SELECT id FROM payees WHERE sealed IS NOT NULL AND purge_at <= dingge_now()
                        ORDER BY contest_id FOR UPDATE SKIP LOCKED)
         RETURNING id, contest_id AS "contestId"`,
      );
      const byContest = Map.groupBy(rows, ({ contestId }) => contestId);
      for (const [contestId, own] of [...byContest].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const facts = { payees: own.map(({ id }) => id) };
        await this.audit.append(manager, { contestId, actorId: null, action: 'payees.purged', facts });
      }
      return rows.length;
    });
  }

  /** Each row by itself, and only while it is still as it was read. */
  private async reseal(): Promise<void> {
    const rows = await this.dataSource.manager
      .createQueryBuilder(Payee, 'payee')
      .where('payee.sealed IS NOT NULL AND payee.key_id <> :keyId', { keyId: this.cipher.keyId })
      .take(batch)
      .getMany();
    for (const { id, keyId, sealed } of rows) {
      try {
        const told = this.cipher.open(id, { keyId: keyId!, sealed: sealed! });
        const anew = this.cipher.seal(id, told);
        await this.dataSource.query(
          `UPDATE payees SET key_id = $3, sealed = $4, person_hash = $5, account_hash = $6
            WHERE id = $1 AND sealed = $2`,
          [
            id,
            sealed,
            anew.keyId,
            anew.sealed,
            this.cipher.compareHash('person', told.idNumber),
            this.cipher.compareHash('account', told.account),
          ],
        );
      } catch (error) {
        if (!(error instanceof PayeeKeyLost)) throw error;
        this.logger.warn(`what a winner told can't be opened: ${error.message}`);
        return;
      }
    }
  }
}
