import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { loadEnv } from '../../src/config/env.js';
import { StoredFileLost } from '../../src/storage/errors.js';
import { mediaOfRendition, originalKey, renditionKey, type Store } from '../../src/storage/store.js';
import { storeOf } from '../../src/storage/storage.service.js';
import { startS3, type TestS3 } from './support/s3/server.js';
import { storedOn, type Stored } from './support/stored.js';

// The contract of src/storage/store.ts, asked of the kind of store that the suite is run on.
let folder: string;
let s3: TestS3 | null;
let store: Store;
let stored: Stored;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dingge-test-store-'));
  s3 = process.env['TEST_STORAGE'] === 's3' ? await startS3() : null;
  store = await storeOf(loadEnv(s3?.env ?? { STORAGE_URL: `file:${folder}` }));
  stored = storedOn(s3, folder);
  await store.open();
});
afterAll(async () => {
  await s3?.close();
  rmSync(folder, { recursive: true, force: true });
});
const sha256Of = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** A finished file at a local path. */
function finished(content: Buffer): string {
  const file = path.join(folder, `file-${randomBytes(8).toString('hex')}`);
  writeFileSync(file, content);
  return file;
}

async function takeOriginal(content: Buffer): Promise<string> {
  const sha256 = sha256Of(content);
  await store.take(finished(content), originalKey(sha256));
  return sha256;
}

describe('a store', () => {
  it('gives back what was put in, whole and in part', async () => {
    const content = randomBytes(300_000);
    const key = renditionKey('0b0e1a4e-0000-4000-8000-000000000000', '1-1-thumb.webp');
    await store.take(finished(content), key);
    expect(await store.size(key)).toBe(content.length);
    const whole = await store.read(key);
    expect(whole.bytes).toBe(content.length);
    expect((await buffer(whole.stream)).equals(content)).toBe(true);
    for (const [start, end] of [
      [0, 0],
      [0, 1],
      [1000, 150_000],
      [299_999, 299_999],
    ]) {
      const part = await store.read(key, { start, end });
      expect(part.bytes).toBe(content.length);
      expect((await buffer(part.stream)).equals(content.subarray(start, end + 1))).toBe(true);
    }
  });

  it('takes a large file, whole, and once more without harm', async () => {
    const content = randomBytes(40_000_000);
    const sha256 = await takeOriginal(content);
    const { stream } = await store.read(originalKey(sha256));
    expect(sha256Of(await buffer(stream))).toBe(sha256);
    await takeOriginal(content);
    expect(await store.size(originalKey(sha256))).toBe(content.length);
  });

  it('knows what it does not have', async () => {
    const key = originalKey('0'.repeat(64));
    expect(await store.size(key)).toBeNull();
    await expect(store.read(key)).rejects.toThrow(StoredFileLost);
    await expect(store.original('0'.repeat(64), folder)).rejects.toThrow(StoredFileLost);
    await store.remove(key);
  });

  it('gives a decoder a local path of an original', async () => {
    const content = randomBytes(100_000);
    const work = mkdtempSync(path.join(folder, 'work-'));
    const file = await store.original(await takeOriginal(content), work);
    expect(readFileSync(file).equals(content)).toBe(true);
  });

  it('stages ahead of taking, and then only makes sure', async () => {
    const content = randomBytes(100_000);
    const sha256 = sha256Of(content);
    const file = finished(content);
    await store.stage(file, originalKey(sha256));
    expect(existsSync(file)).toBe(true);
    if (s3) s3.requests.length = 0;
    await store.take(file, originalKey(sha256));
    expect(stored.read(originalKey(sha256)).equals(content)).toBe(true);
    expect(s3?.requests.filter((line) => line.startsWith('PUT')) ?? []).toEqual([]);
    // What was staged and swept before it was taken is put in again.
    await store.stage(finished(content), originalKey(sha256));
    await store.remove(originalKey(sha256));
    await store.take(finished(content), originalKey(sha256));
    expect(stored.read(originalKey(sha256)).equals(content)).toBe(true);
  });

  it('lists originals by age, page by page, and nothing else', async () => {
    for (const key of stored.keys()) stored.remove(key);
    const hashes = await Promise.all(Array.from({ length: 7 }, () => takeOriginal(randomBytes(50))));
    await store.take(
      finished(randomBytes(50)),
      renditionKey('0b0e1a4e-0000-4000-8000-000000000000', 'x.jpg'),
    );
    if (s3) s3.page = 3;
    const listed = async (then: number) => {
      const found: string[] = [];
      for await (const sha256 of store.originalsBefore(new Date(then))) found.push(sha256);
      return found.sort();
    };
    expect(await listed(Date.now() - 60_000)).toEqual([]);
    expect(await listed(Date.now() + 60_000)).toEqual(hashes.sort());
    stored.age(3600_000);
    expect(await listed(Date.now() - 60_000)).toEqual(hashes.sort());
  });

  it('lists renditions by age in the same way', async () => {
    for (const key of stored.keys()) stored.remove(key);
    await takeOriginal(randomBytes(50));
    const ids = ['0b0e1a4e-0000-4000-8000-000000000000', 'f10e1a4e-0000-4000-8000-000000000000'];
    const keys = ids.flatMap((id) => [renditionKey(id, '1-1-small.jpg'), renditionKey(id, '1-1-thumb.webp')]);
    for (const key of keys) await store.take(finished(randomBytes(50)), key);
    if (s3) s3.page = 3;
    const listed = async (then: number) => {
      const found: string[] = [];
      for await (const key of store.renditionsBefore(new Date(then))) found.push(key);
      return found.sort();
    };
    expect(await listed(Date.now() - 60_000)).toEqual([]);
    expect(await listed(Date.now() + 60_000)).toEqual(keys.sort());
    expect(keys.map(mediaOfRendition)).toEqual([ids[0], ids[0], ids[1], ids[1]]);
    expect(
      ['renditions/00/x/y', 'originals/0b/0e/0b0e', 'renditions/ff/' + ids[0] + '/a'].map(mediaOfRendition),
    ).toEqual([null, null, null]);
  });

  it('is ready to take files, and says so', async () => {
    await store.check();
  });
});
