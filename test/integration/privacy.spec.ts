import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { UploadSweeper } from '../../src/submissions/upload-sweeper.js';
import type { Answer, Client } from './support/client.js';
import { canariesOf, pictureOf, words, workOf } from './support/person.js';
import { startSite, type Site } from './support/site.js';
import { tracesOf } from './support/traces.js';
import { begin, patch } from './support/tus.js';
import { photo, send, settled, until, workForm } from './support/works.js';

// SECURITY.md, People: erasure on request keeps the counts and drops the person.

const password = 'password of theirs';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const deletion = (client: Client) => client.get('/account/deletion');
const giveUp = (client: Client, given = password) => client.post('/account/deletion', { password: given });
const rows = <T>(sql: string, params: unknown[] = []) => site.dataSource.query<T[]>(sql, params);
const idOf = async (client: Client) => (await client.get('/session')).body.account.id as string;

describe('an account that is given up before judging', () => {
  const canary = canariesOf('Qianwu', 1);
  let client: Client;
  let sent: Answer['body'];
  let shared: Buffer;
  let neighbour: Client;

  beforeAll(async () => {
    client = await site.entrant(canary.account, canary.phone);
    neighbour = await site.entrant('邻居', '13900001111');
    sent = (await send(client, await workOf(canary))).body;
    await settled(client, sent.id);
    // Returned with a reason; a file that was taken out again; a draft; a name that was replaced.
    await site.organiser.post(`/submissions/${sent.id}/screening`, {
      decision: 'return',
      reason: canary.reason,
    });
    await client.post(
      `/submissions/${sent.id}/files`,
      await workForm({ files: [{ content: await pictureOf(canary), name: canary.file }] }),
    );
    const { body } = await client.get(`/submissions/${sent.id}`);
    await client.delete(`/submissions/${sent.id}/files/${body.media[1].id}`);
    shared = await photo();
    const files = [{ content: shared, name: canary.file }];
    const { body: draft } = await send(client, { ...(await workOf(canary, 1)), files, draft: 'true' });
    await settled(client, draft.id);
    const upload = await begin(client, { submission: draft.id, bytes: 5_000_000, filename: canary.file });
    await patch(client, upload, 0, (await pictureOf(canary)).subarray(0, 5000));
    await client.put('/account/email', { email: canary.email });
    // Somebody else has the same photo, and an author that both sent for.
    const { body: same } = await send(neighbour, {
      title: '同一张',
      files: [{ content: shared, name: 'n.jpg' }],
    });
    await settled(neighbour, same.id);
  });

  it('is told before what would happen', async () => {
    expect((await deletion(client)).body).toEqual({
      deleted: { works: 2, drafts: 1, files: 2, bytes: expect.any(Number), otherAuthors: 1, told: 0 },
      kept: [],
      objections: 0,
      refusals: [],
    });
    expect((await tracesOf(site.dataSource, words(canary))).length).toBeGreaterThan(12);
  });

  it('stays with a wrong password', async () => {
    expect(await giveUp(client, 'not theirs')).toMatchObject({
      status: 401,
      body: { code: 'ACCOUNT.WRONG_PASSWORD' },
    });
    expect((await client.get('/session')).body.account.name).toBe(canary.account);
  });

  it('waits for whoever works on one of its works', async () => {
    const runner = site.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT FROM submissions WHERE id = $1 FOR UPDATE', [sent.id]);
    const second = client.cookie;
    const answer = giveUp(client);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await rows('SELECT id FROM submissions WHERE id = $1', [sent.id])).toHaveLength(1);
    await runner.commitTransaction();
    await runner.release();
    expect((await answer).status).toBe(204);
    // A tab that was open all the while is signed out, and a second click has nothing to do.
    client.cookie = second;
    expect((await giveUp(client)).status).toBe(401);
    expect((await client.get(`/submissions/${sent.id}`)).status).toBe(401);
  });

  it('leaves no word of the person in any column of any table', async () => {
    expect(await tracesOf(site.dataSource, words(canary))).toEqual([]);
  });

  it('leaves no file but the one that somebody else has too', async () => {
    const named = await rows<{ sha256: string; id: string }>('SELECT id, sha256 FROM media');
    const left = site.stored.keys();
    expect(
      left.filter((key) => !named.some(({ id, sha256 }) => key.includes(id) || key.endsWith(sha256))),
    ).toEqual([]);
    expect(named.length).toBe(1);
    expect(site.stored.read(left.find((key) => key.endsWith(named[0].sha256))!).equals(shared)).toBe(true);
    await site.app.get(UploadSweeper).sweep();
    expect(readdirSync(path.join(site.storageDir, 'incoming'))).toEqual([]);
  });

  it('keeps the counts: its receipt number is never given again, the chain holds', async () => {
    const { body } = await send(neighbour, { title: '下一件' });
    expect(body.number).not.toBe(sent.number);
    const [{ facts }] = await rows<{ facts: Answer['body'] }>(
      `SELECT facts FROM audit_entries WHERE action = 'account.erased'`,
    );
    expect(Object.values(facts.numbers)).toEqual([1]);
    expect(facts.kept).toEqual([]);
    expect(await site.broken()).toEqual([]);
  });

  it('frees the phone number', async () => {
    const again = await site.visitor().post('/accounts', { name: '新人', phone: canary.phone, password });
    expect(again.status).toBe(201);
    const visitor = site.visitor();
    expect((await visitor.post('/session', { login: canary.phone, password: 'x' })).status).toBe(401);
  });
});

