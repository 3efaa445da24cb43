import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A disk of the test's own, that can be filled, made read-only and taken away. */
export interface SmallDisk {
  /** Where it is mounted. */
  folder: string;
  /** Leaves so much room. */
  fill(bytesLeft: number): void;
  empty(): void;
  readOnly(on: boolean): void;
  /** Takes it away, or puts it back with all that is on it. */
  detach(): void;
  attach(): void;
  close(): void;
}

const run = (program: string, ...args: string[]): void => {
  execFileSync(program, args, { stdio: 'pipe' });
};

/** What a suite adds to its name where {@link canMount} is false. */
export const noMount = 'skipped: nothing can be mounted here';

/** Whether this process may mount: root, on Linux, and not in a container that forbids it. */
export function canMount(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'dingge-test-mount-'));
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'dingge-test', folder);
    run('umount', folder);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A tmpfs of so many bytes, seen through a second mount of it: taking that one away leaves an empty folder in its
 * place, and loses nothing.
 */
export function mountSmallDisk(bytes: number): SmallDisk {
  const top = mkdtempSync(path.join(tmpdir(), 'dingge-test-disk-'));
  const [disk, folder] = [path.join(top, 'disk'), path.join(top, 'mounted')];
  mkdirSync(disk);
  mkdirSync(folder);
  run('mount', '-t', 'tmpfs', '-o', `size=${bytes}`, 'dingge-test', disk);
  const filler = path.join(disk, 'filler');
  const attach = () => run('mount', '--bind', disk, folder);
  const detach = () => run('umount', '--lazy', folder);
  attach();
  return {
    folder,
    fill(bytesLeft) {
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - bytesLeft)));
    },
    empty: () => rmSync(filler),
    readOnly: (on) => run('mount', '-o', `remount,bind,${on ? 'ro' : 'rw'}`, folder),
    attach,
    detach,
    close() {
      run('umount', '--lazy', folder);
      run('umount', '--lazy', disk);
      rmSync(top, { recursive: true, force: true });
    },
  };
}
