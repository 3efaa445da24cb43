import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { inflateSync } from 'node:zlib';
import type { Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';

let site: Site;
let visitor: Client;
beforeAll(async () => {
  site = await startSite({ worker: false });
  visitor = site.visitor();
});
afterAll(() => site.close());

const long =
  '在这座城市的每一条街道每一个社区里用镜头留住那些平凡而又闪光的日子以及我们共同走过的七十年壮丽历程和奋斗新时代的幸福';
/** Strings that break what pastes them into markup, HTML or a query (after the Big List of Naughty Strings). */
const naughty = [
  '#import "@preview/x:0.0.0": *',
  '#read("/etc/passwd")',
  '"); #panic("x") //',
  '$ \\ ` * _ @ < > [ ] { } ~ #{1+',
  '<script>alert(1)</script>',
  'ÅÍÎÏ˝ÓÔÒÚÆ☃ ﷽ ﷺ 👨‍👩‍👧‍👦 🏳️‍🌈 T̗̺h̖e͇',
  'undefined null NaN ../../../etc %s%n',
  'A'.repeat(200),
  '\u202etest\u202c \u200b\ufeff',
  "1;DROP TABLE contests; -- '",
];

async function titled(title: string): Promise<void> {
  await site.dataSource.query('UPDATE contests SET title = $1, brief = $1, full_title = $1, region = $1', [
    title,
  ]);
}

/** The text of a PDF's objects, those in compressed object streams too. */
function objectsOf(pdf: Buffer): string {
  const raw = pdf.toString('latin1');
  const inner = [...raw.matchAll(/\/Type\s*\/ObjStm[\s\S]*?stream\r?\n/g)].map((match) => {
    const start = match.index + match[0].length;
    return inflateSync(pdf.subarray(start), { finishFlush: 2 }).toString('latin1');
  });
  return [raw, ...inner].join('\n');
}

function expectPoster(pdf: Buffer): void {
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const objects = objectsOf(pdf);
  expect(objects.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(objects)!;
  // A3 in points.
  expect([Number(width), Number(height)].map(Math.round)).toEqual([842, 1191]);
  expect(objects).toMatch(/\/BaseFont\s*\/[A-Z]{6}\+NotoSerifSC-Bold/);
  expect(objects).toMatch(/\/FontFile[23]?\b/);
}

describe('the poster', () => {
  it('is one A3 page with its fonts in it, in both languages, and stays the same until the contest changes', async () => {
    const zh = await visitor.get(`/contests/${slug}/poster.pdf`);
    expect([zh.status, zh.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expectPoster(zh.body);
    const en = await visitor.get(`/contests/${slug}/poster.pdf?lang=en`);
    expectPoster(en.body);
    expect(en.headers.get('etag')).not.toBe(zh.headers.get('etag'));
    const etag = zh.headers.get('etag')!;
    // Without it fetch says no-cache, which asks for the whole again.
    const known = { 'cache-control': 'max-age=0' };
    const again = await visitor.get(`/contests/${slug}/poster.pdf`, { ...known, 'if-none-match': etag });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    await titled('改了名的比赛');
    const changed = await visitor.get(`/contests/${slug}/poster.pdf`, { ...known, 'if-none-match': etag });
    expect(changed.status).toBe(200);
  });

  it.each([long, ...naughty])('stays one page whatever the contest is called: %s', async (title) => {
    await titled(title);
    const { status, body } = await visitor.get(`/contests/${slug}/poster.pdf`);
    expect(status).toBe(200);
    expectPoster(body);
  });

  it('refuses another language, and a contest that is none', async () => {
    expect((await visitor.get(`/contests/${slug}/poster.pdf?lang=fr`)).status).toBe(422);
    expect((await visitor.get('/contests/none/poster.pdf')).status).toBe(404);
  });
});

describe('the share card', () => {
  it.each([
    ['card.jpg', 1200, 630],
    ['card-square.jpg', 600, 600],
  ])('%s is a picture of the size that apps ask for', async (name, width, height) => {
    await titled(long);
    const { headers, body } = await visitor.get(`/contests/${slug}/${name}`);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    expect(await sharp(body).metadata()).toMatchObject({ format: 'jpeg', width, height });
    expect(body.length).toBeLessThan(300_000);
  });
});
