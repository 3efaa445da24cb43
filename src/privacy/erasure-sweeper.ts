import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Sweeper } from '../common/sweeper.js';
import { dropUnusedAuthors, forgetWords } from './erasure.js';

const everyMs = 3600_000;

/** Drops what had to stay for a while: words of anonymised works until the result, names that no work came to use. */
@Injectable()
export class ErasureSweeper extends Sweeper {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    super('privacy', everyMs);
  }

  /** One pass. */
  async sweep(): Promise<void> {
    await forgetWords(this.dataSource.manager);
    await dropUnusedAuthors(this.dataSource.manager);
  }
}
