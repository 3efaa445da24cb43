import { Client } from 'pg';
import { superuser } from './cluster.js';
import type { State } from './state.js';

/** Any fixed number. Held shared by everyone who uses the server, exclusively by the one who stops it. */
const USE_LOCK = 2_019_0916;

/**
 * A process's claim on the server: an advisory lock on a connection that stays open. PostgreSQL drops it when
 * the process ends, however it ends, so nobody stops a server that another process still uses.
 */
export interface Lease {
  release(): Promise<void>;
}

/**
 * Takes a lease, or null while somebody stops the server.
 * @param onLost called once if the connection ends by itself: the server went down
 */
export async function takeLease(port: number, state: State, onLost: () => void): Promise<Lease | null> {
  const client = new Client(superuser(port, state));
  let held = false;
  client.on('error', () => {});
  client.on('end', () => {
    if (held) onLost();
    held = false;
  });
  await client.connect();
  held = await tryLock(client, 'pg_try_advisory_lock_shared');
  const release = async () => {
    held = false;
    await client.end();
  };
  if (held) return { release };
  await release();
  return null;
}

/**
 * Runs `stop` if no process holds a lease, and keeps new ones from being taken meanwhile.
 * @returns whether it ran, or null if the server answers no more: somebody else stops it
 */
export async function unlessInUse(
  port: number,
  state: State,
  stop: () => Promise<void>,
): Promise<boolean | null> {
  const client = new Client(superuser(port, state));
  client.on('error', () => {});
  try {
    // Another's shutdown can end the connection at any point before the lock is ours.
    const held = await client.connect().then(
      () => tryLock(client, 'pg_try_advisory_lock').catch(() => null),
      () => null,
    );
    if (held) await stop();
    return held;
  } finally {
    await client.end().catch(() => {});
  }
}

async function tryLock(client: Client, lock: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(`SELECT ${lock}($1) AS held`, [USE_LOCK]);
  return rows[0]?.held ?? false;
}
