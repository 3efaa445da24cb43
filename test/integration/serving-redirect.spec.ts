import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Answer, Client } from './support/client.js';
import { startSite, type Site } from './support/site.js';
import { originalOf } from './support/stored.js';
import { photo, send, settled } from './support/works.js';

// Pictures by way of the store: STORAGE_URL=s3://…&serve=redirect.
process.env['TEST_STORAGE'] = 's3';

let site: Site;
let owner: Client;
let endpoint: string;
let media: { id: string; sha256: string; links: Record<string, string> };

beforeAll(async () => {
  site = await startSite({ s3Query: '&serve=redirect' });
  endpoint = site.stored.s3!.endpoint;
  owner = site.visitorAs(await site.entrant('张三', '13800000001'));
  const api = site.visitor();
  api.cookie = owner.cookie;
  const { body } = await send(api, { files: [{ content: await photo(), name: 'a.jpg' }] });
  await settled(api, body.id);
  // As a video has it; what is in it nobody looks at here.
  await site.dataSource.query(
    `UPDATE media SET renditions = renditions || jsonb_build_array(
       (renditions->0) || '{"name": "play", "mime": "video/mp4"}') WHERE submission_id = $1`,
    [body.id],
  );
  media = (await api.get(`/submissions/${body.id}`)).body.media[0];
});
afterAll(() => site.close());

const location = (answer: Answer) => new URL(answer.headers.get('location')!);

it('sends a browser to the store for a picture, by a link that outlives whatever keeps it', async () => {
  for (const name of ['small', 'thumb', 'preview']) {
    const answer = await owner.get(media.links[name]);
    expect(answer.status).toBe(302);
    expect(location(answer).origin).toBe(endpoint);
    const life = Number(location(answer).searchParams.get('X-Amz-Expires'));
    const [, kept] = /^private, max-age=(\d+)$/.exec(answer.headers.get('cache-control')!)!;
    expect(life).toBeLessThanOrEqual(60);
    expect(Number(kept)).toBeLessThan(life);
    const picture = await fetch(location(answer));
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toMatch(/^image\/(jpeg|webp)$/);
    const [{ bytes }] = await site.dataSource.query(
      `SELECT (r->>'bytes')::int AS bytes FROM media, jsonb_array_elements(renditions) r
        WHERE id = $1 AND r->>'name' = $2`,
      [media.id, name],
    );
    expect((await picture.arrayBuffer()).byteLength).toBe(bytes);
  }
});

it('gives no link to anybody who may not have the picture', async () => {
  const stranger = site.visitorAs(await site.entrant('李四', '13800000002'));
  expect((await stranger.get(media.links['thumb'])).status).toBe(404);
  expect((await site.visitorAs(site.visitor()).get(media.links['thumb'])).status).toBe(404);
});

it('answers for a video itself: a player seeks long after a link has ended', async () => {
  const part = await owner.get(media.links['play'], { range: 'bytes=0-1' });
  expect([part.status, part.headers.get('content-type')]).toEqual([206, 'video/mp4']);
});

it('answers for an original itself: the store would send no header that keeps it from being shown', async () => {
  const original = await owner.get(media.links['original']);
  expect(original.status).toBe(200);
  expect(original.body.equals(site.stored.read(originalOf(media)))).toBe(true);
  expect(original.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(original.headers.get('content-security-policy')).toBe('sandbox');
  expect(original.headers.get('x-content-type-options')).toBe('nosniff');
});

it('lets pages show pictures of the store, and nothing else of it', async () => {
  const policy = (await site.visitor().get('/health/live')).headers.get('content-security-policy')!;
  const allowing = policy.split('; ').filter((rule) => rule.includes(endpoint));
  expect(allowing).toEqual([`img-src 'self' data: blob: ${endpoint}`]);
});
