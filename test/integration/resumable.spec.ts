import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UploadSweeper } from '../../src/submissions/upload-sweeper.js';
import { StorageService } from '../../src/storage/storage.service.js';
import type { Client } from './support/client.js';
import { startSite, type Site } from './support/site.js';
import { announce, begin, draft, likePhoto, look, openPatch, patch, uploadsOf } from './support/tus.js';
import { uploadByClient } from './support/tus-client.js';
import { photo, settled, until } from './support/works.js';

let site: Site;
let zhang: Client;

beforeAll(async () => {
  site = await startSite();
  zhang = await site.entrant('张三', '13800000001');
});
afterAll(() => site.close());

const incoming = () => readdirSync(join(site.storageDir, 'incoming'));
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
/** Waits until something of an upload that is being sent has reached the disk. */
const someOf = (path: string) =>
  until(
    () => look(zhang, path),
    ({ offset }) => offset > 0,
  );

describe('a file that comes in pieces', () => {
  it('is attached with the last of them, whole, and processed as any other', async () => {
    const content = await photo();
    const work = await draft(zhang);
    const created = await announce(zhang, {
      submission: work,
      bytes: content.length,
      filename: '门口\r\n/../家.jpg',
      mark: 'a1b2',
      lastModified: '1700000000000',
    });
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toMatch(/^\/api\/uploads\/[0-9a-f-]{36}$/);
    expect(created.headers.get('tus-resumable')).toBe('1.0.0');
    const expires = Date.parse(created.headers.get('upload-expires')!);
    expect(expires - Date.now()).toBeGreaterThan(23.9 * 3600_000);
    const path = created.headers.get('location')!.replace('/api', '');

    const half = Math.floor(content.length / 2);
    const first = await patch(zhang, path, 0, content.subarray(0, half));
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, String(half)]);
    expect(await look(zhang, path)).toEqual({ status: 200, offset: half });
    expect(await uploadsOf(zhang, work)).toMatchObject([
      {
        name: '家.jpg',
        bytes: content.length,
        received: half,
        mark: 'a1b2',
        lastModified: 1700000000000,
        state: 'receiving',
        mediaId: null,
        error: null,
      },
    ]);
    const last = await patch(zhang, path, half, content.subarray(half));
    expect([last.status, last.headers.get('upload-offset')]).toEqual([204, String(content.length)]);
    const { body } = await settled(zhang, work);
    expect(body.media).toMatchObject([
      { status: 'ready', name: '家.jpg', bytes: content.length, sha256: sha256(content), width: 640 },
    ]);
    expect(await uploadsOf(zhang, work)).toMatchObject([{ state: 'attached', mediaId: body.media[0].id }]);
    expect(incoming()).toEqual([]);
  });

  it('may come in one piece, too', async () => {
    const content = likePhoto(3_000_000);
    const work = await draft(zhang);
    const path = await begin(zhang, { submission: work, bytes: content.length });
    expect((await patch(zhang, path, 0, content)).status).toBe(204);
    const { body } = await zhang.get(`/submissions/${work}`);
    expect(body.media).toMatchObject([{ bytes: content.length, sha256: sha256(content) }]);
  });

  it('is found again after the page was closed, and goes on with another client', async () => {
    const content = likePhoto(2_000_000);
    const work = await draft(zhang);
    const path = await begin(zhang, { submission: work, bytes: content.length, mark: 'beef' });
    const page = openPatch(zhang, path, 0, content.length);
    await page.write(content.subarray(0, 1_500_000));
    await someOf(path);
    page.cut();
    const [found] = await uploadsOf(zhang, work);
    expect(found).toMatchObject({ mark: 'beef', state: 'receiving' });
    expect(found.received).toBeGreaterThan(0);
    await uploadByClient({
      api: `${site.url}/api`,
      cookie: zhang.cookie,
      submission: work,
      content,
      options: { uploadUrl: `${site.url}/api/uploads/${found.id}` },
    });
    const { body } = await zhang.get(`/submissions/${work}`);
    expect(body.media).toMatchObject([{ sha256: sha256(content) }]);
  });

  it('whose last answer was lost is told to be whole, and what it became', async () => {
    const content = likePhoto(5000);
    const work = await draft(zhang);
    const path = await begin(zhang, { submission: work, bytes: content.length });
    const lost = openPatch(zhang, path, 0, content.length);
    await lost.write(content);
    const attached = await until(
      () => uploadsOf(zhang, work),
      ([upload]) => upload.state === 'attached',
    ).finally(() => lost.cut());
    expect(attached[0].mediaId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await look(zhang, path)).toEqual({ status: 200, offset: content.length });
    // Asked again with nothing more to send, it says so; with more, it refuses.
    expect((await patch(zhang, path, content.length, Buffer.alloc(0))).status).toBe(204);
    expect((await patch(zhang, path, 0, content)).body.code).toBe('UPLOAD.OFFSET');
    expect((await zhang.get(`/submissions/${work}`)).body.media).toHaveLength(1);
  });

  it('from two tabs at once goes on in one of them, and in the other once that is gone', async () => {
    const content = likePhoto(2_000_000);
    const work = await draft(zhang);
    const path = await begin(zhang, { submission: work, bytes: content.length });
    const first = openPatch(zhang, path, 0, content.length);
    await first.write(content.subarray(0, 1_500_000));
    await someOf(path);
    const second = await patch(zhang, path, 0, content);
    expect(second).toMatchObject({ status: 423, body: { code: 'UPLOAD.LOCKED' } });
    expect(second.headers.get('retry-after')).toBe('3');
    first.cut();
    const { offset } = await look(zhang, path);
    expect((await patch(zhang, path, offset, content.subarray(offset))).status).toBe(204);
    const { body } = await zhang.get(`/submissions/${work}`);
    expect(body.media).toMatchObject([{ sha256: sha256(content) }]);
  });

  it('of twenty equal requests takes each byte once', async () => {
    const content = likePhoto(50_000);
    const work = await draft(zhang);
    const path = await begin(zhang, { submission: work, bytes: content.length });
    const answers = await Promise.all(Array.from({ length: 20 }, () => patch(zhang, path, 0, content)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    expect(statuses.filter((status) => ![204, 409, 423].includes(status))).toEqual([]);
    const { body } = await zhang.get(`/submissions/${work}`);
    expect(body.media).toMatchObject([{ sha256: sha256(content) }]);
  });

  it('is given up on demand, and leaves nothing', async () => {
    const work = await draft(zhang);
    const path = await begin(zhang, { submission: work, bytes: 5000 });
    await patch(zhang, path, 0, likePhoto(3000));
    expect((await zhang.delete(path)).status).toBe(204);
    expect((await look(zhang, path)).status).toBe(404);
    expect(await uploadsOf(zhang, work)).toEqual([]);
    expect(incoming()).toEqual([]);
  });
});

