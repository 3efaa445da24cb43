import type { EntityManager } from 'typeorm';
import { mediaProblem } from '../media/errors.js';

/**
 * All that an account has stored in a contest `c`, what it took out again included (the files are kept), and what
 * it announced and still sends. `account` is an SQL expression.
 */
export const usedBytes = (account: string) => `(
  SELECT COALESCE(sum(m.bytes), 0) FROM media m WHERE m.account_id = ${account} AND m.contest_id = c.id) + (
  SELECT COALESCE(sum(u.bytes), 0) FROM uploads u
   WHERE u.account_id = ${account} AND u.contest_id = c.id AND u.state = 'receiving' AND u.expires_at > dingge_now())`;

export function quotaExceeded(quota: number) {
  return mediaProblem('MEDIA.QUOTA_EXCEEDED', { limit: Math.floor(quota / 1e6) });
}

/** Refuses so many bytes more; whoever else adds to the same account's waits until the transaction ends. */
export async function requireWithinQuota(
  manager: EntityManager,
  { contestId, accountId, bytes }: { contestId: string; accountId: string; bytes: number },
): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [accountId + contestId]);
  const [row] = await manager.query<{ quota: string; used: string }[]>(
    `SELECT c.account_quota_bytes AS quota, ${usedBytes('$2')} AS used FROM contests c WHERE c.id = $1`,
    [contestId, accountId],
  );
  const quota = Number(row.quota);
  if (Number(row.used) + bytes > quota) throw quotaExceeded(quota);
}

export function bytesOf(files: { bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
