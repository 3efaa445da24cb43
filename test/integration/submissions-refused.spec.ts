import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Client } from './support/client.js';
import { bombPng, ftypThenNoise } from '../fixtures/bad-media.js';
import { slug, startSite, type Site } from './support/site.js';
import { photo, send, settled, workForm } from './support/works.js';

let site: Site;
let zhang: Client;

beforeAll(async () => {
  site = await startSite();
  zhang = await site.entrant('张三', '13800000001');
});
afterAll(() => site.close());

const incoming = () => readdirSync(join(site.storageDir, 'incoming'));

describe('what is refused', () => {
  const cases: [string, Parameters<typeof send>[1], number, string][] = [
    ['an unknown category', { category: 'painting' }, 422, 'CONTEST.CATEGORY_UNKNOWN'],
    ['an unknown community', { community: '月球社区' }, 422, 'SUBMISSION.COMMUNITY_UNKNOWN'],
    ['an unknown subject', { subject: '火星' }, 422, 'SUBMISSION.SUBJECT_UNKNOWN'],
    ['a title of 300 characters', { title: '😀\u202e字'.repeat(150) }, 422, 'REQUEST.INVALID'],
    ['no title', { title: '' }, 422, 'REQUEST.INVALID'],
    ['no file', { files: [] }, 422, 'SUBMISSION.NO_FILE'],
    ['an author without a phone', { author: { name: '甲', phone: '' } }, 422, 'REQUEST.INVALID'],
    [
      'a text named .jpg',
      { files: [{ content: Buffer.from('not a picture'), name: 'a.jpg' }] },
      415,
      'MEDIA.WRONG_TYPE',
    ],
    ['an empty file', { files: [{ content: Buffer.alloc(0), name: 'a.jpg' }] }, 422, 'MEDIA.EMPTY'],
    [
      'an SVG',
      { files: [{ content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), name: 'a.svg' }] },
      415,
      'MEDIA.WRONG_TYPE',
    ],
  ];
  it.each(cases)('%s', async (_name, work, status, code) => {
    const answer = await send(zhang, work);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.detail).toMatch(/[\u4e00-\u9fff]/);
    expect(incoming()).toEqual([]);
  });

  it('a video among the photos, and a photo among the videos', async () => {
    const film = { content: ftypThenNoise(), name: 'a.mp4' };
    expect((await send(zhang, { files: [film] })).body.code).toBe('MEDIA.WRONG_TYPE');
    const still = { content: await photo(), name: 'a.jpg' };
    expect((await send(zhang, { category: 'douyin', files: [still] })).body.code).toBe('MEDIA.WRONG_TYPE');
    expect(incoming()).toEqual([]);
  });

  it('a picture of 50,000 × 50,000 pixels is taken in, then fails at once, and says why', async () => {
    const { body } = await send(zhang, { title: '巨', files: [{ content: bombPng(), name: 'x.png' }] });
    const { body: after } = await settled(zhang, body.id);
    expect(after.media[0]).toMatchObject({ status: 'failed', error: { code: 'MEDIA.TOO_MANY_PIXELS' } });
    await zhang.post(`/submissions/${body.id}/withdraw`);
  });

  it('two photos, which are neither one nor a series', async () => {
    const files = [await photo(), await photo()].map((content) => ({ content, name: 'x.jpg' }));
    expect(await send(zhang, { files })).toMatchObject({
      status: 422,
      body: { code: 'SUBMISSION.SERIES_SIZE' },
    });
    expect(incoming()).toEqual([]);
  });

  it('a file before the category, with 400', async () => {
    const form = new FormData();
    form.append('files', new Blob([new Uint8Array(await photo())]), 'a.jpg');
    form.append('category', 'photo');
    expect(await zhang.post(`/contests/${slug}/submissions`, form)).toMatchObject({
      status: 400,
      body: { code: 'SUBMISSION.CATEGORY_FIRST' },
    });
    expect(incoming()).toEqual([]);
  });

  it('a truncated photo is taken in, then fails with a reason that says what to do', async () => {
    const whole = await sharp({ create: { width: 800, height: 800, channels: 3, background: '#888' } })
      .jpeg()
      .toBuffer();
    const { body } = await send(zhang, {
      title: '断',
      files: [{ content: whole.subarray(0, whole.length / 2), name: 'x.jpg' }],
    });
    const { body: after } = await settled(zhang, body.id);
    expect(after.media[0].status).toBe('failed');
    expect(after.media[0].error.message).toMatch(/重新上传/);
    expect(
      (await site.organiser.post(`/submissions/${body.id}/screening`, { decision: 'accept' })).body.code,
    ).toBe('SCREENING.FILES_NOT_READY');
    await zhang.post(`/submissions/${body.id}/withdraw`);
  });

  it('an upload that is announced too large, or not announced, before its body is read', async () => {
    expect(await raw({ 'Content-Length': '900000000' })).toMatchObject({
      status: 413,
      code: 'MEDIA.TOO_LARGE',
    });
    expect(await raw({ 'Transfer-Encoding': 'chunked' })).toMatchObject({
      status: 411,
      code: 'MEDIA.LENGTH_REQUIRED',
    });
  });

  it('a photo larger than its category takes, at the first byte too many', async () => {
    const head = await photo();
    const content = Buffer.concat([head, Buffer.alloc(50_000_001 - head.length)]);
    const form = await workForm({ files: [{ content, name: 'x.jpg' }] });
    expect(await zhang.post(`/contests/${slug}/submissions`, form)).toMatchObject({
      status: 413,
      body: { code: 'MEDIA.TOO_LARGE' },
    });
    expect(incoming()).toEqual([]);
  });

  it('nested and array field names, at once (CVE-2026-82333)', async () => {
    const started = Date.now();
    for (const name of ['items[4294967294]', 'a[b][c][d][e]', '__proto__[x]']) {
      const form = new FormData();
      form.append('category', 'photo');
      form.append(name, '1');
      form.append('items[a]', '1');
      const { status } = await zhang.post(`/contests/${slug}/submissions`, form);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect(Date.now() - started).toBeLessThan(2000);
  });

  /** Sends a head and no body: what is answered was decided by the head alone. */
  function raw(headers: Record<string, string>): Promise<{ status: number; code: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        `${site.url}/api/contests/${slug}/submissions`,
        {
          method: 'POST',
          headers: { ...headers, Cookie: zhang.cookie, 'Content-Type': 'multipart/form-data; boundary=x' },
        },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString()));
          response.on('end', () => {
            outgoing.destroy();
            resolve({ status: response.statusCode ?? 0, code: JSON.parse(text).code });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.flushHeaders();
    });
  }
});

