import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resetAdmin } from '../../src/cli/first-steps.js';
import { slug, startSite, type Site } from './support/site.js';
import { send } from './support/works.js';

let site: Site;
beforeAll(async () => {
  site = await startSite({ worker: false });
});
afterAll(() => site.close());

const signIn = (login: string, password: string, headers?: Record<string, string>) =>
  site.visitor().post('/session', { login, password }, headers);

describe('registering', () => {
  it('signs in at once; the number counts however it was typed', async () => {
    const visitor = site.visitor();
    const { status, body } = await visitor.post('/accounts', {
      name: ' 张\u202e三 ',
      phone: '+86 138-0000-0001',
      password: 'long enough',
    });
    expect(status).toBe(201);
    expect(body.account).toMatchObject({ name: '张三', phone: '13800000001', mustChangePassword: false });
    expect((await visitor.get('/session')).body.account.name).toBe('张三');
    expect((await signIn('13800000001', 'long enough')).status).toBe(200);
    expect((await signIn('138 0000 0001', 'long enough')).status).toBe(200);
    expect(
      await visitor.post('/accounts', { name: '李', phone: '13800000001', password: 'long enough' }),
    ).toMatchObject({
      status: 409,
      body: { code: 'ACCOUNT.PHONE_TAKEN' },
    });
  });

  it('names every field that is wrong, in the language asked for', async () => {
    const wrong = { name: '', phone: 'x', password: 'short' };
    const zh = await site.visitor().post('/accounts', wrong);
    expect(zh.status).toBe(422);
    expect(zh.body.errors.map(({ path }: { path: string }) => path)).toEqual(['name', 'phone', 'password']);
    for (const { message } of zh.body.errors) expect(message).toMatch(/[\u4e00-\u9fff]/);
    const en = await site.visitor().post('/accounts', wrong, { 'Accept-Language': 'en-GB,en;q=0.9' });
    expect(en.body.errors[0].message).toBe('This is required.');
    expect(en.body.detail).toMatch(/^Some fields/);
  });

  it('stores argon2id and no password', async () => {
    const [{ password_hash: hash }] = await site.dataSource.query(
      `SELECT password_hash FROM accounts WHERE phone = '13800000001'`,
    );
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('signing in', () => {
  it('says the same of a wrong password and of nobody', async () => {
    const wrong = await signIn('13800000001', 'not the password');
    const nobody = await signIn('13899999999', 'not the password');
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(nobody.body);
  });

  it('makes one wait after many failures, and never for good', async () => {
    await site.entrant('王五', '13800000005');
    for (let tries = 0; tries < 6; tries++) await signIn('13800000005', 'wrong wrong');
    const blocked = await signIn('13800000005', 'password of theirs');
    expect(blocked).toMatchObject({ status: 429, body: { code: 'ACCOUNT.TOO_MANY_TRIES' } });
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(blocked.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    await site.moveClock('2 minutes');
    expect((await signIn('13800000005', 'password of theirs')).status).toBe(200);
  });

  it('counts a try before its password is looked at: many at once are as many as one after another', async () => {
    await site.entrant('马九', '13800000020');
    const answers = await Promise.all(Array.from({ length: 30 }, () => signIn('13800000020', 'wrong wrong')));
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(6);
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(24);
    await site.moveClock('4 minutes');
    expect((await signIn('13800000020', 'password of theirs')).status).toBe(200);
  });

  it('gives a new session each time, ends the old one, and its cookie is out of scripts’ reach', async () => {
    const client = await site.entrant('赵六', '13800000006');
    const before = client.cookie;
    const { headers } = await client.post('/session', {
      login: '13800000006',
      password: 'password of theirs',
    });
    expect(client.cookie).not.toBe(before);
    expect(headers.getSetCookie().at(-1)).toMatch(/HttpOnly; SameSite=Lax$/);
    client.cookie = before;
    expect((await client.get('/session')).body.account).toBeNull();
  });

  it('ends everywhere when the person is disabled', async () => {
    const client = await site.entrant('孙七', '13800000007');
    await site.dataSource.query(`UPDATE accounts SET disabled_at = now() WHERE phone = '13800000007'`);
    expect((await client.get('/session')).body.account).toBeNull();
    expect((await signIn('13800000007', 'password of theirs')).status).toBe(401);
  });

  it('signs out for good', async () => {
    const client = await site.entrant('周八', '13800000008');
    const { cookie } = client;
    expect((await client.delete('/session')).status).toBe(204);
    client.cookie = cookie;
    expect((await client.get(`/contests/${slug}/submissions?mine=1`)).status).toBe(401);
  });
});

describe('a printed password', () => {
  it('opens nothing but its own change', async () => {
    const reset = (await resetAdmin(site.dataSource.manager))!;
    const admin = site.visitor();
    expect((await admin.post('/session', { ...reset })).body.account.mustChangePassword).toBe(true);
    expect(await admin.get(`/contests/${slug}/screening`)).toMatchObject({
      status: 403,
      body: { code: 'ACCOUNT.PASSWORD_CHANGE_REQUIRED' },
    });
    const change = { current: reset.password, next: 'the organiser’s own' };
    expect((await admin.put('/account/password', change)).status).toBe(204);
    expect((await admin.get(`/contests/${slug}/screening`)).status).toBe(200);
    await site.organiser.post('/session', { login: reset.login, password: change.next });
  });
});

describe('one-time links', () => {
  const token = (link: string) => link.split('/').at(-1)!;

  it('an invitation sets the password, signs in as judge, and works once', async () => {
    const { body } = await site.organiser.post(`/contests/${slug}/judges`, {
      name: '评委甲',
      login: 'jia@example.org',
    });
    expect(body.invitation).toMatch(new RegExp(`^${site.url}/link/`));
    const judge = site.visitor();
    const link = `/links/${token(body.invitation)}`;
    expect((await judge.get(link)).body).toMatchObject({
      kind: 'invitation',
      name: '评委甲',
      contest: { slug },
    });
    const taken = await judge.post(link, { password: 'a judge’s own' });
    expect(taken.body.roles).toEqual([{ role: 'judge', contest: slug }]);
    expect((await judge.get('/judge/rounds')).status).toBe(200);
    expect(await site.visitor().post(link, { password: 'somebody else' })).toMatchObject({
      status: 404,
      body: { code: 'ACCOUNT.LINK_INVALID' },
    });
    expect((await signIn('jia@example.org', 'a judge’s own')).status).toBe(200);
  });

  it('of many equal invitations the last one works, and there is one judge', async () => {
    const invite = () =>
      site.organiser.post(`/contests/${slug}/judges`, { name: '评委乙', login: 'yi@example.org' });
    const answers = await Promise.all(Array.from({ length: 8 }, invite));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const looks = await Promise.all(
      answers.map(({ body }) => site.visitor().get(`/links/${token(body.invitation)}`)),
    );
    expect(looks.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('a reset is for people of the contest, is logged, ends other sessions, and expires', async () => {
    const entrant = await site.entrant('钱九', '13800000010');
    const { body: session } = await entrant.get('/session');
    const reset = () => site.organiser.post(`/contests/${slug}/people/${session.account.id}/reset`);
    expect(await reset()).toMatchObject({ status: 404, body: { code: 'ACCOUNT.NOT_OF_CONTEST' } });
    await send(entrant);
    const first = await reset();
    expect(first.status).toBe(201);
    expect(
      await site.dataSource.query(`SELECT FROM audit_entries WHERE action = 'account.reset_link_issued'`),
    ).toHaveLength(1);
    expect(
      (await site.visitor().post(`/links/${token(first.body.link)}`, { password: 'brand new one' })).status,
    ).toBe(200);
    expect((await entrant.get('/session')).body.account).toBeNull();
    expect((await signIn('13800000010', 'brand new one')).status).toBe(200);
    const second = await reset();
    await site.moveClock('25 hours');
    expect((await site.visitor().get(`/links/${token(second.body.link)}`)).status).toBe(404);
  });

  it('no organiser reaches an admin’s account', async () => {
    const helper = await site.entrant('协办', '13800000011');
    const { body: session } = await helper.get('/session');
    const [{ id: contestId }] = await site.dataSource.query('SELECT id FROM contests');
    const { body: admin } = await site.organiser.get('/session');
    await site.dataSource.query(
      `INSERT INTO role_grants (account_id, contest_id, role) VALUES ($1, $2, 'organiser')`,
      [session.account.id, contestId],
    );
    expect((await helper.get(`/contests/${slug}/people`)).status).toBe(200);
    expect((await helper.post(`/contests/${slug}/people/${admin.account.id}/reset`)).status).toBe(403);
  });

  it('a squatted number is released and can be registered by its owner', async () => {
    const squatter = await site.entrant('占号', '13800000012');
    await send(squatter);
    const { body: session } = await squatter.get('/session');
    expect((await site.organiser.delete(`/contests/${slug}/people/${session.account.id}/phone`)).status).toBe(
      204,
    );
    expect((await squatter.get('/session')).body.account).toBeNull();
    expect((await (await site.entrant('机主', '13800000012')).get('/session')).body.account.name).toBe(
      '机主',
    );
  });
});
