import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, chown, cp, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/database/embedded/index.js';

/** One folder for the whole suite, as making a database takes most of its time. */
let top: string;
let dataDir: string;
let running: EmbeddedPostgres[] = [];
const said: string[] = [];

// A second or two each on an idle machine; making a database is bound to the disk on a busy one.
jest.setTimeout(60_000);

beforeAll(async () => {
  top = await mkdtemp(path.join(tmpdir(), 'dingge-embedded-'));
  await chmod(top, 0o755);
  dataDir = path.join(top, '.data');
});

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  running = [];
});

afterAll(async () => {
  await rm(top, { recursive: true });
});

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    log: (line) => said.push(line),
    awayDir: path.join(top, 'away'),
  });
  running.push(server);
  return server;
}

async function ask<Row extends object>(url: string, sql: string): Promise<Row> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows[0];
  } finally {
    await client.end();
  }
}

const pidFile = () => path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');

async function postmaster(): Promise<number> {
  return Number.parseInt(await readFile(pidFile(), 'utf8'), 10);
}

/** As a start after a kill -9 finds it: a server that no launcher holds. */
async function abandonedServer(): Promise<{ url: string; pid: number }> {
  const script = `
    const { startEmbeddedPostgres } = await import(process.argv[1]);
    const { url } = await startEmbeddedPostgres({ dataDir: process.argv[2], log: () => {} });
    process.stdout.write(url);`;
  const built = path.resolve('dist', 'database', 'embedded', 'index.js');
  const launcher = spawn(process.execPath, ['--input-type=module', '--eval', script, built, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await firstOutput(launcher);
  launcher.kill('SIGKILL');
  return { url, pid: await postmaster() };
}

function firstOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout!.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    child.once('exit', (code) => reject(new Error(`the launcher ended with ${code}`)));
  });
}

describe('the embedded PostgreSQL', () => {
  it('makes a UTF-8 database that an ordinary role owns', async () => {
    const { url, adopted } = await start();
    expect(adopted).toBe(false);
    expect(
      await ask(
        url,
        `SELECT current_database() AS name, current_setting('server_encoding') AS encoding,
                current_setting('TimeZone') AS zone, current_setting('listen_addresses') AS listens,
                current_setting('fsync') AS fsync, rolsuper AS super, pg_get_userbyid(datdba) AS owner
         FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`,
      ),
    ).toEqual({
      name: 'dingge',
      encoding: 'UTF8',
      zone: 'UTC',
      listens: '127.0.0.1',
      fsync: 'on',
      super: false,
      owner: 'dingge',
    });
    await ask(url, 'CREATE EXTENSION pg_trgm');
    expect(await ask(url, "SELECT similarity('天元大道', '天元大桥') > 0 AS chinese")).toEqual({
      chinese: true,
    });
    await ask(url, "CREATE TABLE kept AS SELECT '株洲'::text AS value");
  });

  it('keeps its data, its port and its password over a restart', async () => {
    const first = await start();
    await first.stop();
    await expect(ask(first.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    const second = await start();
    expect(second).toMatchObject({ url: first.url, adopted: false });
    expect(await ask(second.url, 'SELECT value FROM kept')).toEqual({ value: '株洲' });
  });

  it('lets nobody in without the password, which only we can read', async () => {
    const { url } = await start();
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    expect((await stat(path.join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600);
  });

  it('adopts the server that a killed process left, and stops it in the end', async () => {
    const { url, pid } = await abandonedServer();
    const server = await start();
    expect(server).toMatchObject({ url, adopted: true });
    expect(await postmaster()).toBe(pid);
    await server.stop();
    await expect(ask(url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('starts after the server itself was killed, whose memory is not free at once', async () => {
    const { pid } = await abandonedServer();
    process.kill(pid, 'SIGKILL');
    const { url, adopted } = await start();
    expect(adopted).toBe(false);
    expect(await ask(url, 'SELECT value FROM kept')).toEqual({ value: '株洲' });
  });

  it('starts after a power cut, with another process under the old id', async () => {
    await start();
    const left = await readFile(pidFile(), 'utf8');
    await running.pop()!.stop();
    const owner = await stat(path.dirname(pidFile()));
    for (const id of [process.pid, 2 ** 22 + 1]) {
      await writeFile(pidFile(), left.replace(/^\d+/, String(id)));
      if (process.getuid?.() === 0) await chown(pidFile(), owner.uid, owner.gid);
      const server = await start();
      expect(server.adopted).toBe(false);
      await server.stop();
    }
  });

  it('stays for those who still use it, until the last has stopped', async () => {
    const [first, second] = [await start(), await start()];
    expect([first.adopted, second.adopted]).toEqual([false, true]);
    await first.stop();
    expect(said).toContain('The database keeps running: another process uses it.');
    expect(await ask(second.url, 'SELECT 1 AS one')).toEqual({ one: 1 });
    await second.stop();
    await expect(ask(second.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('comes back on the same port when it dies while in use', async () => {
    const { url } = await start();
    process.kill(await postmaster(), 'SIGKILL');
    const deadline = Date.now() + 30_000;
    while (!said.includes('The database is back.') && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await ask(url, 'SELECT value FROM kept')).toEqual({ value: '株洲' });
  });

  it('refuses the folder of another major version and says what to do', async () => {
    await running.pop()?.stop();
    const version = path.join(dataDir, 'postgres', 'cluster', 'PG_VERSION');
    const own = await readFile(version, 'utf8');
    await writeFile(version, '16\n');
    await expect(start()).rejects.toThrow(/made by PostgreSQL 16.*pg_dump/s);
    await writeFile(version, own);
  });

  it('does not begin anew where a database is missing that was there', async () => {
    const folder = path.join(top, 'lost');
    await start(folder);
    await running.pop()!.stop();
    await rm(path.join(folder, 'postgres'), { recursive: true });
    await expect(start(folder)).rejects.toThrow(/is gone. Restore it/);
  });

  it('agrees with itself when several start at once on an empty folder', async () => {
    const folder = path.join(top, 'many');
    const servers = await Promise.all([start(folder), start(folder), start(folder)]);
    expect(new Set(servers.map(({ url }) => url)).size).toBe(1);
    expect(servers.filter(({ adopted }) => !adopted)).toHaveLength(1);
    expect((await readdir(path.join(folder, 'postgres'))).sort()).toEqual(['cluster', 'log']);
  });
});

const asRoot = process.getuid?.() === 0 ? describe : describe.skip;

asRoot('as root, in a home that other users cannot enter', () => {
  it('keeps the data elsewhere, finds it again, and takes it along when the folder moves', async () => {
    const home = path.join(top, 'root');
    const folder = path.join(home, 'app', '.data');
    const umask = process.umask(0o077);
    try {
      const { url } = await start(folder);
      await ask(url, 'CREATE TABLE away AS SELECT 7 AS value');
      await running.pop()!.stop();
      const { home: lies } = JSON.parse(await readFile(path.join(folder, 'postgres.json'), 'utf8')) as {
        home: string;
      };
      expect(path.dirname(lies)).toBe(path.join(top, 'away'));
      expect((await stat(path.join(lies, 'cluster'))).uid).not.toBe(0);

      const moved = path.join(top, 'moved');
      await rename(folder, moved);
      expect(await ask((await start(moved)).url, 'SELECT value FROM away')).toEqual({ value: 7 });
      await running.pop()!.stop();

      const copy = path.join(top, 'copy');
      await cp(moved, copy, { recursive: true });
      await expect(start(copy)).rejects.toThrow(/is a copy/);
    } finally {
      process.umask(umask);
    }
  });
});
