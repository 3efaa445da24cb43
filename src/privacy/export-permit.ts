import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { requireLiving } from '../accounts/accounts.service.js';
import { privacyProblem } from './errors.js';

/** So many a day: each reads all that somebody ever sent. */
const aDay = 5;
/** A process that was killed keeps its person waiting for so long. */
const heldFor = "interval '45 seconds'";
const renewEveryMs = 15_000;

interface Standing {
  held: boolean;
  spent: boolean;
  hours: number;
}

const standingSql = `
  COALESCE(held_until > clock_timestamp(), false) AS held,
  since > dingge_now() - interval '1 day' AND count >= ${aDay} AS spent,
  greatest(1, ceil(extract(epoch FROM since + interval '1 day' - dingge_now()) / 3600))::int AS hours`;

/** Refuses where one's data is on its way already, or was taken too often today. */
export async function requireExportAllowed(dataSource: DataSource, accountId: string): Promise<void> {
  const [row] = await dataSource.query<Standing[]>(
    `SELECT ${standingSql} FROM personal_exports WHERE account_id = $1`,
    [accountId],
  );
  if (row) refuseBy(row);
}

function refuseBy({ held, spent, hours }: Standing): void {
  if (held) throw privacyProblem('PRIVACY.EXPORT_UNDER_WAY', {}, { headers: { 'Retry-After': '60' } });
  if (!spent) return;
  const headers = { 'Retry-After': String(hours * 3600) };
  throw privacyProblem('PRIVACY.TOO_MANY_EXPORTS', { limit: aDay, hours }, { headers });
}

/** Counts an export and holds the right to it, in whichever process, until `release`, or a moment after a kill. */
export async function takeExportPermit(
  dataSource: DataSource,
  accountId: string,
): Promise<{ release(): Promise<void> }> {
  const holder = randomUUID();
  await dataSource.transaction(async (manager) => {
    await requireLiving(manager, accountId);
    await manager.query(
      `INSERT INTO personal_exports (account_id, since, count) VALUES ($1, dingge_now(), 0)
       ON CONFLICT (account_id) DO NOTHING`,
      [accountId],
    );
    const [row] = await manager.query<Standing[]>(
      `SELECT ${standingSql} FROM personal_exports WHERE account_id = $1 FOR UPDATE`,
      [accountId],
    );
    refuseBy(row);
    await manager.query(
      `UPDATE personal_exports
          SET count = CASE WHEN since > dingge_now() - interval '1 day' THEN count + 1 ELSE 1 END,
              since = CASE WHEN since > dingge_now() - interval '1 day' THEN since ELSE dingge_now() END,
              holder = $2, held_until = clock_timestamp() + ${heldFor}
        WHERE account_id = $1`,
      [accountId, holder],
    );
  });
  const renew = () =>
    dataSource
      .query(
        `UPDATE personal_exports SET held_until = clock_timestamp() + ${heldFor}
          WHERE account_id = $1 AND holder = $2`,
        [accountId, holder],
      )
      // The next one may get through; else it ends, and at worst a second file is under way.
      .catch(() => undefined);
  const timer = setInterval(() => void renew(), renewEveryMs);
  return {
    async release() {
      clearInterval(timer);
      await dataSource.query(
        'UPDATE personal_exports SET holder = NULL, held_until = NULL WHERE account_id = $1 AND holder = $2',
        [accountId, holder],
      );
    },
  };
}
