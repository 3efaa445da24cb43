import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { StorageSweeper } from '../../src/media/storage-sweeper.js';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { originals } from './support/stored.js';
import { photo, send, settled } from './support/works.js';

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

describe('sending a work', () => {
  it('stores the bytes under their hash, gives a number, and makes the renditions', async () => {
    const content = await photo();
    const sha256 = createHash('sha256').update(content).digest('hex');
    const { status, body } = await send(zhang, { files: [{ content, name: '家门口.jpg' }] });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'submitted', title: '晨雾', community: { name: '东湖社区' } });
    expect(body.number).toMatch(/^A\d{4}$/);
    expect(body.media[0]).toMatchObject({ name: '家门口.jpg', bytes: content.length, sha256 });
    const { body: ready } = await settled(zhang, body.id);
    expect(ready.media[0]).toMatchObject({ status: 'ready', width: 640, height: 480 });
    for (const link of ['small', 'thumb', 'preview']) {
      const { status: seen, body: bytes } = await site.visitorAs(zhang).get(ready.media[0].links[link]);
      expect(seen).toBe(200);
      const { width, height } = await sharp(bytes).metadata();
      expect(width / height).toBeCloseTo(4 / 3, 1);
    }
    const original = await site.visitorAs(zhang).get(ready.media[0].links.original);
    expect(original.body.equals(content)).toBe(true);
    expect(original.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(original.headers.get('content-security-policy')).toBe('sandbox');
  });

  it('keeps a series as one work in its order', async () => {
    const files = await Promise.all(
      [1, 2, 3].map(async (n) => ({ content: await photo(), name: `${n}.jpg` })),
    );
    const { status, body } = await send(zhang, { title: '组照', files });
    expect(status).toBe(201);
    expect(body.media.map(({ name }: { name: string }) => name)).toEqual(['1.jpg', '2.jpg', '3.jpg']);
    const order = [...body.media].reverse().map(({ id }: { id: string }) => id);
    const { body: turned } = await zhang.put(`/submissions/${body.id}/order`, { media: order });
    expect(turned.media.map(({ id }: { id: string }) => id)).toEqual(order);
  });

  it('walks through a draft: files one by one, words later, submit with the declaration', async () => {
    const form = new FormData();
    form.append('category', 'photo');
    form.append('draft', 'true');
    const { status, body: draft } = await li.post(`/contests/${slug}/submissions`, form);
    expect([status, draft.status, draft.number]).toEqual([201, 'draft', null]);
    const { body: contest } = await li.get(`/contests/${slug}`);
    const submit = () => li.post(`/submissions/${draft.id}/submit`, { consent: contest.consentVersion });
    expect(await submit()).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'title' }, { path: 'community' }] },
    });
    await li.patch(`/submissions/${draft.id}`, { title: '夜归', community: '其他', communityName: '新马村' });
    expect(await submit()).toMatchObject({ status: 422, body: { code: 'SUBMISSION.NO_FILE' } });
    const file = new FormData();
    file.append('files', new Blob([new Uint8Array(await photo())]), 'a.jpg');
    expect((await li.post(`/submissions/${draft.id}/files`, file)).status).toBe(201);
    expect((await li.post(`/submissions/${draft.id}/submit`, { consent: 'old' })).body.code).toBe(
      'SUBMISSION.CONSENT_OUTDATED',
    );
    expect(await submit()).toMatchObject({
      status: 200,
      body: { status: 'submitted', community: { name: '新马村' }, author: { name: '李四' } },
    });
  });

  it('refuses an author’s own duplicate by name, takes another’s, and flags both to the organiser', async () => {
    const content = await photo();
    const files = [{ content, name: 'x.jpg' }];
    const mine = await send(zhang, { files });
    const again = await send(zhang, { files });
    expect(again).toMatchObject({ status: 409, body: { code: 'SUBMISSION.DUPLICATE' } });
    expect(again.body.detail).toContain(mine.body.number);
    const theirs = await send(li, { files });
    expect(theirs.status).toBe(201);
    expect(JSON.stringify(theirs.body)).not.toContain(mine.body.number);
    const { body: desk } = await site.organiser.get(`/contests/${slug}/screening`);
    const flags = new Map(
      desk.items.map((item: { number: string; duplicates: string[] }) => [item.number, item.duplicates]),
    );
    expect(flags.get(mine.body.number)).toEqual([theirs.body.number]);
    expect(flags.get(theirs.body.number)).toEqual([mine.body.number]);
    // Twice in one work is a duplicate too; once withdrawn, it may be sent anew.
    expect((await send(zhang, { files: [files[0], { content, name: 'y.jpg' }, files[0]] })).status).toBe(409);
    await zhang.post(`/submissions/${mine.body.id}/withdraw`);
    expect((await send(zhang, { files })).status).toBe(201);
  });

  it('of fifty equal requests takes one', async () => {
    const wang = await site.entrant('王五', '13800000003');
    const content = await photo();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => send(wang, { files: [{ content, name: 'x.jpg' }] })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array<number>(49).fill(409)]);
  });

  it('refuses a sixth work of one author in a category', async () => {
    const author = { name: '多产', phone: '13811112222' };
    for (let index = 0; index < 5; index++) expect((await send(li, { author })).status).toBe(201);
    expect(await send(li, { author })).toMatchObject({
      status: 409,
      body: { code: 'SUBMISSION.AUTHOR_LIMIT' },
    });
  });
});

