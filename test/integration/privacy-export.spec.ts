import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import type { Answer, Client } from './support/client.js';
import { canariesOf, pictureOf, words, workOf } from './support/person.js';
import { slug, startSite, type Site } from './support/site.js';
import { begin } from './support/tus.js';
import { send, settled, until } from './support/works.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe('one’s own data', () => {
  const canary = canariesOf('Daichu', 4);
  const foreign = canariesOf('Bieren', 5);
  let client: Client;
  let original: Buffer;
  let archive: Record<string, Uint8Array>;
  let data: Answer['body'];
  let sent: Answer['body'];

  beforeAll(async () => {
    client = await site.entrant(canary.account, canary.phone);
    const other = await site.entrant(foreign.account, foreign.phone);
    await send(other, await workOf(foreign));
    sent = (await send(client, { ...(await workOf(canary)), consent: '2019-2' })).body;
    await settled(client, sent.id);
    original = await pictureOf(canary);
    const { body: draft } = await send(client, {
      ...(await workOf(canary, 1)),
      files: [{ content: original, name: `夜色:?${canary.file}` }],
      draft: 'true',
    });
    await settled(client, draft.id);
    // Somebody else's same photo, flagged as alike: of that nobody learns here.
    await send(other, {
      ...(await workOf(foreign, 1)),
      files: [{ content: original, name: foreign.file }],
      draft: 'true',
    });
    await site.organiser.post(`/submissions/${sent.id}/screening`, {
      decision: 'return',
      reason: canary.reason,
    });
    await begin(client, { submission: draft.id, bytes: 5_000_000, filename: canary.file });
    await client.put('/account/email', { email: canary.email });
    const answer = await client.get('/account/data');
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(decodeURIComponent(answer.headers.get('content-disposition')!)).toContain('我的数据.zip');
    archive = unzipSync(answer.body);
    data = JSON.parse(strFromU8(archive['data.json']));
  });

  it('is all there: account, works with every field, consents, messages, mails, uploads', () => {
    expect(data.account).toMatchObject({
      name: canary.account,
      phone: canary.phone,
      pendingEmail: canary.email,
    });
    expect(data.roles).toMatchObject([{ role: 'entrant', contest: { slug } }]);
    expect(data.sessions).toHaveLength(1);
    expect(data.authors).toMatchObject([{ name: canary.author, phone: canary.authorPhone }]);
    const [work] = data.works.filter(({ number }: Answer['body']) => number === sent.number);
    expect(work).toMatchObject({
      status: 'returned',
      title: canary.title,
      story: canary.story,
      takenOn: '2019-08-29',
      takenPlace: canary.place,
      reason: canary.reason,
      author: { name: canary.author, phone: canary.authorPhone, agreedAt: expect.any(String) },
      consent: { version: '2019-2', at: expect.any(String) },
      douyin: { text: expect.stringContaining(canary.handle), shortCode: `${canary.code}0` },
    });
    expect(work.files).toMatchObject([{ originalName: canary.file, removed: false }]);
    expect(data.declarations).toMatchObject([{ version: '2019-2', words: { zh: expect.any(Array) } }]);
    expect(data.messages.map(({ title }: Answer['body']) => title).join()).toContain(canary.title);
    expect(data.mails).toMatchObject([{ kind: 'ACCOUNT.CONFIRM_EMAIL' }]);
    expect(data.uploads).toMatchObject([{ name: canary.file, bytes: 5_000_000, state: 'receiving' }]);
  });

  it('holds the originals, byte for byte, under names that fit every system', () => {
    const [draft] = data.works.filter(({ status }: Answer['body']) => status === 'draft');
    const [file] = draft.files;
    expect(file).toMatchObject({
      mime: 'image/jpeg',
      facts: { camera: canary.camera, gps: { lat: 27.825 } },
    });
    expect(file.path).toBe(`files/draft-${draft.id.slice(0, 8)}/1-夜色__${canary.file}`);
    expect(Object.keys(archive).sort()).toEqual([
      'data.json',
      `files/${sent.number}/1-${canary.file}`,
      file.path,
    ]);
    expect(Buffer.from(archive[file.path]).equals(original)).toBe(true);
    expect(createHash('sha256').update(archive[file.path]).digest('hex')).toBe(file.sha256);
  });

  it('holds nothing of anybody else', () => {
    const text = strFromU8(archive['data.json']);
    for (const word of words(foreign)) expect(text).not.toContain(word);
    expect(text).not.toMatch(/duplicate|likeness|fingerprint|"marks"|password|tokenHash/i);
  });

  it('is sent a few times a day, and then it says when again', async () => {
    for (let taken = 1; taken < 5; taken++) expect((await client.get('/account/data')).status).toBe(200);
    for (const path of ['/account/data', '/account/data/allowed']) {
      const refused = await client.get(path);
      expect(refused).toMatchObject({ status: 429, body: { code: 'PRIVACY.TOO_MANY_EXPORTS' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3600);
    }
    await site.moveClock('25 hours');
    expect((await client.get('/account/data/allowed')).status).toBe(204);
    expect((await client.get('/account/data')).status).toBe(200);
    await site.moveClock('0 hours');
  });

  it('lets go when its person leaves in the middle', async () => {
    await site.dataSource.query('DELETE FROM personal_exports');
    const abort = new AbortController();
    const response = await fetch(`${site.url}/api/account/data`, {
      headers: { cookie: client.cookie },
      signal: abort.signal,
    });
    expect(response.status).toBe(200);
    abort.abort();
    await until(
      () => client.get('/account/data/allowed'),
      ({ status }) => status === 204,
    );
  });
});