describe('what nobody goes on with', () => {
  const sweep = () => site.app.get(UploadSweeper).sweep();
  const partOf = (path: string) => join(site.storageDir, 'incoming', `${path.split('/').pop()}.part`);

  it('is refused after a day and swept, and never what is under way, however old it looks', async () => {
    const work = await draft(zhang);
    const [abandoned, underWay] = [
      await begin(zhang, { submission: work, bytes: 5000 }),
      await begin(zhang, { submission: work, bytes: 5000 }),
    ];
    const content = likePhoto(5000);
    for (const path of [abandoned, underWay]) await patch(zhang, path, 0, content.subarray(0, 3000));
    const orphan = partOf('/uploads/00000000-0000-4000-8000-000000000001');
    writeFileSync(orphan, 'without a row');
    const longAgo = Date.now() / 1000 - 3 * 24 * 3600;
    for (const path of [abandoned, underWay]) utimesSync(partOf(path), longAgo, longAgo);
    await site.moveClock('23 hours');
    try {
      await patch(zhang, underWay, 3000, content.subarray(3000, 4000));
      utimesSync(partOf(underWay), longAgo, longAgo);
      await site.moveClock('25 hours');
      expect((await patch(zhang, abandoned, 3000, content.subarray(3000))).status).toBe(410);
      expect((await look(zhang, abandoned)).status).toBe(410);
      expect(await uploadsOf(zhang, work)).toMatchObject([{ received: 4000 }]);

      await sweep();
      await site.app.get(StorageService).sweepUnfinished();
      expect([existsSync(partOf(abandoned)), existsSync(orphan), existsSync(partOf(underWay))]).toEqual([
        false,
        false,
        true,
      ]);
      expect((await look(zhang, abandoned)).status).toBe(404);
      expect((await patch(zhang, underWay, 4000, content.subarray(4000))).status).toBe(204);
    } finally {
      await site.moveClock('0');
    }
  });

  it('but is whole, as after a process that was killed at the last moment, is attached', async () => {
    const content = likePhoto(5000);
    const works = [await draft(zhang), await draft(zhang)];
    const paths: string[] = [];
    for (const submission of works) paths.push(await begin(zhang, { submission, bytes: content.length }));
    writeFileSync(partOf(paths[0]), content);
    writeFileSync(partOf(paths[1]), likePhoto(5000));
    // The one by whoever asks for it, the other by itself.
    expect(await look(zhang, paths[0])).toEqual({ status: 200, offset: content.length });
    await site.dataSource.query('UPDATE uploads SET received = bytes WHERE submission_id = $1', [works[1]]);
    await sweep();
    for (const work of works) {
      expect(await uploadsOf(zhang, work)).toMatchObject([{ state: 'attached' }]);
      expect((await zhang.get(`/submissions/${work}`)).body.media).toHaveLength(1);
    }
  });

  it('breaks no invariant', async () => {
    expect(await site.broken()).toEqual([]);
  });
});
