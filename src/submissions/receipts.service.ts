import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { ThrottleService } from '../accounts/throttle.service.js';
import type { Language } from '../common/problem.js';
import { Runtime } from '../config/runtime.js';
import { FileChecksService } from '../media/file-checks.service.js';
import { MediaService } from '../media/media.service.js';
import type { FileCheckView, ReceiptView } from './receipt-dto.js';
import { submissionProblem } from './errors.js';
import { ReceiptTokens } from './receipt-token.js';
import { standingWords, type Standing } from './receipt-words.js';
import { SubmissionsService } from './submissions.service.js';
import type { Submission } from './submission.entity.js';

interface Row extends Standing {
  id: string;
  number: string;
  title: string;
  submittedAt: Date;
  category: string;
  slug: string;
  contest: string;
  timeZone: string;
}

/** What anybody may see who holds a receipt: that it came, whole, and where it stands; never whose it is. */
@Injectable()
export class ReceiptsService {
  private readonly tokens: ReceiptTokens;

  constructor(
    runtime: Runtime,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly media: MediaService,
    private readonly throttle: ThrottleService,
    private readonly submissions: SubmissionsService,
    private readonly checks: FileChecksService,
  ) {
    this.tokens = new ReceiptTokens(runtime.secrets.sessionSecret);
  }

  /** The page of a work's receipt, on this site; null until it was first submitted. */
  pathOf({ id, submittedAt }: Pick<Submission, 'id' | 'submittedAt'>): string | null {
    return submittedAt && `/r/${this.tokens.of(id)}`;
  }

  async show(token: string, address: string, language: Language): Promise<ReceiptView> {
    const row = await this.find(token, address);
    const files = (await this.media.ofSubmissions([row.id])).get(row.id) ?? [];
    return {
      contest: { slug: row.slug, title: row.contest, timeZone: row.timeZone },
      number: row.number,
      title: row.title,
      category: row.category,
      status: { code: row.status, ...standingWords(row, language) },
      submittedAt: row.submittedAt.toISOString(),
      files: files.map(({ kind, bytes, sha256 }) => ({ kind, bytes, sha256 })),
    };
  }

  /** Reads a stored original again, for its owner or an organiser. */
  async check(me: Person, id: string, mediaId: string): Promise<FileCheckView> {
    await this.submissions.require(me, id, 'owner or organiser');
    const file = (await this.media.ofSubmissions([id])).get(id)?.find((media) => media.id === mediaId);
    if (!file) throw submissionProblem('SUBMISSION.NOT_FOUND');
    const { sha256, matches, checkedAt } = await this.checks.check(file, me.account.id);
    return { sha256, matches, checkedAt: checkedAt.toISOString() };
  }

  /** The work behind a token. Whoever tries many that mean nothing has to wait, as at the sign-in. */
  async find(token: string, address: string): Promise<Row> {
    await this.throttle.refuseGuesser('receipt', address);
    const id = this.tokens.read(token);
    const [row] = id
      ? await this.dataSource.query<Row[]>(
          `SELECT s.id, s.number, s.title, s.status, s.in_judging AS "inJudging", s.submitted_at AS "submittedAt",
                  k.name AS category, k.decided_at IS NOT NULL AS decided,
                  c.slug, c.title AS contest, c.time_zone AS "timeZone"
             FROM submissions s JOIN categories k ON k.id = s.category_id JOIN contests c ON c.id = s.contest_id
            WHERE s.id = $1 AND s.submitted_at IS NOT NULL`,
          [id],
        )
      : [];
    if (row) return row;
    await this.throttle.countGuess('receipt', address);
    throw submissionProblem('RECEIPT.NOT_FOUND');
  }
}
