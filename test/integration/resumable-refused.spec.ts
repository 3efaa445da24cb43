import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ftypThenNoise } from '../fixtures/bad-media.js';
import type { Client } from './support/client.js';
import { startSite, type Site } from './support/site.js';
import { announce, begin, draft, likePhoto, look, openPatch, patch, uploadsOf } from './support/tus.js';
import { photo, send } from './support/works.js';

let site: Site;
let zhang: Client;
let li: Client;

beforeAll(async () => {
  site = await startSite();
  zhang = await site.entrant('张三', '13800000001');
  li = await site.entrant('李四', '13800000002');
});
afterAll(() => site.close());

const incoming = () => readdirSync(join(site.storageDir, 'incoming'));
const nowhere = '/uploads/00000000-0000-4000-8000-000000000000';

describe('what is refused before a byte is sent', () => {
  it('a stranger: 401, another’s work or upload: 404', async () => {
    const work = await draft(zhang);
    const visitor = site.visitor();
    expect((await announce(visitor, { submission: work, bytes: 10 })).status).toBe(401);
    const path = await begin(zhang, { submission: work, bytes: 5000 });
    await patch(zhang, path, 0, likePhoto(3000));
    expect((await patch(visitor, path, 3000, Buffer.alloc(1))).status).toBe(401);

    const answers = [
      await announce(li, { submission: work, bytes: 10 }),
      await patch(li, path, 3000, Buffer.alloc(2000)),
      await li.delete(path),
      await li.get(`/submissions/${work}/uploads`),
      // Not even the organiser sends for somebody else.
      await patch(site.organiser, path, 3000, Buffer.alloc(2000)),
      await site.organiser.get(`/submissions/${work}/uploads`),
      await patch(zhang, nowhere, 0, Buffer.alloc(1)),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect((await look(li, path)).status).toBe(404);
    expect(await look(zhang, path)).toEqual({ status: 200, offset: 3000 });
    await zhang.delete(path);
  });

  it('from another site: 403', async () => {
    const headers = { Origin: 'https://evil.example', 'Upload-Length': '5' };
    expect((await zhang.send('POST', '/uploads', undefined, headers)).body.code).toBe('REQUEST.CROSS_ORIGIN');
  });

  const cases: [string, number, number, string][] = [
    ['4 GB', 4 * 2 ** 30, 413, 'MEDIA.TOO_LARGE'],
    ['a byte more than a photo may have', 50_000_001, 413, 'MEDIA.TOO_LARGE'],
    ['an empty file', 0, 422, 'MEDIA.EMPTY'],
  ];
  it.each(cases)('%s', async (_name, bytes, status, code) => {
    const answer = await announce(zhang, { submission: await draft(zhang), bytes });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.detail).toMatch(/[\u4e00-\u9fff]/);
  });

  it('what cannot be read: lengths, metadata, versions, types', async () => {
    const work = await draft(zhang);
    const metadata = `submission ${Buffer.from(work).toString('base64')}`;
    const post = (headers: Record<string, string>) => zhang.send('POST', '/uploads', undefined, headers);
    for (const length of ['-1', '1e3', '9'.repeat(30), '１２']) {
      const answer = await post({ 'Upload-Length': encodeURI(length), 'Upload-Metadata': metadata });
      expect([length, answer.status]).toEqual([length, 411]);
    }
    for (const given of ['', 'submission', 'submission !!!', `${metadata},mark ${btoa('no hex')}`, ',,, ,']) {
      const answer = await post({ 'Upload-Length': '10', 'Upload-Metadata': given });
      expect([given, answer.status, answer.body.code]).toEqual([given, 422, 'REQUEST.INVALID']);
    }
    const old = { 'Tus-Resumable': '0.2.2', 'Upload-Length': '10', 'Upload-Metadata': metadata };
    expect(await post(old)).toMatchObject({ status: 412, body: { code: 'UPLOAD.VERSION' } });

    const path = await begin(zhang, { submission: work, bytes: 100 });
    const form = await zhang.send('PATCH', path, new Blob(['x']), { 'Upload-Offset': '0' });
    expect(form).toMatchObject({ status: 415, body: { code: 'UPLOAD.CONTENT_TYPE' } });
    for (const offset of [-1, 0.5, NaN]) {
      expect((await patch(zhang, path, offset, Buffer.of(1))).status).toBe(400);
    }
    expect(await patch(zhang, path, 7, Buffer.of(1))).toMatchObject({
      status: 409,
      body: { code: 'UPLOAD.OFFSET' },
    });
    expect(await look(zhang, path)).toEqual({ status: 200, offset: 0 });
    await zhang.delete(path);
  });

  it('more than was announced, by its length at once and by its bytes where it has none', async () => {
    const path = await begin(zhang, { submission: await draft(zhang), bytes: 100 });
    const huge = openPatch(zhang, path, 0, 4 * 2 ** 30);
    await huge.write(Buffer.alloc(1));
    expect(await huge.answered).toMatchObject({ status: 400, body: { code: 'UPLOAD.OVERRUN' } });
    const chunked = await fetch(`${zhang.url}${path}`, {
      method: 'PATCH',
      headers: {
        cookie: zhang.cookie,
        'Upload-Offset': '0',
        'Content-Type': 'application/offset+octet-stream',
      },
      body: new Blob([likePhoto(101)]).stream(),
      duplex: 'half',
    });
    expect([chunked.status, await chunked.json()]).toMatchObject([400, { code: 'UPLOAD.OVERRUN' }]);
    expect(await look(zhang, path)).toEqual({ status: 200, offset: 0 });
    await zhang.delete(path);
  });

  it('one file more than the work takes, counting those under way', async () => {
    const work = await draft(zhang, { category: 'douyin' });
    const path = await begin(zhang, { submission: work, bytes: 1000 });
    expect(await announce(zhang, { submission: work, bytes: 1000 })).toMatchObject({
      status: 422,
      body: { code: 'SUBMISSION.TOO_MANY_FILES' },
    });
    await zhang.delete(path);
    await zhang.delete(await begin(zhang, { submission: work, bytes: 1000 }));
  });

  it('more than the account’s quota, counting what is under way, however it comes', async () => {
    const wang = await site.entrant('王五', '13800000003');
    await site.dataSource.query('UPDATE contests SET account_quota_bytes = 100000');
    try {
      const work = await draft(wang);
      const begun = await Promise.all(
        Array.from({ length: 6 }, () => announce(wang, { submission: work, bytes: 30_000 })),
      );
      expect(begun.map(({ status }) => status).sort()).toEqual([201, 201, 201, 413, 413, 413]);
      expect(begun.find(({ status }) => status === 413)!.body.code).toBe('MEDIA.QUOTA_EXCEEDED');
      const files = [{ content: likePhoto(12_000), name: 'a.jpg' }];
      expect((await send(wang, { files })).body.code).toBe('MEDIA.QUOTA_EXCEEDED');
    } finally {
      await site.dataSource.query('UPDATE contests SET account_quota_bytes = DEFAULT');
    }
  });

  it('anything for a work that was withdrawn, or that judging has', async () => {
    const { body } = await send(zhang, { title: '撤回' });
    const path = await begin(zhang, { submission: body.id, bytes: 5000 });
    await zhang.post(`/submissions/${body.id}/withdraw`);
    expect((await announce(zhang, { submission: body.id, bytes: 10 })).body.code).toBe('SUBMISSION.FIXED');
    expect((await patch(zhang, path, 0, likePhoto(100))).body.code).toBe('SUBMISSION.FIXED');
    expect(await uploadsOf(zhang, body.id)).toMatchObject([
      { state: 'refused', error: { code: 'SUBMISSION.FIXED' } },
    ]);
  });
});