describe('odd bytes', () => {
  it('NUL, lone surrogates and garbage where ids, words and cursors go are refused, never a 500', async () => {
    const nul = '\u0000';
    const answers = await Promise.all([
      site.visitor().get('/contests/%00'),
      site.visitor().post('/session', { login: `a${nul}b`, password: 'x' }),
      site.organiser.get(`/contests/${slug}/screening?q=%00`),
      site.organiser.get(`/contests/${slug}/screening?cursor=${Buffer.from('["x"]').toString('base64url')}`),
      site.organiser.get(
        `/contests/${slug}/screening?cursor=${Buffer.from('[1e300]').toString('base64url')}`,
      ),
      site.organiser.post(`/contests/${slug}/judges`, { name: '甲', login: `a${nul}@b.c` }),
      site.organiser.post(`/contests/${slug}/results`, { category: nul }),
      zhang.post(`/contests/${slug}/submissions`, { category: 5 }),
      send(zhang, { category: nul }),
      send(zhang, { title: `a${nul}`, files: [] }),
    ]);
    for (const { status } of answers) expect(status).toBeLessThan(500);
    const { body } = await zhang.post(
      `/contests/${slug}/submissions`,
      await workForm({ title: '半\ud800个' }),
    );
    expect(body.title).not.toContain('\ud800');
  });
});

it('breaks no invariant, and leaves nothing half-arrived', async () => {
  expect(await site.broken()).toEqual([]);
  expect(incoming()).toEqual([]);
});
