import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { Category } from '../contests/category.entity.js';
import type { Contest } from '../contests/contest.entity.js';
import { mediaProblem } from '../media/errors.js';
import { MediaService } from '../media/media.service.js';

/** What a multipart body may hold beside its files. */
const overheadBytes = 1_000_000;

/** What is checked of an upload before a byte of its body is read. */
@Injectable()
export class UploadGate {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly media: MediaService,
  ) {}

  /** Refuses by announced length: none (411), more than any category takes, or more than the account's quota (413). */
  async check(request: Request, contest: Contest, accountId: string, categories: Category[]): Promise<void> {
    const announced = request.headers['content-length'];
    if (announced === undefined || !/^\d+$/.test(announced)) throw mediaProblem('MEDIA.LENGTH_REQUIRED');
    const length = Number(announced);
    const largest = Math.max(...categories.map(({ limits }) => limits.maxBytes * limits.maxFiles));
    if (length > largest + overheadBytes) {
      throw mediaProblem('MEDIA.TOO_LARGE', { limit: Math.floor(largest / 1e6) });
    }
    const used = await this.media.usedBytes(accountId, contest.id);
    if (used + length > contest.accountQuotaBytes + overheadBytes) {
      throw mediaProblem('MEDIA.QUOTA_EXCEEDED', { limit: Math.floor(contest.accountQuotaBytes / 1e6) });
    }
  }

  categories(contestId: string): Promise<Category[]> {
    return this.dataSource.manager.findBy(Category, { contestId });
  }
}