describe('what is refused by its bytes', () => {
  it('no photo: as soon as its beginning is there, not at its end', async () => {
    const work = await draft(zhang);
    const path = await begin(zhang, { submission: work, bytes: 40_000_000, filename: 'a.jpg' });
    const sending = openPatch(zhang, path, 0, 40_000_000);
    await sending.write(Buffer.from('<html>'.repeat(2000)));
    expect(await sending.answered).toMatchObject({ status: 415, body: { code: 'MEDIA.WRONG_TYPE' } });
    sending.cut();
    expect(await uploadsOf(zhang, work)).toMatchObject([
      { state: 'refused', mediaId: null, error: { code: 'MEDIA.WRONG_TYPE' } },
    ]);
    expect(incoming()).toEqual([]);
    // Whoever goes on is told again at once, and again nothing is kept.
    expect(await look(zhang, path)).toEqual({ status: 200, offset: 0 });
    expect(await patch(zhang, path, 0, likePhoto(100))).toMatchObject({
      status: 415,
      body: { code: 'MEDIA.WRONG_TYPE' },
    });
    expect((await zhang.delete(path)).status).toBe(204);
    expect(await uploadsOf(zhang, work)).toEqual([]);
  });

  it('no photo: also where the first pieces are too short to tell', async () => {
    const film = ftypThenNoise();
    const path = await begin(zhang, { submission: await draft(zhang), bytes: film.length });
    for (let offset = 0; offset < 8; offset += 2) {
      expect((await patch(zhang, path, offset, film.subarray(offset, offset + 2))).status).toBe(204);
    }
    expect((await patch(zhang, path, 8, film.subarray(8))).body.code).toBe('MEDIA.WRONG_TYPE');
    expect(incoming()).toEqual([]);
  });

  it('one’s own duplicate, by name; the reason stays in the list', async () => {
    const content = await photo();
    const earlier = await send(zhang, { files: [{ content, name: 'x.jpg' }] });
    const work = await draft(zhang);
    const path = await begin(zhang, { submission: work, bytes: content.length });
    const answer = await patch(zhang, path, 0, content);
    expect(answer).toMatchObject({ status: 409, body: { code: 'SUBMISSION.DUPLICATE' } });
    expect(answer.body.detail).toContain(earlier.body.number);
    const [refused] = await uploadsOf(zhang, work);
    expect(refused).toMatchObject({
      state: 'refused',
      error: { code: 'SUBMISSION.DUPLICATE', message: answer.body.detail },
    });
    expect(incoming()).toEqual([]);
    expect((await zhang.get(`/submissions/${work}`)).body.media).toEqual([]);
  });
});

it('breaks no invariant', async () => {
  expect(await site.broken()).toEqual([]);
});
