import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { resolveSecrets } from './secrets.js';

let dataDir: string;

beforeEach(async () => {
  dataDir = path.join(await mkdtemp(path.join(tmpdir(), 'dingge-secrets-')), '.data');
});

afterEach(async () => {
  await rm(path.dirname(dataDir), { recursive: true });
});

describe('resolveSecrets', () => {
  it('makes two different 32-byte keys and finds them again', async () => {
    const first = await resolveSecrets({ dataDir });
    expect([first.sessionSecret.length, first.dataKey.length]).toEqual([32, 32]);
    expect(first.sessionSecret.equals(first.dataKey)).toBe(false);
    expect(await resolveSecrets({ dataDir })).toEqual(first);
  });

  it('leaves nothing but two files that only their owner can read', async () => {
    await resolveSecrets({ dataDir });
    expect((await readdir(dataDir)).sort()).toEqual(['data-key', 'session-secret']);
    for (const name of ['data-key', 'session-secret']) {
      expect((await stat(path.join(dataDir, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('agrees with itself when several processes start at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => resolveSecrets({ dataDir })));
    for (const secrets of all) expect(secrets).toEqual(all[0]);
  });

  it('gives the same key when the content of a file is moved into the environment', async () => {
    const fromFiles = await resolveSecrets({ dataDir });
    const sessionSecret = (await readFile(path.join(dataDir, 'session-secret'), 'utf8')).trim();
    const dataKey = (await readFile(path.join(dataDir, 'data-key'), 'utf8')).trim();
    expect(await resolveSecrets({ sessionSecret, dataKey, dataDir: '/nowhere' })).toEqual(fromFiles);
  });

  it('derives different keys when both variables hold the same text', async () => {
    const text = 'y'.repeat(40);
    const { sessionSecret, dataKey } = await resolveSecrets({ sessionSecret: text, dataKey: text, dataDir });
    expect(sessionSecret.equals(dataKey)).toBe(false);
  });

  it('refuses an emptied file', async () => {
    await resolveSecrets({ dataDir });
    await writeFile(path.join(dataDir, 'data-key'), '');
    await expect(resolveSecrets({ dataDir })).rejects.toThrow('holds no secret');
  });
});
