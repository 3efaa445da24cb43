import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { program, type Binaries } from './binaries.js';
import { TEMPORARY, type Layout } from './layout.js';
import { remember, type State } from './state.js';
import { giveTo, runAs } from './system-user.js';

/** PostgreSQL's superuser, its maintenance database, and the role and database of the platform. */
export const SUPERUSER = 'postgres';
export const MAINTENANCE = 'postgres';
export const DATABASE = 'dingge';

/** Written to postgresql.conf once, where an operator may change them. */
const SETTINGS = [
  'max_connections=200',
  'shared_buffers=96MB',
  'fsync=on',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_checkpoints=off',
];

/** Any fixed number: two processes must not create the platform's database at once. */
const CREATION_LOCK = 2_019_0915;

/** Makes PostgreSQL's data folder if there is none, and refuses one that these programs can't open. */
export async function prepareCluster(layout: Layout, state: State, binaries: Binaries): Promise<void> {
  const version = await readFile(path.join(layout.cluster, 'PG_VERSION'), 'utf8').catch(unlessMissing);
  if (version === null) await initialise(layout, state, binaries);
  else refuseOtherMajor(layout.cluster, version.trim(), binaries.major);
  if (!state.systemIdentifier) {
    await remember(layout.stateFile, { systemIdentifier: await systemIdentifier(layout.cluster) });
  }
}

/** The random 64-bit number by which PostgreSQL tells data folders apart, as it stands on the disk. */
export async function systemIdentifier(cluster: string): Promise<string> {
  const file = await open(path.join(cluster, 'global', 'pg_control'));
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    // pg_control is written in the byte order of the machine; all platforms here are little-endian.
    return buffer.readBigUInt64LE().toString();
  } finally {
    await file.close();
  }
}

/** Makes the platform's role and database where they are missing, and its address known. */
export async function ensureDatabase(port: number, state: State): Promise<void> {
  const client = new Client({ ...superuser(port, state) });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [CREATION_LOCK]);
    const role = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [DATABASE]);
    if (role.rowCount === 0) {
      // Not a superuser: that could run programs and read files. CREATEDB is for the tests' own databases.
      await client.query(
        `CREATE ROLE ${DATABASE} LOGIN CREATEDB PASSWORD ${client.escapeLiteral(state.password)}`,
      );
    }
    const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (database.rowCount === 0) {
      await client.query(`CREATE DATABASE ${DATABASE} OWNER ${DATABASE} ENCODING 'UTF8' TEMPLATE template0`);
    }
  } finally {
    await client.end();
  }
}

/** How the launcher itself connects. */
export function superuser(port: number, state: State) {
  return {
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password: state.superuserPassword,
    database: MAINTENANCE,
    application_name: 'dingge launcher',
    connectionTimeoutMillis: 5000,
  };
}

/** What the platform connects with. */
export function databaseUrl(port: number, state: State): string {
  return `postgres://${DATABASE}:${state.password}@127.0.0.1:${port}/${DATABASE}`;
}

/** initdb works in a folder of its own, so that a killed start never leaves half a database behind. */
async function initialise(layout: Layout, state: State, binaries: Binaries): Promise<void> {
  const temporary = path.join(layout.home, TEMPORARY + randomBytes(6).toString('hex'));
  const passwordFile = `${temporary}-password`;
  try {
    await mkdir(temporary, { mode: 0o700 });
    await writeFile(passwordFile, state.superuserPassword, { mode: 0o600, flag: 'wx' });
    if (layout.user) {
      await giveTo(layout.user, temporary, 0o700);
      await giveTo(layout.user, passwordFile, 0o600);
    }
    const result = await runAs(layout.user, program(binaries, 'initdb'), [
      `--pgdata=${temporary}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      ...localeOptions(process.platform),
      ...SETTINGS.map((setting) => `--set=${setting}`),
    ]);
    if (result.code !== 0) throw new Error(`initdb could not make a database:\n${result.output}`);
    await rename(temporary, layout.cluster).catch(unlessThere);
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
  }
}

/**
 * Order and case by code point everywhere. LC_CTYPE must know UTF-8, or pg_trgm drops Chinese letters; Linux
 * has C.UTF-8 for that, while macOS and Windows only have it built into PostgreSQL, beside a locale of theirs.
 */
function localeOptions(platform: NodeJS.Platform): string[] {
  if (platform === 'linux') return ['--locale=C.UTF-8'];
  const locale = platform === 'win32' ? 'en-US' : 'en_US.UTF-8';
  return ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${locale}`];
}

function refuseOtherMajor(cluster: string, version: string, major: number): void {
  if (version === String(major)) return;
  throw new Error(
    `${cluster} was made by PostgreSQL ${version}, and this is PostgreSQL ${major}. Go back to the version of ` +
      'this program that made it and dump the database with pg_dump; or serve the folder with PostgreSQL ' +
      `${version} and set DATABASE_URL; or move it away together with postgres.json to begin with an empty one.`,
  );
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** A process that started with us was faster; its folder has the same password. */
function unlessThere(error: NodeJS.ErrnoException): void {
  if (!['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(error.code ?? '')) throw error;
}
