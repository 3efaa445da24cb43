import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import type { Category } from '../contests/category.entity.js';
import { contestProblem } from '../contests/errors.js';
import { mediaProblem } from '../media/errors.js';
import { openColumns, refuseUnlessOpen, type OpenState } from './deadline.js';

/** What may come in, as an upload needs to know it. */
export type UploadCategory = Pick<
  Category,
  'id' | 'key' | 'name' | 'media' | 'entry' | 'linkRequired' | 'limits'
>;

interface Terms extends OpenState {
  contestId: string;
  categories: UploadCategory[];
  quotaBytes: string;
  /** All that the account has stored in the contest, what it took out again included: the files are kept. */
  usedBytes: string;
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
  ): Promise<{ contestId: string; categories: UploadCategory[] }> {
    const length = announcedLength(request);
    const terms = await this.terms('c.slug', slug, accountId);
    refuseUnlessOpen(terms);
    refuseByLength(length, terms, terms.categories);
    return terms;
  }

  /** For files of a work that is there. */
  async forFiles(
    request: Request,
    contestId: string,
    accountId: string,
    category: UploadCategory,
  ): Promise<void> {
    const length = announcedLength(request);
    refuseByLength(length, await this.terms('c.id', contestId, accountId), [category]);
  }

  private async terms(column: 'c.slug' | 'c.id', value: string, accountId: string): Promise<Terms> {
    const [terms] = await this.dataSource.query<Terms[]>(
      `SELECT c.id AS "contestId", c.account_quota_bytes AS "quotaBytes", ${openColumns},
              (SELECT json_agg(json_build_object('id', k.id, 'key', k.key, 'name', k.name, 'media', k.media, 'entry', k.entry,
                                                'linkRequired', k.link_required, 'limits', k.limits))
                 FROM categories k WHERE k.contest_id = c.id) AS categories,
              (SELECT COALESCE(sum(m.bytes), 0) FROM media m
                WHERE m.account_id = $2 AND m.contest_id = c.id) AS "usedBytes"
         FROM contests c WHERE ${column} = $1`,
      [value, accountId],
    );
    if (!terms) throw contestProblem('CONTEST.NOT_FOUND');
    return terms;
  }
}

function announcedLength(request: Request): number {
  const announced = request.headers['content-length'];
  if (announced === undefined || !/^\d+$/.test(announced)) throw mediaProblem('MEDIA.LENGTH_REQUIRED');
  return Number(announced);
}

/** By announced length: more than any of the categories takes, or more than the account's quota (413). */
function refuseByLength(length: number, terms: Terms, categories: UploadCategory[]): void {
  const largest = Math.max(...categories.map(({ limits }) => limits.maxBytes * limits.maxFiles));
  if (length > largest + overheadBytes) {
    throw mediaProblem('MEDIA.TOO_LARGE', { limit: Math.floor(largest / 1e6) });
  }
  const quota = Number(terms.quotaBytes);
  if (Number(terms.usedBytes) + length > quota + overheadBytes) {
    throw mediaProblem('MEDIA.QUOTA_EXCEEDED', { limit: Math.floor(quota / 1e6) });
  }
}
