import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import jsqr from 'jsqr';
import sharp from 'sharp';
import { originalKey } from '../../src/storage/store.js';
import type { Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { photo, send, settled } from './support/works.js';

/** jsqr is CommonJS: the function stands under `default`. */
const readQr = jsqr as unknown as typeof jsqr.default;
const canaries = { name: '金丝雀人名', phone: '13711112222', file: '金丝雀文件名.jpg', story: '金丝雀故事' };

let site: Site;
let entrant: Client;
let visitor: Client;
let content: Buffer;
let id: string;
let path: string;

beforeAll(async () => {
  site = await startSite();
  entrant = await site.entrant('金丝雀账号', '13833334444');
  visitor = site.visitor();
  content = await photo();
  const { body } = await send(entrant, {
    title: '晨雾',
    story: canaries.story,
    author: { name: canaries.name, phone: canaries.phone },
    files: [{ content, name: canaries.file }],
  });
  id = body.id;
  path = body.receipt.url.replace('/r/', '/receipts/');
  await settled(entrant, id);
});
afterAll(() => site.close());

const status = async (language = 'zh') =>
  (await visitor.get(path, { 'accept-language': language })).body.status;

describe('a receipt', () => {
  it('tells whoever holds it what arrived and where it stands, without a session', async () => {
    const { status: code, headers, body } = await visitor.get(path);
    expect([code, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      contest: { slug, title: '定格·幸福社区', timeZone: 'Asia/Shanghai' },
      number: 'A0001',
      title: '晨雾',
      category: '摄影作品',
      status: { code: 'submitted', words: '已收到，等待初审', next: expect.stringContaining('初审') },
      submittedAt: expect.stringMatching(/^\d{4}-/),
      files: [
        {
          kind: 'image',
          bytes: content.length,
          sha256: createHash('sha256').update(content).digest('hex'),
        },
      ],
    });
    expect((await status('en')).words).toBe('Received, awaiting screening');
  });

  // SECURITY “People”: canary strings in every identity field.
  it('names no author, account, phone, file or picture, whatever becomes of the work', async () => {
    const secrets = [...Object.values(canaries), '金丝雀账号', '13833334444', '金丝雀理由', id, 'api/media'];
    for (const decision of ['accept', 'return', 'reject']) {
      await site.organiser.post(`/submissions/${id}/screening`, { decision, reason: '金丝雀理由' });
      const text = JSON.stringify((await visitor.get(path)).body);
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    }
  });

  it('says what happens next, and that something is to be mended but not why', async () => {
    await site.organiser.post(`/submissions/${id}/screening`, { decision: 'return', reason: '请补充社区' });
    expect(await status()).toEqual({
      code: 'returned',
      words: '需要补充',
      next: '请投稿人登录查看说明，修改后重新提交。',
    });
    await site.organiser.post(`/submissions/${id}/screening`, { decision: 'accept' });
    expect((await status()).words).toBe('初审已通过');
  });

  it('has a QR code that leads to its page', async () => {
    const { headers, body } = await visitor.get(`${path}/qr.svg`);
    expect(headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    const { data, info } = await sharp(body)
      .resize(500, 500, { kernel: 'nearest' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const read = readQr(new Uint8ClampedArray(data), info.width, info.height);
    expect(read?.data).toBe(`${site.url}${path.replace('/receipts/', '/r/')}`);
  });

  it('is there from the submission on, not for a draft', async () => {
    const draft = await send(entrant, { draft: true });
    expect(draft.body.receipt).toBeNull();
    expect((await entrant.get(`/contests/${slug}/submissions`)).body.items[1].receipt.url).toMatch(
      /^\/r\/[\w-]{22}$/,
    );
  });

  it('of a withdrawn work says so, and lists no file', async () => {
    const { body } = await send(entrant, { title: '收回' });
    await entrant.post(`/submissions/${body.id}/withdraw`);
    const receipt = await visitor.get(body.receipt.url.replace('/r/', '/receipts/'));
    expect(receipt.body).toMatchObject({ status: { code: 'withdrawn' }, files: [] });
  });

  it('is not to be guessed: unknown is 404, many tries wait, and only for those who try', async () => {
    const tries = Array.from({ length: 54 }, () => randomBytes(16).toString('base64url'));
    const codes: number[] = [];
    for (const token of ['none', '%00', '定', ...tries]) {
      codes.push((await visitor.get(`/receipts/${encodeURIComponent(token)}`)).status);
    }
    expect(codes.slice(0, 50).every((code) => code === 404)).toBe(true);
    expect(codes.at(-1)).toBe(429);
    const refused = await visitor.get(path);
    expect(refused).toMatchObject({ status: 429, body: { code: 'ACCOUNT.TOO_MANY_TRIES' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await site.dataSource.query(`DELETE FROM sign_in_failures WHERE key LIKE 'receipt:%'`);
    expect((await visitor.get(path)).status).toBe(200);
  });
});

describe('checking what is stored', () => {
  const check = (client: Client, mediaId: string, of = id) =>
    client.post(`/submissions/${of}/files/${mediaId}/check`);
  let mediaId: string;

  beforeAll(async () => {
    mediaId = (await entrant.get(`/submissions/${id}`)).body.media[0].id;
  });

  it('reads the original again and finds what was sent', async () => {
    const sha256 = createHash('sha256').update(content).digest('hex');
    for (const client of [entrant, site.organiser]) {
      const { status: code, body } = await check(client, mediaId);
      expect([code, body]).toEqual([200, { sha256, matches: true, checkedAt: expect.any(String) }]);
    }
  });

  it('is for the owner and the organisers, and for files of that work', async () => {
    const stranger = await site.entrant('别人', '13855556666');
    expect((await check(stranger, mediaId)).status).toBe(404);
    expect((await check(site.visitor(), mediaId)).status).toBe(401);
    expect((await check(entrant, randomUUID())).status).toBe(404);
    const other = await send(entrant, { title: '另一件' });
    expect((await check(entrant, mediaId, other.body.id)).status).toBe(404);
  });

  it('says so where a stored byte has changed, or the file is gone', async () => {
    const bad = Buffer.from(content);
    bad[bad.length >> 1] ^= 1;
    const sha256 = createHash('sha256').update(content).digest('hex');
    const file = join(site.storageDir, originalKey(sha256));
    chmodSync(file, 0o644);
    writeFileSync(file, bad);
    expect((await check(entrant, mediaId)).body).toMatchObject({
      matches: false,
      sha256: createHash('sha256').update(bad).digest('hex'),
    });
    rmSync(file);
    expect(await check(entrant, mediaId)).toMatchObject({
      status: 404,
      body: { code: 'MEDIA.FILE_MISSING' },
    });
    writeFileSync(file, content);
    expect((await check(entrant, mediaId)).body.matches).toBe(true);
  });

  it('is one at a time and a few an hour, by account; one that was cut off stands in nobody’s way', async () => {
    const checker = await site.entrant('勤查', '13877778888');
    const own = (await send(checker, { title: '勤查之作' })).body;
    const once = () => check(checker, own.media[0].id, own.id);
    const { account } = (await checker.get('/session')).body;
    const started = (ago: string) =>
      site.dataSource.query(
        `INSERT INTO file_checks (account_id, media_id, started_at)
         VALUES ($1, $2, dingge_now() - $3::interval)`,
        [account.id, own.media[0].id, ago],
      );
    await started('11 minutes');
    expect((await once()).status).toBe(200);
    await started('1 minute');
    expect(await once()).toMatchObject({ status: 429, body: { code: 'MEDIA.CHECK_RUNNING' } });
    await site.dataSource.query('UPDATE file_checks SET finished_at = dingge_now()');
    const codes = await Promise.all(Array.from({ length: 15 }, once));
    expect(codes.every(({ status: code }) => code === 200 || code === 429)).toBe(true);
    for (let n = 0; n < 12; n++) await once();
    const refused = await once();
    expect(refused).toMatchObject({ status: 429, body: { code: 'MEDIA.CHECKED_OFTEN' } });
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    const [{ count }] = await site.dataSource.query(
      'SELECT count(*)::int AS count FROM file_checks WHERE account_id = $1',
      [account.id],
    );
    expect(count).toBe(12);
    expect((await check(entrant, mediaId)).status).toBe(200);
  });
});
