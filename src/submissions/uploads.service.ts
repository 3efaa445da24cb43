import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { Problem, type Language } from '../common/problem.js';
import { Category } from '../contests/category.entity.js';
import { mediaProblem } from '../media/errors.js';
import { cleanName, tooLarge } from '../media/intake.js';
import { StorageService } from '../storage/storage.service.js';
import type { UploadView } from './dto.js';
import { uploadProblem } from './errors.js';
import { requireWithinQuota } from './quota.js';
import { requireRoom } from './rules.js';
import { requireChangeable } from './submitting.js';
import type { AnnouncedUpload } from './tus.js';
import { keptFor, locked, toldFor, UploadLease } from './upload-lease.js';
import { Upload } from './upload.entity.js';

/** How long a request waits for another that is just ending, as after a broken connection. */
const patienceMs = 2000;
const askEveryMs = 50;
/** Refused ones stay for a while, and somebody may go on trying. */
const longestList = 100;

/** An upload as it stands now. */
export type UploadNow = Upload & { leased: boolean; expired: boolean };

/** Rows of uploads: beginning them, holding them, and what became of them. */
@Injectable()
export class UploadsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly storage: StorageService,
  ) {}

  /** Everything that can be refused before a byte arrives is refused here. */
  async begin({ account }: Person, announced: AnnouncedUpload): Promise<Upload> {
    const { submission: submissionId, filename, bytes, mark = null, lastModified = null } = announced;
    return this.dataSource.transaction(async (manager) => {
      // Two uploads that begin at once for one work are counted one after the other.
      const work = await requireChangeable(manager, account.id, submissionId, { lock: true });
      const category = await manager.findOneByOrFail(Category, { id: work.categoryId });
      const { maxBytes } = category.limits;
      const name = cleanName(filename);
      if (bytes === 0) throw mediaProblem('MEDIA.EMPTY', { name });
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      const [{ files }] = await manager.query<{ files: number }[]>(
        `SELECT ((SELECT count(*) FROM media WHERE submission_id = $1 AND live) +
                 (SELECT count(*) FROM uploads WHERE submission_id = $1 AND state = 'receiving'
                     AND expires_at > dingge_now()))::int AS files`,
        [submissionId],
      );
      requireRoom(files + 1, category);
      const { contestId } = work;
      await requireWithinQuota(manager, { contestId, accountId: account.id, bytes });
      const [{ id }] = await manager.query<{ id: string }[]>(
        `INSERT INTO uploads (contest_id, account_id, submission_id, name, bytes, mark, last_modified, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, dingge_now() + ${keptFor}) RETURNING id`,
        [contestId, account.id, submissionId, name, bytes, mark, lastModified],
      );
      return manager.findOneByOrFail(Upload, { id });
    });
  }

  /** One's own upload; 404 to everybody else. */
  async own(accountId: string, id: string): Promise<UploadNow> {
    const { entities, raw } = await this.dataSource.manager
      .createQueryBuilder(Upload, 'u')
      .addSelect('COALESCE(u.lease_until > clock_timestamp(), false)', 'leased')
      .addSelect('u.expires_at <= dingge_now()', 'expired')
      .where('u.id = :id AND u.account_id = :accountId', { id, accountId })
      .getRawAndEntities<{ leased: boolean; expired: boolean }>();
    if (entities.length === 0) throw uploadProblem('UPLOAD.NOT_FOUND');
    return Object.assign(entities[0], { leased: raw[0].leased, expired: raw[0].expired });
  }

  /** Once nobody writes to it, or as it is after a moment's waiting. */
  async whenFree(accountId: string, id: string): Promise<UploadNow> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const upload = await this.own(accountId, id);
      if (!upload.leased || performance.now() > until) return upload;
      await sleep(askEveryMs);
    }
  }

  /** The right to write to one's own upload, which must still be under way. */
  async lease(
    accountId: string,
    id: string,
    known?: UploadNow,
  ): Promise<{ lease: UploadLease; upload: Upload }> {
    const until = performance.now() + patienceMs;
    for (let upload = known; ; upload = undefined) {
      upload ??= await this.own(accountId, id);
      if (upload.state === 'refused') throw recorded(upload);
      if (upload.state === 'attached') throw offsetProblem(upload.bytes);
      if (upload.expired) throw uploadProblem('UPLOAD.EXPIRED');
      const lease = upload.leased ? null : await UploadLease.take(this.dataSource, id);
      if (lease) return { lease, upload };
      if (performance.now() > until) throw locked();
      await sleep(askEveryMs);
    }
  }

  /** For good: the upload stays in the list with its reason, its bytes go. */
  async refuse({ upload: { id }, holder }: UploadLease, problem: Problem): Promise<void> {
    const error = {
      code: problem.code,
      status: problem.kind.status,
      zh: problem.detail('zh'),
      en: problem.detail('en'),
    };
    await this.dataSource.query(
      `UPDATE uploads SET state = 'refused', error = $3, finished_at = dingge_now(),
              expires_at = dingge_now() + ${toldFor}, lease_holder = NULL, lease_until = NULL
        WHERE id = $1 AND lease_holder = $2 AND state = 'receiving'`,
      [id, holder, error],
    );
    await this.storage.drop(this.storage.partPath(id));
  }

  /** Gives up an upload under way, or forgets what became of one. */
  async remove(accountId: string, id: string): Promise<void> {
    const { state, expired } = await this.whenFree(accountId, id);
    if (state === 'receiving' && !expired) await this.lease(accountId, id);
    await this.dataSource.query('DELETE FROM uploads WHERE id = $1', [id]);
    await this.storage.drop(this.storage.partPath(id));
  }

  /** The last uploads to one's own work, in the order in which they began: under way, attached, refused. */
  async list({ account }: Person, submissionId: string, language: Language): Promise<UploadView[]> {
    const uploads = await this.dataSource.manager
      .createQueryBuilder(Upload, 'u')
      .where(
        'u.submission_id = :submissionId AND u.account_id = :accountId AND u.expires_at > dingge_now()',
        {
          submissionId,
          accountId: account.id,
        },
      )
      .orderBy('u.begun_at', 'DESC')
      .addOrderBy('u.id', 'DESC')
      .limit(longestList)
      .getMany();
    return Promise.all(
      uploads.reverse().map(async (upload) => ({
        id: upload.id,
        name: upload.name,
        bytes: upload.bytes,
        received: upload.state === 'receiving' ? await this.storage.partBytes(upload.id) : upload.received,
        mark: upload.mark,
        lastModified: upload.lastModified,
        begunAt: upload.begunAt.toISOString(),
        expiresAt: upload.expiresAt.toISOString(),
        state: upload.state,
        mediaId: upload.mediaId,
        error: upload.error && { code: upload.error.code, message: upload.error[language] },
      })),
    );
  }
}

/** The client is told where to go on. */
export function offsetProblem(received: number): Problem {
  return uploadProblem('UPLOAD.OFFSET', {}, { headers: { 'Upload-Offset': String(received) } });
}

/** A refusal as it was said the first time. */
function recorded({ error }: Upload): Problem {
  return new Problem(error!.code, error!);
}
