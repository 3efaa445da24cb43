import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { DiskStore } from '../../../src/storage/disk-store.js';
import { verify } from '../../../src/cli/verify/verify.js';
import { openDataSource } from '../../../src/database/data-source.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/database/embedded/index.js';
import { Client } from './client.js';
import { startApi, type ApiProcess } from './server-process.js';

/**
 * The built server as one process that does everything, as `npm start` runs it, on a database server of its own:
 * both may be killed, and the disk below may fail.
 */
export interface House {
  /** Replaced by each `start`. */
  server: ApiProcess;
  storageDir: string;
  dataSource: DataSource;
  /** Starts the server again, on the same data. */
  start(): Promise<void>;
  /** A new account, signed in; goes on working when the server was started again. */
  entrant(name: string, phone: string): Promise<Client>;
  /** Process id of the database server. */
  postmaster(): number;
  /** Names of files in a folder of the storage, whatever their depth. */
  stored(folder: 'incoming' | 'originals' | 'renditions' | 'work'): string[];
  /** Names of the invariants that don't hold; reads every original. */
  broken(): Promise<string[]>;
  close(): Promise<void>;
}

/** `storageDir` may lie on a disk that fails; else one is made. */
export async function startHouse(options: { storageDir?: string } = {}): Promise<House> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dingge-test-house-'));
  // Root's database runs as another user, who must be able to look in.
  chmodSync(folder, 0o755);
  const storageDir = options.storageDir ?? path.join(folder, 'uploads');
  const dataDir = path.join(folder, 'data');
  mkdirSync(dataDir);
  const said: string[] = [];
  const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => said.push(line) });
  const env = { DATA_DIR: dataDir, STORAGE_URL: `file://${storageDir}`, DATABASE_URL: postgres.url };
  const clients: Client[] = [];
  const house: House = {
    server: await startApi(env).catch((error: unknown) => giveUp(postgres, folder, error)),
    storageDir,
    dataSource: await openDataSource(postgres.url),
    async start() {
      house.server = await startApi(env);
      for (const client of clients) client.url = `${house.server.url}/api`;
    },
    async entrant(name, phone) {
      const client = new Client(`${house.server.url}/api`);
      const { status } = await client.post('/accounts', { name, phone, password: 'password of theirs' });
      if (status !== 201) throw new Error(`no account: ${status}`);
      clients.push(client);
      return client;
    },
    postmaster: () => postmasterOf(dataDir),
    stored: (name) =>
      readdirSync(path.join(storageDir, name), { recursive: true, withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [entry.name] : [],
      ),
    async broken() {
      const findings = await verify({
        dataSource: house.dataSource,
        store: new DiskStore(storageDir),
        deep: true,
      });
      return findings.filter(({ breaches }) => breaches > 0).map(({ name }) => name);
    },
    async close() {
      if (house.server.running()) await house.server.stop();
      await house.dataSource.destroy();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return house;
}

async function giveUp(postgres: EmbeddedPostgres, folder: string, error: unknown): Promise<never> {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  throw error;
}

function postmasterOf(dataDir: string): number {
  const file = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  return Number.parseInt(readFileSync(file, 'utf8'), 10);
}
