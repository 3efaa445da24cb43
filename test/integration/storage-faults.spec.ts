import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { MediaSweeper } from '../../src/media/media-sweeper.js';
import type { Client } from './support/client.js';
import type { S3Fault, TestS3 } from './support/s3/server.js';
import { slug, startSite, type Site } from './support/site.js';
import { originalOf, originals } from './support/stored.js';
import { photo, send, settled, until } from './support/works.js';

// The faults of a store that is far away; those of a disk need a disk of their own.
process.env['TEST_STORAGE'] = 's3';

let site: Site;
let s3: TestS3;
let zhang: Client;

beforeAll(async () => {
  site = await startSite();
  s3 = site.stored.s3!;
  zhang = await site.entrant('张三', '13800000001');
});
afterAll(() => site.close());
afterEach(() => {
  s3.fault = null;
});

const works = async () => (await site.dataSource.query('SELECT id FROM submissions')).length as number;
const unfinished = () =>
  ['incoming', 'work'].flatMap((folder) => readdirSync(path.join(site.storageDir, folder)));

describe('an upload', () => {
  it.each<[S3Fault, number, string]>([
    ['away', 503, 'MEDIA.STORAGE_UNAVAILABLE'],
    ['altering', 503, 'MEDIA.STORAGE_UNAVAILABLE'],
    ['full', 507, 'MEDIA.STORAGE_FULL'],
  ])(
    'to a store that is %s is refused, leaves nothing, and succeeds once it is well',
    async (fault, status, code) => {
      const before = [await works(), originals(site.stored)];
      const files = [{ content: await photo(), name: 'a.jpg' }];
      s3.fault = fault;
      const refused = await send(zhang, { files });
      expect(refused).toMatchObject({ status, body: { code } });
      expect(refused.body.detail).toMatch(/[\u4e00-\u9fff]/);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      s3.fault = null;
      expect([await works(), originals(site.stored)]).toEqual(before);
      expect(unfinished()).toEqual([]);
      const { body } = await send(zhang, { files });
      expect((await settled(zhang, body.id)).body.media[0].status).toBe('ready');
      await zhang.post(`/submissions/${body.id}/withdraw`);
    },
  );

  it('that is refused after it was sent to the store is taken away again, unless somebody has the same', async () => {
    const mine = { content: await photo(), name: 'a.jpg' };
    expect((await send(zhang, { files: [mine] })).status).toBe(201);
    const before = originals(site.stored);
    s3.requests.length = 0;
    expect((await send(zhang, { consent: 'old' })).body.code).toBe('SUBMISSION.CONSENT_OUTDATED');
    expect(s3.requests.some((line) => line.startsWith('PUT'))).toBe(true);
    expect((await send(zhang, { files: [mine] })).body.code).toBe('SUBMISSION.DUPLICATE');
    expect(originals(site.stored)).toEqual(before);
  });
});

describe('processing', () => {
  const rowOf = async (id: string) =>
    (await site.dataSource.query('SELECT * FROM media WHERE submission_id = $1', [id]))[0];

  it.each<S3Fault>(['away', 'cutting', 'full'])(
    'waits while the store is %s, without counting it against the file, and goes on by itself',
    async (fault) => {
      const { body } = await sendUnprocessed();
      s3.fault = fault;
      await again(body.id);
      const row = await until(
        () => rowOf(body.id),
        ({ error }) => error !== null,
      );
      expect(row.error).toBe(fault === 'full' ? 'MEDIA.STORAGE_FULL' : 'MEDIA.STORAGE_UNAVAILABLE');
      // Where it lasts, all tries of a job pass by, and the sweeper hands the file out again.
      if (fault === 'away') {
        const handedOut = () => rowOf(body.id);
        await until(handedOut, ({ version, attempts }) => version > row.version && attempts === 0, 40_000);
      }
      s3.fault = null;
      const { body: after } = await settledSoon(body.id);
      expect(after.media[0].status).toBe('ready');
      expect(unfinished()).toEqual([]);
    },
  );

  it.each([
    ['missing', (key: string) => site.stored.remove(key), 'MEDIA.ORIGINAL_MISSING'],
    [
      'not what was sent',
      (key: string) => site.stored.replace(key, Buffer.from('else')),
      'MEDIA.ORIGINAL_DAMAGED',
    ],
  ])('of an original that is %s fails, and says so', async (_name, spoil, code) => {
    const { body } = await sendUnprocessed();
    spoil(originalOf(body.media[0]));
    await again(body.id);
    const { body: after } = await settledSoon(body.id);
    expect(after.media[0]).toMatchObject({ status: 'failed', error: { code } });
    expect(after.media[0].error.message).toMatch(/重新上传/);
    expect(unfinished()).toEqual([]);
  });

  /** A work whose file was processed, and is pending once more. */
  async function sendUnprocessed() {
    const sent = await send(zhang, {
      author: { name: '作者', phone: `1371${Math.random().toFixed(7).slice(2)}` },
    });
    await settled(zhang, sent.body.id);
    return sent;
  }

  async function again(id: string): Promise<void> {
    await site.dataSource.query(
      `UPDATE media SET status = 'pending', error = NULL, attempts = 0, renditions = '[]',
              queued_at = now() - interval '1 minute' WHERE submission_id = $1`,
      [id],
    );
    await site.app.get(MediaSweeper).sweep();
  }

  const settledSoon = (id: string) =>
    until(
      () => zhang.get(`/submissions/${id}`),
      ({ body }) => body.media[0].status !== 'pending',
      40_000,
    );
});

describe('while the store is away', () => {
  it('pictures are a clean 503, pages go on, and readiness says what is wrong', async () => {
    const { body } = await send(zhang, { author: { name: '丙', phone: '13711110000' } });
    const { body: ready } = await settled(zhang, body.id);
    expect((await zhang.get('/health/ready')).status).toBe(200);
    s3.fault = 'away';
    const picture = await site.visitorAs(zhang).get(ready.media[0].links.thumb);
    expect(picture).toMatchObject({ status: 503, body: { code: 'MEDIA.STORAGE_UNAVAILABLE' } });
    expect(Number(picture.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await zhang.get(`/contests/${slug}`)).status).toBe(200);
    const unready = await until(
      () => zhang.get('/health/ready'),
      ({ status }) => status !== 200,
    );
    expect(unready).toMatchObject({ status: 503, body: { code: 'MEDIA.STORAGE_UNAVAILABLE' } });
    expect((await zhang.get('/health/live')).status).toBe(200);
    s3.fault = null;
    await until(
      () => zhang.get('/health/ready'),
      ({ status }) => status === 200,
    );
    expect((await site.visitorAs(zhang).get(ready.media[0].links.thumb)).status).toBe(200);
  });

  it('the check of all data does not pass', async () => {
    s3.fault = 'away';
    expect(await site.broken()).toEqual(
      expect.arrayContaining(['every original is in storage, whole', 'every rendition is in storage, whole']),
    );
  });

  it('a server starts all the same, and works once the store is there', async () => {
    const late = await startSite({ s3Fault: 'away' });
    try {
      const wang = await late.entrant('王五', '13800000009');
      expect((await send(wang)).status).toBe(503);
      late.stored.s3!.fault = null;
      // Its bucket is not there yet, either: readiness looks after that.
      await until(
        () => wang.get('/health/ready'),
        ({ status }) => status === 200,
      );
      const { body } = await send(wang);
      expect((await settled(wang, body.id)).body.media[0].status).toBe('ready');
    } finally {
      await late.close();
    }
  });
});
