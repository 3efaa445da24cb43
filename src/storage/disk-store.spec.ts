import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DiskStore } from './disk-store.js';
import { diskFault, StoredFileLost } from './errors.js';
import { originalKey } from './store.js';

const folder = mkdtempSync(path.join(tmpdir(), 'dingge-test-disk-'));
afterAll(() => rmSync(folder, { recursive: true }));

const nothing = '0'.repeat(64);

describe('a folder as a store', () => {
  it('that lacks a file has lost it', async () => {
    const store = new DiskStore(folder);
    await store.open();
    await expect(store.original(nothing)).rejects.toThrow(StoredFileLost);
    expect(await store.size(originalKey(nothing))).toBeNull();
  });

  it('that is not mounted has lost nothing: it is away', async () => {
    const store = new DiskStore(path.join(folder, 'unmounted'));
    const away = { code: 'MEDIA.STORAGE_UNAVAILABLE', extra: { headers: { 'Retry-After': '20' } } };
    await expect(store.original(nothing)).rejects.toMatchObject(away);
    await expect(store.read(originalKey(nothing))).rejects.toMatchObject(away);
    await expect(store.size(originalKey(nothing))).rejects.toMatchObject(away);
    await expect(store.check()).rejects.toMatchObject(away);
  });
});

describe('an error of the file system', () => {
  it.each([
    ['ENOSPC', 'MEDIA.STORAGE_FULL'],
    ['EDQUOT', 'MEDIA.STORAGE_FULL'],
    ['EROFS', 'MEDIA.STORAGE_UNAVAILABLE'],
    ['EACCES', 'MEDIA.STORAGE_UNAVAILABLE'],
    ['EIO', 'MEDIA.STORAGE_UNAVAILABLE'],
  ])('%s says %s', (code, problem) => {
    expect(diskFault(Object.assign(new Error(code), { code }))?.code).toBe(problem);
  });

  it('is told from every other', () => {
    expect(diskFault(new TypeError('x is not a function'))).toBeNull();
    expect(diskFault(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))).toBeNull();
    expect(diskFault(null)).toBeNull();
  });
});