describe('changing what was submitted', () => {
  it('makes it a draft again while it is incomplete, and a new final submission when its file changes', async () => {
    const { body } = await send(zhang, { title: '换图' });
    const seq = async () =>
      (await site.dataSource.query('SELECT submitted_seq FROM submissions WHERE id = $1', [body.id]))[0]
        .submitted_seq;
    const first = await seq();
    const { body: again } = await zhang.post(`/submissions/${body.id}/submit`, { consent: await consent() });
    expect([again.status, await seq()]).toEqual(['submitted', first]);
    const { body: bare } = await zhang.delete(`/submissions/${body.id}/files/${body.media[0].id}`);
    expect([bare.status, bare.number]).toEqual(['draft', body.number]);
    expect(
      (await site.organiser.post(`/submissions/${body.id}/screening`, { decision: 'accept' })).body.code,
    ).toBe('SCREENING.NOT_PENDING');
    const file = new FormData();
    file.append('files', new Blob([new Uint8Array(await photo())]), 'b.jpg');
    await zhang.post(`/submissions/${body.id}/files`, file);
    const { body: whole } = await zhang.post(`/submissions/${body.id}/submit`, { consent: await consent() });
    expect([whole.status, whole.number]).toEqual(['submitted', body.number]);
    expect(Number(await seq())).toBeGreaterThan(Number(first));
    const { body: untitled } = await zhang.patch(`/submissions/${body.id}`, { title: '' });
    expect(untitled.status).toBe('draft');
    const changes = await site.dataSource.query(
      `SELECT FROM audit_entries WHERE action = 'submission.changed' AND facts->>'submission' = $1`,
      [body.id],
    );
    expect(changes).toHaveLength(2);
  });

  it('holds to the author’s limit when the author is changed, and to every file when the order is', async () => {
    const { body } = await send(li, { author: { name: '另一位', phone: '13811113333' } });
    const patch = { author: { name: '多产', phone: '13811112222' } };
    expect((await li.patch(`/submissions/${body.id}`, patch)).body.code).toBe('SUBMISSION.AUTHOR_LIMIT');
    expect((await li.put(`/submissions/${body.id}/order`, { media: [] })).body.code).toBe(
      'SUBMISSION.ORDER_INCOMPLETE',
    );
  });

  it('kills the links of a file that was taken out', async () => {
    const { body } = await send(zhang, { title: '去掉' });
    const { body: ready } = await settled(zhang, body.id);
    await zhang.delete(`/submissions/${body.id}/files/${body.media[0].id}`);
    expect((await site.visitorAs(zhang).get(ready.media[0].links.original)).status).toBe(404);
  });

  const consent = async () => (await zhang.get(`/contests/${slug}`)).body.consentVersion as string;
});

