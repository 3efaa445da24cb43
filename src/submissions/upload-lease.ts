import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { uploadProblem } from './errors.js';
import type { Upload } from './upload.entity.js';

/** How long a process that was killed keeps others from an upload. */
const leaseSeconds = 10;
/** So old a lease is made new before anything is written, well before anybody else could have it. */
const renewAfterMs = 3000;
/**
 * Leases need not outlive a crash of the database: nothing that is said to a client rests on them, and on a disk
 * that takes in uploads each commit that waits for it waits long. A CTE that is joined, so that it is in force when
 * the statement that it stands before commits.
 */
const unhurried = "WITH unhurried AS (SELECT set_config('synchronous_commit', 'off', true))";

/** An upload goes on being kept for so long after its last byte. */
export const keptFor = "interval '24 hours'";

/**
 * The right to write to an upload, held by one request of one process. Leases go by the database's own clock, which
 * all processes share and no test moves; one that isn't made new in time goes to whoever asks next, and then nothing
 * more may be written under it.
 */
export class UploadLease {
  private constructor(
    private readonly dataSource: DataSource,
    readonly upload: Pick<Upload, 'id'>,
    readonly holder: string,
    private renewedAt: number,
  ) {}

  /** Null where somebody else holds it, or where the upload is over. */
  static async take(dataSource: DataSource, id: string): Promise<UploadLease | null> {
    const [holder, asked] = [randomUUID(), performance.now()];
    const [taken] = await dataSource.query<[{ id: string }[], number]>(
      `${unhurried}
       UPDATE uploads SET lease_holder = $2, lease_until = clock_timestamp() + make_interval(secs => $3)
         FROM unhurried
        WHERE id = $1 AND state = 'receiving' AND expires_at > dingge_now()
          AND (lease_until IS NULL OR lease_until <= clock_timestamp())
       RETURNING id`,
      [id, holder, leaseSeconds],
    );
    return taken.length > 0 ? new UploadLease(dataSource, { id }, holder, asked) : null;
  }

  /** Before each write. Rejects where the lease has gone to somebody else. */
  async hold(): Promise<void> {
    if (performance.now() - this.renewedAt > renewAfterMs) await this.renew();
  }

  /** `received` is what lies on the disk for certain, where that is known. */
  async renew(received?: number): Promise<void> {
    const asked = performance.now();
    const [, renewed] = await this.dataSource.query<[unknown[], number]>(
      `${unhurried}
       UPDATE uploads SET lease_until = clock_timestamp() + make_interval(secs => $3),
              received = COALESCE($4, received), expires_at = dingge_now() + ${keptFor}
         FROM unhurried
        WHERE id = $1 AND lease_holder = $2 AND state = 'receiving'`,
      [this.upload.id, this.holder, leaseSeconds, received ?? null],
    );
    if (renewed === 0) throw locked();
    this.renewedAt = asked;
  }

  /** Holds it while something else takes long. What doesn't succeed shows where it counts: in {@link close}. */
  keep(): () => void {
    const timer = setInterval(() => void this.renew().catch(() => undefined), renewAfterMs);
    return () => clearInterval(timer);
  }

  /** Ends the upload within the caller's transaction, which fails where the lease has gone to somebody else. */
  async close(manager: EntityManager, mediaId: string): Promise<void> {
    const [, closed] = await manager.query<[unknown[], number]>(
      `UPDATE uploads SET state = 'attached', media_id = $3, received = bytes, finished_at = dingge_now(),
              expires_at = dingge_now() + ${toldFor}, lease_holder = NULL, lease_until = NULL
        WHERE id = $1 AND lease_holder = $2 AND state = 'receiving'`,
      [this.upload.id, this.holder, mediaId],
    );
    if (closed === 0) throw locked();
  }

  /** Lets others have it; returns until when the upload is kept now: a day from the last byte on. */
  async release(received: number): Promise<Date | null> {
    const [rows] = await this.dataSource.query<[{ until: Date }[], number]>(
      `${unhurried}
       UPDATE uploads SET lease_holder = NULL, lease_until = NULL, received = $3,
              expires_at = CASE WHEN $3 > received THEN dingge_now() + ${keptFor} ELSE expires_at END
         FROM unhurried
        WHERE id = $1 AND lease_holder = $2 AND state = 'receiving' RETURNING expires_at AS until`,
      [this.upload.id, this.holder, received],
    );
    return rows[0]?.until ?? null;
  }
}

/** What became of an upload is told for so long. */
export const toldFor = "interval '7 days'";

export function locked() {
  return uploadProblem('UPLOAD.LOCKED', {}, { headers: { 'Retry-After': '3' } });
}
