import { spawn } from 'node:child_process';
import { chmod, chown, readFile } from 'node:fs/promises';

/** An account of the operating system, as which PostgreSQL runs when we are root. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

export interface RunResult {
  /** null when the program could not be started or was killed. */
  code: number | null;
  /** What it wrote to stdout and stderr, or why it could not be started. */
  output: string;
}

/** PostgreSQL refuses to run as root, so these accounts are looked for, in this order. */
const CANDIDATES = ['postgres', 'nobody'];

/** Whether this process may, and for PostgreSQL must, act as another user. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The first of {@link CANDIDATES} that this machine knows. */
export async function unprivilegedUser(): Promise<SystemUser> {
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  const found = CANDIDATES.map((name) => users.find((user) => user.name === name)).find(Boolean);
  if (!found) {
    throw new Error(
      `PostgreSQL can't run as root, and this machine has no user ${CANDIDATES.join(' or ')}. ` +
        'Start as an ordinary user, or set DATABASE_URL.',
    );
  }
  return found;
}

/** Reads `/etc/passwd`; macOS writes the ids of nobody as -2, which the system calls know as 4294967294. */
export function parsePasswd(text: string): SystemUser[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (!name || name.startsWith('#') || !/^-?\d+$/.test(uid ?? '') || !/^-?\d+$/.test(gid ?? '')) return [];
    return [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }];
  });
}

/**
 * Runs a program to its end, as another user if one is given. It gets a session of its own, so that a Ctrl-C
 * meant for us doesn't reach it, an environment that is the same everywhere, and `/` as its folder, because
 * PostgreSQL's tools fail in a folder that their user can't enter.
 */
export function runAs(user: SystemUser | null, program: string, args: string[]): Promise<RunResult> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const child = spawn(program, args, {
      cwd: '/',
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      ...(user && { uid: user.uid, gid: user.gid }),
    });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error) => resolve({ code: null, output: error.message }));
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8').trim() }));
  });
}

/** Whether `user` can enter a folder through all its parents. Tried, not computed: ACLs count too. */
export async function canEnter(user: SystemUser, folder: string): Promise<boolean> {
  return (await runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder])).code === 0;
}

/** Whether `user` can read a file. */
export async function canRead(user: SystemUser, file: string): Promise<boolean> {
  return (await runAs(user, '/bin/sh', ['-c', 'test -r "$1"', 'sh', file])).code === 0;
}

/** Makes a file or folder the user's own, with a mode that no umask changes. */
export async function giveTo(user: SystemUser, file: string, mode: number): Promise<void> {
  await chown(file, user.uid, user.gid);
  await chmod(file, mode);
}
