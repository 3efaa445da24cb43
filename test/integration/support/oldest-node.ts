import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** What verify.mjs asks for: strangers run it on what they have. */
const leastMajor = 20;

/** The oldest Node that is here and that a stranger may have: any on the PATH, or the one that runs this. */
export function oldestNode(): { program: string; version: string } {
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  const found = [
    ...new Set([process.execPath, ...folders.map((folder) => path.join(folder, program))]),
  ].flatMap((file) => {
    const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', env: {} });
    const version = /^v(\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
    return status === 0 && version && majorOf(version) >= leastMajor ? [{ program: file, version }] : [];
  });
  return found.reduce((oldest, next) => (olderThan(next.version, oldest.version) ? next : oldest));
}

function majorOf(version: string): number {
  return Number(version.split('.')[0]);
}

function olderThan(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) < 0;
}
