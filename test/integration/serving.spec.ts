import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { request, type IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Client } from './support/client.js';
import { queriesOf } from './support/queries.js';
import { startSite, type Site } from './support/site.js';
import { originalOf } from './support/stored.js';
import { photo, send, settled } from './support/works.js';

let site: Site;
let owner: Client;
let media: { id: string; sha256: string; links: Record<string, string> };
/** What the link of the preview leads to: nobody looks at it here, only at its bytes. */
const content = randomBytes(1_000_000);

beforeAll(async () => {
  site = await startSite();
  owner = await site.entrant('张三', '13800000001');
  const { body } = await send(owner, { files: [{ content: await photo(), name: '家门口 1.jpg' }] });
  media = (await settled(owner, body.id)).body.media[0];
  site.stored.replace(await keyOf('preview'), content);
  await site.dataSource.query(
    `UPDATE media SET renditions = (
       SELECT jsonb_agg(CASE r->>'name' WHEN 'preview' THEN r || jsonb_build_object('bytes', $2::int) ELSE r END)
         FROM jsonb_array_elements(renditions) r) WHERE id = $1`,
    [media.id, content.length],
  );
});
afterAll(() => site.close());

async function keyOf(name: string): Promise<string> {
  const [{ key }] = await site.dataSource.query<{ key: string }[]>(
    `SELECT r->>'key' AS key FROM media, jsonb_array_elements(renditions) r WHERE id = $1 AND r->>'name' = $2`,
    [media.id, name],
  );
  return key;
}

interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** As a player asks: one connection, nothing added, nothing followed. */
function get(link: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asking = request(site.url + link, { method, headers: { cookie: owner.cookie, ...headers } });
    asking.once('error', reject);
    asking.once('response', (answer) => {
      const { statusCode: status = 0 } = answer;
      buffer(answer).then((body) => resolve({ status, headers: answer.headers, body }), reject);
    });
    asking.end();
  });
}

const preview = (headers?: Record<string, string>, method?: string) =>
  get(media.links['preview'], headers, method);
const range = (value: string, others = {}) => preview({ range: `bytes=${value}`, ...others });

describe('a rendition', () => {
  it('comes whole, with a tag that stays, for one person’s cache, and without a date', async () => {
    const first = await preview();
    expect(first.status).toBe(200);
    expect(first.body.equals(content)).toBe(true);
    expect(first.headers).toMatchObject({
      'content-length': String(content.length),
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=172800, immutable',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(first.headers.etag).toMatch(/^"[\w-]{22}"$/);
    expect(first.headers).not.toHaveProperty('last-modified');
    expect((await preview()).headers.etag).toBe(first.headers.etag);
    expect((await range('5-9')).headers.etag).toBe(first.headers.etag);
  });

  it('is replayed to Safari as AVPlayer asks: two bytes, all of it, the tail, the middle', async () => {
    const { headers } = await range('0-1');
    const end = content.length - 1;
    for (const [asked, start, last] of [
      ['0-1', 0, 1],
      [`0-${end}`, 0, end],
      [`${end - 99_999}-${end}`, end - 99_999, end],
      ['400000-', 400_000, end],
      ['400000-465535', 400_000, 465_535],
      ['-1000', end - 999, end],
      [`${end}-${end + 500}`, end, end],
    ] as const) {
      const part = await range(asked, { 'if-range': headers.etag! });
      expect([asked, part.status]).toEqual([asked, 206]);
      expect(part.headers).toMatchObject({
        'content-range': `bytes ${start}-${last}/${content.length}`,
        'content-length': String(last - start + 1),
        'accept-ranges': 'bytes',
        etag: headers.etag,
      });
      expect(part.body.equals(content.subarray(start, last + 1))).toBe(true);
    }
  });

  it('joins ranges that touch, and answers others with the whole', async () => {
    const joined = await range('0-99,100-199');
    expect([joined.status, joined.headers['content-range']]).toEqual([206, 'bytes 0-199/1000000']);
    expect(joined.body.equals(content.subarray(0, 200))).toBe(true);
    for (const odd of ['0-1,500-600', 'x', '']) {
      const whole = await range(odd);
      expect([odd, whole.status, whole.body.length]).toEqual([odd, 200, content.length]);
      expect(whole.headers).not.toHaveProperty('content-range');
    }
    expect((await preview({ range: 'lines=0-5' })).status).toBe(200);
  });

  it('does not answer a range behind its end, and keeps nobody from asking again', async () => {
    const refused = await range(`${content.length}-`);
    expect([refused.status, refused.headers['content-range']]).toEqual([416, 'bytes */1000000']);
    expect(JSON.parse(refused.body.toString())).toMatchObject({ code: 'MEDIA.RANGE_UNSATISFIABLE' });
    expect(refused.headers['cache-control']).toBe('no-store');
    expect(refused.headers).not.toHaveProperty('etag');
  });

  it('is not sent again to whoever has it', async () => {
    const etag = (await preview()).headers.etag!;
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const same = await preview({ 'if-none-match': tag });
      expect([tag, same.status, same.body.length]).toEqual([tag, 304, 0]);
      expect(same.headers).toMatchObject({ etag, 'cache-control': expect.stringContaining('immutable') });
    }
    expect((await preview({ 'if-none-match': '"other"' })).status).toBe(200);
    expect((await range('0-1', { 'if-none-match': etag })).status).toBe(304);
  });

  it('comes whole where the part that somebody has is of something else', async () => {
    for (const condition of ['"other"', 'Sat, 28 Nov 2026 08:00:00 GMT']) {
      expect((await range('0-1', { 'if-range': condition })).status).toBe(200);
    }
  });

  it('answers HEAD with its head', async () => {
    const head = await preview({ range: 'bytes=0-1' }, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '1000000', 0]);
    expect(head.headers.etag).toBe((await preview()).headers.etag);
  });

  it('is let go when somebody leaves, and then served to the next', async () => {
    await new Promise<void>((resolve, reject) => {
      const leaving = request(site.url + media.links['preview'], { headers: { cookie: owner.cookie } });
      leaving.once('error', reject);
      leaving.once('response', (answer) => {
        answer.once('data', () => leaving.destroy());
        answer.once('close', () => resolve());
        answer.on('error', () => undefined);
      });
      leaving.end();
    });
    expect((await preview()).body.length).toBe(content.length);
  });
});