describe('an author whom somebody else also sent for', () => {
  it('keeps name, phone and the other’s works', async () => {
    const author = { name: '共同作者', phone: '13655556666' };
    const leaving = await site.entrant('要走的', '13655550001');
    const staying = await site.entrant('留下的', '13655550002');
    await send(leaving, { author });
    const { body } = await send(staying, { author });
    expect((await giveUp(leaving)).status).toBe(204);
    expect((await staying.get(`/submissions/${body.id}`)).body.author).toEqual({
      id: body.author.id,
      ...author,
    });
    expect(await site.broken()).toEqual([]);
  });
});

describe('those who are needed', () => {
  it('are refused, with what to do: the last admin', async () => {
    const { body } = await deletion(site.organiser);
    expect(body.refusals).toEqual([{ code: 'PRIVACY.LAST_ADMIN', message: expect.stringContaining('先') }]);
    expect(await giveUp(site.organiser, 'the organiser’s own')).toMatchObject({
      status: 409,
      body: { code: 'PRIVACY.LAST_ADMIN' },
    });
    expect((await site.organiser.get('/session')).body.account).not.toBeNull();
  });
});

describe('a request that was under way when its account was given up', () => {
  it('leaves nothing behind', async () => {
    const client = await site.entrant('Zhuxiao', '13644440001');
    const runner = site.dataSource.createQueryRunner();
    // As if it had just been given up: the guard let the request in before.
    await runner.startTransaction();
    const id = await idOf(client);
    await runner.query('SELECT FROM accounts WHERE id = $1 FOR UPDATE', [id]);
    await runner.query('UPDATE accounts SET disabled_at = clock_timestamp(), name = $2 WHERE id = $1', [
      id,
      '已注销',
    ]);
    const answer = send(client, { category: 'photo', title: 'Chilai', draft: 'true' });
    await until(
      () =>
        rows<{ n: number }>(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'`),
      ([{ n }]) => n > 0,
    );
    await runner.commitTransaction();
    await runner.release();
    expect(await answer).toMatchObject({ status: 401, body: { code: 'ACCOUNT.SIGN_IN_REQUIRED' } });
    expect(await tracesOf(site.dataSource, ['Chilai', 'Zhuxiao'])).toEqual([]);
  });
});
