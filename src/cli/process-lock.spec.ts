import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { acquireProcessLock, AlreadyRunningError } from './process-lock.js';

const URL_A = 'http://127.0.0.1:3000';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'dingge-lock-'));
});

afterEach(async () => {
  await rm(dataDir, { recursive: true });
});

describe('acquireProcessLock', () => {
  it('refuses a second holder and tells it where the first serves', async () => {
    const lock = await acquireProcessLock(dataDir, { url: URL_A });
    const refused = await acquireProcessLock(dataDir, { url: 'http://127.0.0.1:4000' }).catch(
      (e: unknown) => e,
    );
    expect(refused).toBeInstanceOf(AlreadyRunningError);
    expect(refused).toMatchObject({ pid: process.pid, url: URL_A });
    expect((refused as Error).message).toContain(URL_A);
    await lock.release();
  });

  it('is free again after release, which may be called twice', async () => {
    const first = await acquireProcessLock(dataDir, { url: URL_A });
    await first.release();
    await first.release();
    const second = await acquireProcessLock(dataDir, { url: URL_A });
    await first.release();
    await expect(acquireProcessLock(dataDir, { url: URL_A })).rejects.toThrow(AlreadyRunningError);
    await second.release();
  });

  it('lets exactly one of many through', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => acquireProcessLock(dataDir, { url: URL_A })),
    );
    const won = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(won).toHaveLength(1);
    await won[0]?.release();
  });

  it('is taken over from a process that was killed', async () => {
    const holder = spawn(
      process.execPath,
      [
        '--eval',
        `const { DatabaseSync } = require('node:sqlite');
         const database = new DatabaseSync(process.argv[1]);
         database.exec('BEGIN EXCLUSIVE');
         process.stdout.write('held');
         setInterval(() => {}, 1000);`,
        path.join(dataDir, 'running.lock'),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(holder.stdout, 'data');
    await writeFile(path.join(dataDir, 'running.json'), JSON.stringify({ pid: holder.pid, url: URL_A }));
    await expect(acquireProcessLock(dataDir, { url: URL_A })).rejects.toMatchObject({
      pid: holder.pid,
      url: URL_A,
    });

    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const lock = await acquireProcessLock(dataDir, { url: URL_A });
    await lock.release();
  });

  it('does not believe what a dead process left, not even with the id of a live one', async () => {
    await writeFile(path.join(dataDir, 'running.json'), JSON.stringify({ pid: process.ppid, url: URL_A }));
    const lock = await acquireProcessLock(dataDir, { url: URL_A });
    await lock.release();
  });
});
