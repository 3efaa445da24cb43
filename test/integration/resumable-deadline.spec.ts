import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Category } from '../../src/contests/category.entity.js';
import { NewSubmissionsService } from '../../src/submissions/new-submissions.service.js';
import type { Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { announce, begin, draft, likePhoto, openPatch, patch, uploadsOf } from './support/tus.js';
import { send, workForm, until } from './support/works.js';

// Deadlines go by the database's clock: the contest closes in an hour, its grace is half an hour.

let site: Site;
let entrant: Client;
let consent: string;

beforeAll(async () => {
  site = await startSite({ worker: false });
  entrant = await site.entrant('张三', '13800000001');
  await site.dataSource.query(`UPDATE contests SET closes_at = dingge_now() + interval '1 hour'`);
  ({ consentVersion: consent } = (await entrant.get(`/contests/${slug}`)).body);
});
afterEach(() => site.moveClock('0'));
afterAll(() => site.close());

const toClosing = (seconds: number) => site.moveClock(`${3600 + seconds} seconds`);
const submit = (work: string) => entrant.post(`/submissions/${work}/submit`, { consent });
/** Of which the test itself takes up some. */
const [justBefore, justAfter, graceAlmostOver, graceOver] = [-60, 1, 1800 - 60, 1801];

describe('an upload that began before the closing', () => {
  it('may go on, be attached, and its work be submitted, within the grace', async () => {
    const content = likePhoto(5000);
    const work = await draft(entrant);
    await toClosing(justBefore);
    const path = await begin(entrant, { submission: work, bytes: content.length });
    await patch(entrant, path, 0, content.subarray(0, 1000));
    await toClosing(justAfter);
    expect((await patch(entrant, path, 1000, content.subarray(1000, 2000))).status).toBe(204);
    await toClosing(graceAlmostOver);
    expect((await patch(entrant, path, 2000, content.subarray(2000))).status).toBe(204);
    expect(await submit(work)).toMatchObject({ status: 200, body: { status: 'submitted' } });
  });

  it('is refused once the grace is over, with the reason; so is its work', async () => {
    const content = likePhoto(5000);
    const [work, whole] = [await draft(entrant), await draft(entrant)];
    await toClosing(justBefore);
    const path = await begin(entrant, { submission: work, bytes: content.length });
    const other = await begin(entrant, { submission: whole, bytes: content.length });
    await patch(entrant, path, 0, content.subarray(0, 1000));
    await toClosing(graceAlmostOver);
    expect((await patch(entrant, other, 0, content)).status).toBe(204);
    await toClosing(graceOver);
    expect(await patch(entrant, path, 1000, content.subarray(1000))).toMatchObject({
      status: 409,
      body: { code: 'SUBMISSION.CLOSED' },
    });
    expect(await uploadsOf(entrant, work)).toMatchObject([
      { state: 'refused', error: { code: 'SUBMISSION.CLOSED' } },
    ]);
    expect((await submit(whole)).body.code).toBe('SUBMISSION.CLOSED');
  });

  it('and ended just before it: its work may still be submitted', async () => {
    const content = likePhoto(5000);
    const [work, longAgo] = [await draft(entrant), await draft(entrant)];
    const early = await begin(entrant, { submission: longAgo, bytes: content.length });
    await patch(entrant, early, 0, likePhoto(5000));
    await toClosing(justBefore);
    await patch(entrant, await begin(entrant, { submission: work, bytes: content.length }), 0, content);
    await toClosing(justAfter);
    expect((await submit(work)).status).toBe(200);
    // That one had an hour's time.
    expect((await submit(longAgo)).body.code).toBe('SUBMISSION.CLOSED');
  });
});

describe('from the closing on', () => {
  it('nothing else begins or changes', async () => {
    const work = await draft(entrant);
    const content = likePhoto(5000);
    await toClosing(justBefore);
    const path = await begin(entrant, { submission: work, bytes: content.length });
    await toClosing(justAfter);
    const form = () => {
      const files = new FormData();
      files.append('files', new Blob([new Uint8Array(likePhoto(500))]), 'a.jpg');
      return files;
    };
    const bare = await site.dataSource.query(
      `INSERT INTO submissions (contest_id, category_id, account_id, author_id, title, community_id)
       SELECT contest_id, category_id, account_id, author_id, title, community_id FROM submissions WHERE id = $1
       RETURNING id`,
      [work],
    );
    const answers = [
      await announce(entrant, { submission: work, bytes: 10 }),
      await entrant.post(`/submissions/${work}/files`, form()),
      await entrant.patch(`/submissions/${work}`, { title: '改' }),
      await entrant.post(`/submissions/${work}/withdraw`),
      await submit(bare[0].id),
      await send(entrant),
      await entrant.post(`/contests/${slug}/submissions`, await workForm({ draft: 'true' })),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(answers.map(() => 'SUBMISSION.CLOSED'));
    expect((await patch(entrant, path, 0, content)).status).toBe(204);
  });

  it('a work that was sent back may still be mended', async () => {
    const { body } = await send(entrant);
    await site.dataSource.query(
      `UPDATE submissions SET status = 'returned', repair_until = dingge_now() + interval '90 days' WHERE id = $1`,
      [body.id],
    );
    await toClosing(graceOver);
    const content = likePhoto(5000);
    const path = await begin(entrant, { submission: body.id, bytes: content.length });
    expect((await patch(entrant, path, 0, content)).status).toBe(204);
  });
});

describe('a request in multipart whose head came before the closing', () => {
  /** Sends most of a form before the closing; the rest, and the answer, when the clock stands at `at`. */
  async function sendAcross(path: string, fields: FormData, at: number, client = entrant) {
    const form = new Response(fields);
    const theirs = /boundary=(.*)/.exec(form.headers.get('content-type')!)![1];
    const head = (await form.text()).replace(`--${theirs}--\r\n`, '');
    const file = `--${theirs}\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n`;
    const body = Buffer.concat([
      Buffer.from(head + file),
      likePhoto(2_000_000),
      Buffer.from(`\r\n--${theirs}--\r\n`),
    ]);
    await toClosing(justBefore);
    const begun = openPatch(client, path, 0, body.length, {
      method: 'POST',
      'Content-Type': `multipart/form-data; boundary=${theirs}`,
    });
    await begun.write(body.subarray(0, 1_500_000));
    // Its head was read: something of it has reached the disk.
    await until(
      () => Promise.resolve(readdirSync(join(site.storageDir, 'incoming'))),
      (names) => names.length > 0,
    );
    await toClosing(at);
    await begun.write(body.subarray(1_500_000));
    return begun.answered;
  }
  const works = `/contests/${slug}/submissions`;

  it.each([
    ['within the grace is taken', graceAlmostOver, 201],
    ['after it is refused', graceOver, 409],
  ])('and that ends %s', async (_name, at, status) => {
    expect((await sendAcross(works, await workForm({ files: [] }), at)).status).toBe(status);
    expect(await site.broken()).toEqual([]);
  });

  it('may make a draft, or bring the file of one, that is then submitted within the grace', async () => {
    const li = await site.entrant('李四', '13800000002');
    const draftForm = () => workForm({ files: [], draft: 'true' });
    const made = await sendAcross(works, await draftForm(), justAfter, li);
    expect(made).toMatchObject({ status: 201, body: { status: 'draft' } });
    await site.moveClock('0');
    const earlier = await draft(li);
    const path = `/submissions/${earlier}/files`;
    expect((await sendAcross(path, new FormData(), justAfter, li)).status).toBe(201);
    for (const id of [made.body.id, earlier]) {
      expect(await li.post(`/submissions/${id}/submit`, { consent })).toMatchObject({
        status: 200,
        body: { status: 'submitted' },
      });
    }
    const late = await sendAcross(works, await draftForm(), graceAlmostOver, li);
    await toClosing(graceOver);
    expect((await li.post(`/submissions/${late.body.id}/submit`, { consent })).body.code).toBe(
      'SUBMISSION.CLOSED',
    );
  });

  it('makes no draft without a file, which could never be submitted', async () => {
    const { account } = (await entrant.get('/session')).body;
    const [category] = await site.dataSource.manager.find(Category, { where: { key: 'photo' } });
    const [{ begun }] = await site.dataSource.query('SELECT dingge_now() AS begun');
    const form = { contestId: category.contestId, category, fields: {}, files: [], consentVersion: null };
    const make = () =>
      site.app
        .get(NewSubmissionsService)
        .create({ account, tokenHash: '', roles: [] }, { ...form, draft: true, begunAt: begun });
    await toClosing(justBefore);
    expect(await make()).toMatch(/^[0-9a-f-]{36}$/);
    await toClosing(justAfter);
    await expect(make()).rejects.toMatchObject({ code: 'SUBMISSION.CLOSED' });
  });
});
