import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Sweeper } from '../../common/sweeper.js';
import { StorageService } from '../../storage/storage.service.js';
import { objectionFileKey } from './objection.entity.js';

const everyMs = 3600_000;

/** Removes files of objections that came to nothing, and forgets from where objections came once that is counted no more. */
@Injectable()
export class ObjectionSweeper extends Sweeper {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
  ) {
    super('objections', everyMs);
  }

  /** One pass; returns how many files went. */
  async sweep(): Promise<number> {
    await this.dataSource.query(
      `UPDATE objections SET address_hash = NULL
        WHERE address_hash IS NOT NULL AND received_at < dingge_now() - interval '1 day'`,
    );
    const left = await this.dataSource.query<{ id: string }[]>(
      `SELECT f.id FROM objection_files f
        WHERE f.created_at < dingge_now() - interval '1 day'
          AND NOT EXISTS (SELECT FROM objections o WHERE o.id = f.objection_id)`,
    );
    for (const { id } of left) {
      await this.storage.remove(objectionFileKey(id));
      await this.dataSource.query('DELETE FROM objection_files WHERE id = $1', [id]);
    }
    return left.length;
  }
}
