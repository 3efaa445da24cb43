import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createState, readState, type State } from './state.js';
import { canEnter, giveTo, isRoot, unprivilegedUser, type SystemUser } from './system-user.js';

/** Where everything of one embedded database lies, and who runs it. */
export interface Layout {
  stateFile: string;
  home: string;
  /** PostgreSQL's own data folder. */
  cluster: string;
  logFile: string;
  /** null: PostgreSQL runs as the user that we are. */
  user: SystemUser | null;
}

/** Half-made folders bear this prefix; the sweep at start removes those that a killed process left. */
export const TEMPORARY = 'tmp-';
const TEMPORARY_LIFE_MS = 10 * 60_000;

/**
 * Finds the database of a data folder, or decides where a new one will lie: in the data folder, or under
 * `awayDir` when we are root and the database's user can't enter the data folder (a root home of mode 0700,
 * a umask of 077). Never under /tmp, which systems empty.
 */
export async function prepareLayout(
  dataDir: string,
  awayDir: string,
  log: (line: string) => void,
): Promise<{ layout: Layout; state: State }> {
  await mkdir(dataDir, { recursive: true });
  const folder = await realpath(dataDir);
  const stateFile = path.join(folder, 'postgres.json');
  const state =
    (await readState(stateFile)) ?? (await createState(stateFile, await newHome(folder, awayDir, log)));

  const home = path.resolve(folder, state.home);
  const cluster = path.join(home, 'cluster');
  if (state.systemIdentifier && !(await isFolder(cluster))) {
    throw new Error(
      `The database's folder ${cluster} is gone. Restore it, or delete ${stateFile} to begin with an empty one.`,
    );
  }
  if (path.isAbsolute(state.home)) await claim(home, stateFile);
  const user = await runningUser(cluster);
  await makeHome(home, user);
  // The folder that holds such homes is ours too, and a umask of 077 would have closed it.
  if (user && path.isAbsolute(state.home)) await chmod(path.dirname(home), 0o755);
  if (user && !(await canEnter(user, home))) {
    throw new Error(
      `PostgreSQL runs as ${user.name}, who can't enter ${home}. Give its parent folders the mode o+x, ` +
        'or set DATABASE_URL.',
    );
  }
  await sweep(home);
  const layout = { stateFile, home, cluster, logFile: path.join(home, 'log', 'postgres.log'), user };
  return { layout, state };
}

async function newHome(dataDir: string, awayDir: string, log: (line: string) => void): Promise<string> {
  const near = !isRoot() || (await canEnter(await unprivilegedUser(), dataDir));
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const home = near ? 'postgres' : path.join(awayDir, hash);
  if (!(await isFolder(path.resolve(dataDir, home, 'cluster')))) return home;
  // postgres.json was deleted to begin anew. The old data may still be wanted, and we have no password for it.
  log(`${path.resolve(dataDir, home)} holds an older database; delete it if nobody needs it.`);
  return `${home}-${randomBytes(4).toString('hex')}`;
}

/**
 * A database outside of the data folder serves one data folder only: a copy of the folder would otherwise
 * share the original's database without knowing it. A folder that moved takes its database along.
 */
async function claim(home: string, stateFile: string): Promise<void> {
  const file = path.join(home, 'belongs-to');
  const owner = await readFile(file, 'utf8').catch(() => stateFile);
  if (owner !== stateFile) {
    const other = await readState(owner).catch(() => null);
    if (other && path.resolve(path.dirname(owner), other.home) === home) {
      throw new Error(
        `The database in ${home} belongs to ${path.dirname(owner)}, of which this folder is a copy. ` +
          `Delete ${stateFile} to give the copy a database of its own.`,
      );
    }
  }
  await mkdir(home, { recursive: true });
  await writeFile(file, stateFile);
}

/** As root: the owner of an existing database, else an unprivileged user. Otherwise ourselves. */
async function runningUser(cluster: string): Promise<SystemUser | null> {
  const owner = await stat(cluster).catch(() => null);
  if (!isRoot()) {
    if (owner && process.getuid && owner.uid !== process.getuid()) {
      throw new Error(`${cluster} belongs to the user with id ${owner.uid}. Start as that user, or as root.`);
    }
    return null;
  }
  if (!owner) return unprivilegedUser();
  if (owner.uid === 0) {
    const { name } = await unprivilegedUser();
    throw new Error(
      `PostgreSQL can't use ${cluster}, which belongs to root. Run: chown -R ${name} ${cluster}`,
    );
  }
  return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
}

/** Modes are set by hand because a umask of 077 would hide the folders from the database's user. */
async function makeHome(home: string, user: SystemUser | null): Promise<void> {
  const logs = path.join(home, 'log');
  await mkdir(logs, { recursive: true });
  if (!user) return;
  await chmod(home, 0o755);
  await giveTo(user, logs, 0o700);
}

async function sweep(home: string): Promise<void> {
  const limit = Date.now() - TEMPORARY_LIFE_MS;
  for (const name of await readdir(home)) {
    if (!name.startsWith(TEMPORARY)) continue;
    const entry = path.join(home, name);
    const { mtimeMs } = await stat(entry).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs < limit) await rm(entry, { recursive: true, force: true });
  }
}

async function isFolder(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => null))?.isDirectory() ?? false;
}
