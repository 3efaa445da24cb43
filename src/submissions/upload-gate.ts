import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import type { Category } from '../contests/category.entity.js';
import { contestProblem } from '../contests/errors.js';
import { announcedLength } from '../media/announced-length.js';
import { mediaProblem } from '../media/errors.js';
import { openColumns, refuseUnlessOpen, type OpenState } from './deadline.js';
import { quotaExceeded, usedBytes } from './quota.js';
import type { Submission } from './submission.entity.js';

/** What may come in, as an upload needs to know it. */
export type UploadCategory = Pick<
  Category,
  'id' | 'key' | 'name' | 'media' | 'entry' | 'linkRequired' | 'limits'
>;

interface Terms extends OpenState {
  contestId: string;
  categories: UploadCategory[];
  quotaBytes: string;
  usedBytes: string;
  /** By the database's clock: when the upload began. */
  now: Date;
}

/** What a multipart body may hold beside its files. */
const overheadBytes = 1_000_000;

/** What is checked of an upload before a byte of its body is read: in one query, as each upload pays for it. */
@Injectable()
export class UploadGate {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** For a new work: refuses a contest that isn't open, too. */
  async forNewWork(
    request: Request,
    slug: string,
    accountId: string,
  ): Promise<{ contestId: string; categories: UploadCategory[]; begunAt: Date }> {
    const length = announcedLength(request);
    const terms = await this.terms('c.slug', slug, accountId);
    refuseUnlessOpen(terms);
    refuseByLength(length, terms, terms.categories);
    return { ...terms, begunAt: terms.now };
  }

  /** For files of a work that is there; returns when they began to come. */
  async forFiles(request: Request, { contestId, accountId, category, status }: Submission): Promise<Date> {
    const length = announcedLength(request);
    const terms = await this.terms('c.id', contestId, accountId);
    if (status !== 'returned') refuseUnlessOpen(terms);
    refuseByLength(length, terms, [category]);
    return terms.now;
  }

  private async terms(column: 'c.slug' | 'c.id', value: string, accountId: string): Promise<Terms> {
    const [terms] = await this.dataSource.query<Terms[]>(
      `SELECT c.id AS "contestId", c.account_quota_bytes AS "quotaBytes", ${openColumns},
              dingge_now() AS now, ${usedBytes('$2')} AS "usedBytes",
              (SELECT json_agg(json_build_object('id', k.id, 'key', k.key, 'name', k.name, 'media', k.media, 'entry', k.entry,
                                                'linkRequired', k.link_required, 'limits', k.limits))
                 FROM categories k WHERE k.contest_id = c.id) AS categories
         FROM contests c WHERE ${column} = $1`,
      [value, accountId],
    );
    if (!terms) throw contestProblem('CONTEST.NOT_FOUND');
    return terms;
  }
}

/** By announced length: more than any of the categories takes, or more than the account's quota (413). */
function refuseByLength(length: number, terms: Terms, categories: UploadCategory[]): void {
  const largest = Math.max(...categories.map(({ limits }) => limits.maxBytes * limits.maxFiles));
  if (length > largest + overheadBytes) {
    throw mediaProblem('MEDIA.TOO_LARGE', { limit: Math.floor(largest / 1e6) });
  }
  const quota = Number(terms.quotaBytes);
  if (Number(terms.usedBytes) + length > quota + overheadBytes) {
    throw quotaExceeded(quota);
  }
}
