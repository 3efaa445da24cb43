import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../../audit/audit.service.js';
import { Sweeper } from '../../common/sweeper.js';
import { StorageService } from '../../storage/storage.service.js';
import { objectionFileKey } from './objection.entity.js';

const everyMs = 3600_000;

/**
 * Drops what objections told once its time is over, and files of those that came to nothing; forgets from where
 * objections came once that is counted no more.
 */
@Injectable()
export class ObjectionSweeper extends Sweeper {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
    private readonly audit: AuditService,
  ) {
    super('objections', everyMs);
  }

  /** One pass; returns how many files went. */
  async sweep(): Promise<number> {
    await this.dataSource.query(
      `UPDATE objections SET address_hash = NULL
        WHERE address_hash IS NOT NULL AND received_at < dingge_now() - interval '1 day'`,
    );
    await this.purge();
    return this.removeFiles();
  }

  /** That there was one, when, about which work, and what was answered in public stays: it belongs to the result. */
  private async purge(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [rows] = await manager.query<[{ id: string; contestId: string }[], number]>(
        `UPDATE objections
            SET name = '', phone = '', text = '', account_id = NULL, address_hash = NULL, purged_at = dingge_now(),
                answer = CASE WHEN answer_public THEN answer ELSE '' END
          WHERE id IN (SELECT id FROM objections WHERE purged_at IS NULL AND purge_at <= dingge_now()
                        ORDER BY contest_id FOR UPDATE SKIP LOCKED)
         RETURNING id, contest_id AS "contestId"`,
      );
      await manager.query(
        `DELETE FROM audit_texts t USING audit_entries e
          WHERE e.text_hash = t.text_hash AND e.action = 'objection.answered'
            AND e.facts->>'objection' = ANY($1) AND e.facts->>'public' = 'false'`,
        [rows.map(({ id }) => id)],
      );
      const byContest = Map.groupBy(rows, ({ contestId }) => contestId);
      for (const [contestId, own] of [...byContest].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const facts = { objections: own.map(({ id }) => id) };
        await this.audit.append(manager, { contestId, actorId: null, action: 'objections.purged', facts });
      }
    });
  }

  /** The rows of those that can't be removed now stay, and are found again. */
  private async removeFiles(): Promise<number> {
    const left = await this.dataSource.query<{ id: string }[]>(
      `SELECT f.id FROM objection_files f
        WHERE f.created_at < dingge_now() - interval '1 day'
          AND NOT EXISTS (SELECT FROM objections o WHERE o.id = f.objection_id AND o.purged_at IS NULL)`,
    );
    for (const { id } of left) {
      await this.storage.remove(objectionFileKey(id));
      await this.dataSource.query('DELETE FROM objection_files WHERE id = $1', [id]);
    }
    return left.length;
  }
}
