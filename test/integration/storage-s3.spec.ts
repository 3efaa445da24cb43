import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadEnv } from '../../src/config/env.js';
import { S3Store } from '../../src/storage/s3-store.js';
import { originalKey } from '../../src/storage/store.js';
import { bucket, prefix, startS3, testKey, type TestS3 } from './support/s3/server.js';
import { refusalOf } from './support/s3/signature.js';

// What only a bucket can do, or do wrong. What it shares with a folder is in storage.spec.ts.
let folder: string;
let s3: TestS3;
let store: S3Store;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dingge-test-s3-store-'));
  s3 = await startS3({ query: '&serve=redirect' });
  store = storeWith({});
  await store.open();
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  s3.fault = null;
});

const storeWith = (variables: Record<string, string>) =>
  new S3Store(loadEnv({ ...s3.env, ...variables }).s3!);

/** A file at a local path, and the key of its content as an original. */
function local(content: Buffer) {
  const file = path.join(folder, `file-${randomBytes(8).toString('hex')}`);
  writeFileSync(file, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { file, sha256, key: originalKey(sha256) };
}

describe('a bucket', () => {
  it('is made where there is none', () => {
    expect(s3.requests.slice(0, 2)).toEqual([`HEAD /${bucket}/`, `PUT /${bucket}/`]);
  });

  it('that went away is a store in trouble, not one that lost its files', async () => {
    const elsewhere = storeWith({ STORAGE_URL: s3.env['STORAGE_URL'].replace(bucket, 'another') });
    await expect(elsewhere.read(originalKey('0'.repeat(64)))).rejects.toMatchObject({
      code: 'MEDIA.STORAGE_UNAVAILABLE',
    });
  });

  it('of another key answers nothing', async () => {
    const stranger = storeWith({ S3_SECRET_ACCESS_KEY: 'not the secret' });
    const { file, key } = local(randomBytes(1000));
    for (const asking of [stranger.check(), stranger.take(file, key), stranger.read(key)]) {
      await expect(asking).rejects.toMatchObject({ code: 'MEDIA.STORAGE_UNAVAILABLE' });
    }
    expect(await store.size(key)).toBeNull();
  });
});

describe('sending', () => {
  it('is refused by the store when a byte changes on the way, and leaves nothing', async () => {
    s3.fault = 'altering';
    for (const bytes of [1000, 20_000_000]) {
      const { file, key } = local(randomBytes(bytes));
      await expect(store.take(file, key)).rejects.toMatchObject({ code: 'MEDIA.STORAGE_UNAVAILABLE' });
      expect(await store.size(key)).toBeNull();
      expect(existsSync(file)).toBe(true);
    }
    expect(s3.objects.uploads.size).toBe(0);
  });

  it('is tried again when the store was away for a moment', async () => {
    const { file, key } = local(randomBytes(1000));
    s3.fault = 'hiccup';
    await store.take(file, key);
    expect(await store.size(key)).toBe(1000);
  });

  it('to a store that is full says so', async () => {
    s3.fault = 'full';
    for (const bytes of [1000, 20_000_000]) {
      const { file, key } = local(randomBytes(bytes));
      await expect(store.take(file, key)).rejects.toMatchObject({ code: 'MEDIA.STORAGE_FULL' });
    }
  });

  it('of a file that cannot be read fails as that, and does not end the process', async () => {
    const { file, key } = local(Buffer.alloc(20_000_000));
    const taking = store.take(file, key);
    truncateSync(file, 1000);
    await expect(taking).rejects.toThrow();
    await expect(store.take(path.join(folder, 'gone'), key)).rejects.toMatchObject({
      code: 'MEDIA.STORAGE_UNAVAILABLE',
    });
  });

  it('holds nothing of a large file in memory', async () => {
    const file = path.join(folder, 'large');
    writeFileSync(file, '');
    truncateSync(file, 120_000_000);
    const before = process.memoryUsage().rss;
    let peak = 0;
    const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    await store.take(file, 'renditions/00/large/play.mp4').finally(() => clearInterval(watching));
    expect(await store.size('renditions/00/large/play.mp4')).toBe(120_000_000);
    // Both ends of the connection are in this process.
    expect(peak - before).toBeLessThan(60_000_000);
  });
});

describe('fetching an original', () => {
  const work = () => mkdtempSync(path.join(folder, 'work-'));

  it('finds out when a byte changed, and keeps nothing of it', async () => {
    const { file, sha256, key } = local(randomBytes(500_000));
    await store.take(file, key);
    s3.fault = 'damaging';
    const into = work();
    await expect(store.original(sha256, into)).rejects.toMatchObject({ how: 'damaged' });
    expect(readdirSync(into)).toEqual([]);
  });

  it('that breaks off says nothing of the file', async () => {
    const { file, sha256, key } = local(randomBytes(500_000));
    await store.take(file, key);
    s3.fault = 'cutting';
    await expect(store.original(sha256, work())).rejects.toMatchObject({ code: 'MEDIA.STORAGE_UNAVAILABLE' });
  });

  it('stops when it is told to', async () => {
    const { file, sha256, key } = local(randomBytes(500_000));
    await store.take(file, key);
    const stopping = AbortSignal.abort();
    await expect(store.original(sha256, work(), stopping)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('an upload that was never completed', () => {
  it('goes after a while, with its parts', async () => {
    const old = s3.objects.begin(`${prefix}originals/aa`);
    const recent = s3.objects.begin(`${prefix}originals/bb`);
    const foreign = s3.objects.begin('others/cc');
    for (const id of [old, foreign]) s3.objects.uploads.get(id)!.begun = new Date(Date.now() - 3600_000);
    await store.dropUnfinished(new Date(Date.now() - 60_000));
    expect([...s3.objects.uploads.keys()]).toEqual([recent, foreign]);
    s3.objects.uploads.clear();
  });
});

describe('a link', () => {
  it('is good for a minute, for this one picture, and for reading alone', async () => {
    const { file, key } = local(randomBytes(1000));
    await store.take(file, key);
    const link = (await store.link(key, 'image/webp'))!;
    const answer = await fetch(link);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect((await answer.arrayBuffer()).byteLength).toBe(1000);

    const { url, headers } = { url: link.slice(s3.endpoint.length), headers: { host: new URL(link).host } };
    const at = (seconds: number) =>
      refusalOf({ method: 'GET', url, headers } as IncomingMessage, testKey, Date.now() + seconds * 1000);
    expect([at(0), at(58), at(61)]).toEqual([null, null, 'AccessDenied']);

    const other = local(randomBytes(1000));
    await store.take(other.file, other.key);
    const altered = [
      link.replace(key, other.key),
      link.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'),
      link.replace(/X-Amz-Signature=.*?(&|$)/, ''),
      link.split('?')[0],
    ];
    for (const url of altered) expect((await fetch(url)).status).toBe(403);
    expect((await fetch(link, { method: 'PUT', body: 'x' })).status).toBe(403);
    expect((await fetch(link, { method: 'DELETE' })).status).toBe(403);
  });

  it('is made only where the setting asks for it', async () => {
    const url = s3.env['STORAGE_URL'].replace('serve=redirect', 'serve=proxy');
    expect(await storeWith({ STORAGE_URL: url }).link('renditions/x', 'image/webp')).toBeNull();
  });
});
