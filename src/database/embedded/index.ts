import { setTimeout as sleep } from 'node:timers/promises';
import { installedBinaries, usableBinaries, type Binaries } from './binaries.js';
import { databaseUrl, ensureDatabase, prepareCluster } from './cluster.js';
import { prepareLayout, type Layout } from './layout.js';
import { takeLease, unlessInUse, type Lease } from './lease.js';
import { findServer, freePort, startServer, stopServer } from './server.js';
import { remember, type State } from './state.js';

export interface EmbeddedOptions {
  /** Folder of the platform's own state, normally `.data`. */
  dataDir: string;
  log: (line: string) => void;
  /** Insist on this port; by default a free one is chosen and kept. */
  port?: number;
  /** Where the database lies when root's database user can't reach the data folder. */
  awayDir?: string;
}

export interface EmbeddedPostgres {
  /** Of the platform's database, for its own role, which may also create databases. */
  url: string;
  /** The server ran already, left by a process that was killed or started by one that still runs. */
  adopted: boolean;
  /** Stops the server and waits for it, unless another process uses it: that one will. */
  stop(): Promise<void>;
}

const AWAY_DIR = '/var/lib/dingge';
/** Long enough for the recovery of a large database after a power cut. */
const PATIENCE_MS = 180_000;
const PAUSE_MS = 250;

/**
 * Starts PostgreSQL on `dataDir`, makes the database `dingge` the first time, or adopts the server that runs
 * there already. If the server goes down while it is in use, it is started again on the same port.
 * Call `stop` in the end: an open connection to the server keeps the process alive until then.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, port, awayDir = AWAY_DIR } = options;
  const installed = await installedBinaries();
  const { layout, state } = await prepareLayout(dataDir, awayDir, log);
  const binaries = await usableBinaries(installed, layout.home, layout.user);
  await prepareCluster(layout, state, binaries);
  return new Launcher(layout, state, binaries, log).start(port);
}

/** One process's hold on a server: the lease, and the care that the server comes back. */
class Launcher {
  private lease: Lease | null = null;
  private stopping: Promise<void> | null = null;
  private recovery: Promise<void> = Promise.resolve();

  constructor(
    private readonly layout: Layout,
    private readonly state: State,
    private readonly binaries: Binaries,
    private readonly log: (line: string) => void,
  ) {}

  async start(wanted: number | undefined): Promise<EmbeddedPostgres> {
    const stop = () => (this.stopping ??= this.stop());
    try {
      const { port, adopted } = await this.bringUp(wanted);
      await ensureDatabase(port, this.state);
      if (port !== this.state.port) await remember(this.layout.stateFile, { port });
      return { url: databaseUrl(port, this.state), adopted, stop };
    } catch (error) {
      // Neither a server nor an open connection is left behind; the first error is the one to report.
      await stop().catch(() => {});
      throw error;
    }
  }

  /** Finds or starts the server and takes a lease on it. */
  private async bringUp(wanted: number | undefined): Promise<{ port: number; adopted: boolean }> {
    const deadline = Date.now() + PATIENCE_MS;
    let port = wanted ?? this.state.port ?? (await freePort());
    let started = false;
    while (Date.now() < deadline && !this.stopping) {
      const found = await findServer(this.layout, this.state);
      if (found.is === 'running' && (await this.holdLease(found.port))) {
        return { port: found.port, adopted: !started };
      }
      if (found.is === 'nothing') {
        const outcome = await startServer(this.layout, this.binaries, port);
        started = outcome === 'running';
        if (started) continue;
        if (outcome === 'port' && wanted === undefined) {
          port = await freePort();
          continue;
        }
        if (outcome === 'port') this.log(`Port ${port} is taken; waiting for it.`);
      }
      await sleep(PAUSE_MS);
    }
    throw new Error(`PostgreSQL is not ready after ${PATIENCE_MS / 1000} s. See ${this.layout.logFile}.`);
  }

  private async holdLease(port: number): Promise<boolean> {
    const lost = () => {
      this.lease = null;
      if (!this.stopping) this.recovery = this.recover(port);
    };
    // The server may stop between two looks at it; the next look will tell.
    this.lease = await takeLease(port, this.state, lost).catch(() => null);
    return this.lease !== null;
  }

  /** Everyone who is connected knows this port, so the server must come back on no other. */
  private async recover(port: number): Promise<void> {
    this.log('The database went down; bringing it back.');
    while (!this.stopping) {
      try {
        await this.bringUp(port);
        this.log('The database is back.');
        return;
      } catch (error) {
        if (this.stopping) return;
        this.log(`The database did not come back: ${(error as Error).message}`);
        await sleep(5000);
      }
    }
  }

  private async stop(): Promise<void> {
    await this.recovery;
    await this.lease?.release();
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const found = await findServer(this.layout, this.state);
      if (found.is === 'nothing') return;
      if (found.is === 'running') {
        const stopped = await unlessInUse(found.port, this.state, () =>
          stopServer(this.layout, this.binaries),
        );
        if (stopped === false) this.log('The database keeps running: another process uses it.');
        if (stopped !== null) return;
      }
      await sleep(PAUSE_MS);
    }
  }
}