describe('an original', () => {
  it('is saved, never shown', async () => {
    const { status, headers, body } = await get(media.links['original']);
    expect(status).toBe(200);
    expect(body.equals(site.stored.read(originalOf(media)))).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; filename="/),
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    });
    expect((await get(media.links['original'], { range: 'bytes=-5' })).body).toEqual(body.subarray(-5));
  });
});

describe('the database', () => {
  it('is asked once for each rendition, however much of it is sent', async () => {
    const ways = [
      () => get(media.links['thumb']),
      () => preview(),
      () => range('0-1'),
      () => preview({}, 'HEAD'),
      () => preview({ 'if-none-match': '*' }),
    ];
    const asked = await queriesOf(site, async () => {
      for (const way of ways) expect((await way()).status).toBeLessThan(400);
    });
    expect(asked).toHaveLength(ways.length);
    expect(new Set(asked).size).toBe(1);
  });
});

/** `npm run verify`, as an operator runs it beside the server. */
async function verified(...args: string[]): Promise<{ code: number; output: string }> {
  const script = path.resolve(import.meta.dirname, '../../scripts/run-cli.mjs');
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...site.env };
  return promisify(execFile)(process.execPath, [script, 'verify', ...args], { env }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, output: stdout }),
  );
}

describe('a file that storage lost or altered', () => {
  it('is missed by the check of all data, which holds before', async () => {
    expect(await verified('--deep')).toMatchObject({ code: 0, output: expect.stringContaining('hold.') });
    const original = site.stored.read(originalOf(media));
    original[100] ^= 1;
    site.stored.replace(originalOf(media), original);
    expect(await verified()).toMatchObject({ code: 0 });
    expect(await verified('--deep')).toMatchObject({
      code: 1,
      output: expect.stringContaining(`${media.id}: its content is not what was sent`),
    });
  });

  it('is a clean 404, which nobody keeps', async () => {
    site.stored.replace(await keyOf('small'), Buffer.from('torn'));
    site.stored.remove(await keyOf('thumb'));
    for (const name of ['small', 'thumb']) {
      for (const method of ['GET', 'HEAD']) {
        const { status, headers } = await get(media.links[name], {}, method);
        expect([name, method, status]).toEqual([name, method, 404]);
        expect(headers['content-type']).toContain('application/problem+json');
        expect(headers['cache-control']).toBe('no-store');
        expect(headers).not.toHaveProperty('etag');
      }
      const { body } = await get(media.links[name], { range: 'bytes=0-1' });
      expect(JSON.parse(body.toString())).toMatchObject({ code: 'MEDIA.FILE_MISSING' });
    }
    const { code, output } = await verified();
    expect(code).toBe(1);
    expect(output).toContain('✗ every rendition is in storage, whole — 2');
    expect(output).toMatch(/small: 4 bytes of \d+/);
    expect(output).toMatch(/thumb: no bytes of \d+/);
  });
});