describe('what storage keeps', () => {
  it('of a work refused for its words: nothing', async () => {
    const before = originals(site.stored);
    expect((await send(zhang, { title: '' })).status).toBe(422);
    expect((await send(zhang, { consent: 'old' })).status).toBe(409);
    expect(originals(site.stored)).toEqual(before);
  });

  it('an original that no work names goes after a day, its renditions too; what a work names stays', async () => {
    const before = site.stored.keys();
    const { body } = await send(zhang, { title: '无主', draft: 'true' });
    await settled(zhang, body.id);
    // As it looks when a process died between storing the file and committing its row.
    await site.dataSource.query('DELETE FROM media WHERE submission_id = $1', [body.id]);
    await site.dataSource.query('DELETE FROM submissions WHERE id = $1', [body.id]);
    expect(await site.app.get(StorageSweeper).sweep()).toBe(0);
    site.stored.age(25 * 3600_000);
    expect(await site.app.get(StorageSweeper).sweep()).toBe(1);
    expect(site.stored.keys()).toEqual(before);
  });

  it('renditions of a worker that died between storing and settling go after a day', async () => {
    const { body } = await send(zhang, { title: '半途', draft: 'true' });
    await settled(zhang, body.id);
    const before = site.stored.keys();
    // The row knows those of its last run only.
    const [row] = await site.dataSource.query('SELECT renditions FROM media WHERE submission_id = $1', [
      body.id,
    ]);
    const kept = row.renditions.filter(({ name }: { name: string }) => name !== 'preview');
    await site.dataSource.query('UPDATE media SET renditions = $2 WHERE submission_id = $1', [
      body.id,
      JSON.stringify(kept),
    ]);
    await site.app.get(StorageSweeper).sweep();
    expect(site.stored.keys()).toEqual(before);
    site.stored.age(25 * 3600_000);
    await site.app.get(StorageSweeper).sweep();
    const gone = before.filter((key) => !site.stored.keys().includes(key));
    expect(gone).toEqual([row.renditions.find(({ name }: { name: string }) => name === 'preview').key]);
    await site.dataSource.query('DELETE FROM media WHERE submission_id = $1', [body.id]);
    await site.dataSource.query('DELETE FROM submissions WHERE id = $1', [body.id]);
  });
});

describe('whose is what', () => {
  it('shows a work to its owner and to organisers, and 404 to everybody else', async () => {
    const { body } = await send(zhang);
    const { body: ready } = await settled(zhang, body.id);
    expect((await li.get(`/submissions/${body.id}`)).status).toBe(404);
    expect((await site.visitor().get(`/submissions/${body.id}`)).status).toBe(401);
    expect((await site.organiser.get(`/submissions/${body.id}`)).status).toBe(200);
    for (const change of ['submit', 'withdraw']) {
      expect((await li.post(`/submissions/${body.id}/${change}`, { consent: 'x' })).status).toBe(404);
    }
    // A forged id of somebody else's draft writes nothing into it, and takes nothing out.
    const { body: draft } = await send(zhang, { title: '别人的草稿', draft: 'true' });
    const files = new FormData();
    files.append('files', new Blob([new Uint8Array(await photo())]), 'a.jpg');
    const forged = [
      await li.patch(`/submissions/${draft.id}`, { title: '改' }),
      await li.post(`/submissions/${draft.id}/files`, files),
      await li.delete(`/submissions/${draft.id}/files/${draft.media[0].id}`),
      await li.put(`/submissions/${draft.id}/order`, { media: [draft.media[0].id] }),
    ];
    expect(forged.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await zhang.get(`/submissions/${draft.id}`)).body).toMatchObject({
      title: '别人的草稿',
      media: [{ id: draft.media[0].id }],
    });
    for (const link of Object.values<string>(ready.media[0].links)) {
      expect((await site.visitorAs(li).get(link)).status).toBe(404);
      expect((await site.visitorAs(site.visitor()).get(link)).status).toBe(404);
      const altered = link.slice(0, -2) + (link.endsWith('AA') ? 'BB' : 'AA');
      expect((await site.visitorAs(zhang).get(altered)).status).toBe(404);
    }
  });

  it('holds every invariant after all this, and leaves nothing half-arrived', async () => {
    expect(await site.broken()).toEqual([]);
    expect(existsSync(join(site.storageDir, 'incoming'))).toBe(true);
    expect(incoming()).toEqual([]);
  });
});

describe('after the deadline', () => {
  it('refuses sending and changing, by the database’s clock', async () => {
    const { body } = await send(zhang, { title: '最后一件', draft: 'true' });
    await site.dataSource.query(`UPDATE contests SET closes_at = dingge_now() + interval '1 hour'`);
    await site.moveClock('59 minutes');
    expect((await zhang.patch(`/submissions/${body.id}`, { title: '还来得及' })).status).toBe(200);
    await site.moveClock('60 minutes');
    expect(await send(zhang)).toMatchObject({ status: 409, body: { code: 'SUBMISSION.CLOSED' } });
    expect(await zhang.patch(`/submissions/${body.id}`, { title: '改' })).toMatchObject({
      status: 409,
      body: { code: 'SUBMISSION.CLOSED' },
    });
    expect((await zhang.get(`/contests/${slug}`)).body.phase).toBe('closed');
  });
});
