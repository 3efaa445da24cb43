import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { slug, startSite, type Site } from './support/site.js';
import { until } from './support/works.js';

const password = 'password of theirs';
const wrongThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** Everybody from an address of their own, but for those who say otherwise: the site trusts one proxy. */
let addresses = 0;
const from = (address = `203.0.113.${++addresses % 250}`) => ({ 'X-Forwarded-For': address });

describe('where sign-up requires a code', () => {
  let site: Site;
  const log = () => join(site.storageDir, 'codes.log');
  const codeFor = (phone: string) =>
    until(
      () =>
        Promise.resolve(
          lines()
            .findLast((line) => line.includes(` ${phone} `))
            ?.slice(-6),
        ),
      (code) => code !== undefined,
    ) as Promise<string>;
  const lines = () => {
    try {
      return readFileSync(log(), 'utf8').trimEnd().split('\n');
    } catch {
      return [];
    }
  };
  const ask = (phone: string, headers = from()) =>
    site.visitor().post('/codes', { phone, purpose: 'sign-up' }, headers);
  const signUp = (phone: string, code?: string, headers = from()) =>
    site.visitor().post('/accounts', { name: '张三', phone, password, code }, headers);

  beforeAll(async () => {
    site = await startSite({ worker: false, env: { SIGN_UP_CODE: 'required', TRUST_PROXY: '1' } });
  });
  afterAll(() => site.close());

  it('says so, and refuses an account without one by its own code', async () => {
    expect((await site.visitor().get('/account-options')).body).toEqual({
      signUpCode: true,
      passwordByPhone: false,
    });
    const { status, body } = await signUp('13800000001');
    expect([status, body.code, body.errors[0].path]).toEqual([422, 'ACCOUNT.CODE_REQUIRED', 'code']);
  });

  it('takes the code that was sent, once, and keeps only its hash', async () => {
    expect(await ask('+86 138-0000-0001')).toMatchObject({ status: 202, body: { seconds: 60 } });
    const code = await codeFor('13800000001');
    expect(code).toMatch(/^\d{6}$/);
    expect(statSync(log()).mode & 0o777).toBe(0o600);
    const stored = JSON.stringify(await site.dataSource.query('SELECT * FROM one_time_codes'));
    expect(stored).not.toContain(code);
    expect(stored).not.toContain('13800000001');
    expect((await signUp('13800000001', wrongThan(code))).body.code).toBe('CODE.WRONG');
    expect((await signUp('13800000002', code)).body.code).toBe('CODE.WRONG');
    const both = await Promise.all([signUp('13800000001', code), signUp('13800000001', code)]);
    expect(both.map(({ status }) => status).sort()[0]).toBe(201);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await signUp('13800000001', code)).body.code).toBe('CODE.WRONG');
  });

  it('ends a code after five tries, after five minutes, and with the next one', async () => {
    await ask('13800000011');
    const code = await codeFor('13800000011');
    const wrong = await Promise.all(Array.from({ length: 5 }, () => signUp('13800000011', wrongThan(code))));
    expect(wrong.map(({ body }) => body.code)).toEqual(Array(5).fill('CODE.WRONG'));
    expect((await signUp('13800000011', code)).body.code).toBe('CODE.WRONG');

    await ask('13800000012');
    const late = await codeFor('13800000012');
    await site.moveClock('5 minutes');
    expect((await signUp('13800000012', late)).body.code).toBe('CODE.WRONG');
    await ask('13800000012');
    const newer = await until(
      () => codeFor('13800000012'),
      (found) => found !== late,
    );
    expect((await signUp('13800000012', late)).body.code).toBe('CODE.WRONG');
    expect((await signUp('13800000012', newer)).status).toBe(201);
    await site.moveClock('0');
  });

  it('sends a phone one a minute and five an hour, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask('13800000021')));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.body.code).toBe('CODE.TOO_MANY');
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    for (let minute = 2; minute <= 5; minute++) {
      await site.moveClock(`${minute * 61} seconds`);
      expect((await ask('13800000021')).status).toBe(202);
    }
    await site.moveClock('7 minutes');
    const sixth = await ask('13800000021');
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(3000);
    await site.moveClock('0');
  });

  it('sends to twenty phones an hour from one address, and to so many in all', async () => {
    const one = from('198.51.100.7');
    for (let n = 0; n < 20; n++) expect((await ask(`1380000${3000 + n}`, one)).status).toBe(202);
    expect((await ask('13800003999', one)).body.code).toBe('CODE.TOO_MANY');
    expect((await ask('13800003999')).status).toBe(202);
    await site.dataSource.query(
      `INSERT INTO one_time_codes (phone_hash, address_hash, expires_at, created_at)
       SELECT n::text, n::text, dingge_now(), dingge_now() FROM generate_series(1, 600) AS n`,
    );
    expect((await ask('13800004000')).body.code).toBe('CODE.TOO_MANY');
    await site.dataSource.query('DELETE FROM one_time_codes');
  });

  it('answers the same for a phone that has an account, which is told so only to who has its code', async () => {
    await ask('13800000031');
    expect((await signUp('13800000031', await codeFor('13800000031'))).status).toBe(201);
    await site.moveClock('2 minutes');
    const again = await ask('13800000031');
    const fresh = await ask('13800000032');
    expect([again.status, again.body]).toEqual([fresh.status, fresh.body]);
    expect((await signUp('13800000031', '000000x')).body.code).toBe('CODE.WRONG');
    await site.moveClock('0');
  });

  it('sets no password by a code, for nobody would send it', async () => {
    const asked = await site.visitor().post('/codes', { phone: '13800000031', purpose: 'password' });
    expect(asked).toMatchObject({ status: 409, body: { code: 'ACCOUNT.NO_CODES' } });
  });

  it('refuses nonsense plainly', async () => {
    for (const body of [{}, { phone: 'x', purpose: 'sign-up' }, { phone: '13800000001', purpose: 'all' }]) {
      expect((await site.visitor().post('/codes', body)).status).toBe(422);
    }
  });
});

describe('where a gateway sends the codes', () => {
  let site: Site;
  const received: { headers: IncomingHttpHeaders; body: Record<string, string> }[] = [];
  let answers: number[] = [];
  const gateway = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body: JSON.parse(text) as Record<string, string> });
      const status = answers.shift() ?? 200;
      if (status === 0) return request.socket.destroy();
      response.writeHead(status, status === 302 ? { Location: '/elsewhere' } : {}).end();
    });
  });
  const forPhone = (phone: string) => received.filter(({ body }) => body['phone'] === phone);
  const ask = (phone: string, headers: Record<string, string> = {}) =>
    site.visitor().post('/codes', { phone, purpose: 'password' }, { ...from(), ...headers });
  const reset = (phone: string, code: string) =>
    site.visitor().post('/account/password-by-code', { phone, code, password: 'a new password' });

  beforeAll(async () => {
    gateway.listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    const { port } = gateway.address() as AddressInfo;
    site = await startSite({
      worker: false,
      env: {
        SMS_GATEWAY_URL: `http://127.0.0.1:${port}/send`,
        SMS_GATEWAY_TOKEN: 'a token',
        TRUST_PROXY: '1',
      },
    });
    await site.entrant('张三', '13800000001');
  });
  afterAll(async () => {
    await site?.close();
    gateway.close();
  });

  it('a forgotten password is set by one, which ends the sessions there were', async () => {
    const before = site.visitor();
    await before.post('/session', { login: '13800000001', password });
    expect((await site.visitor().get('/account-options')).body).toEqual({
      signUpCode: false,
      passwordByPhone: true,
    });
    expect((await ask('13800000001', { 'Accept-Language': 'en' })).status).toBe(202);
    const [{ headers, body }] = await until(
      () => Promise.resolve(forPhone('13800000001')),
      (all) => all.length > 0,
    );
    expect(headers).toMatchObject({ authorization: 'Bearer a token', 'content-type': 'application/json' });
    expect(body).toEqual({
      phone: '13800000001',
      code: expect.stringMatching(/^\d{6}$/),
      purpose: 'password',
      expiresInSeconds: 300,
      text: `[Dingge] Your code is ${body['code']}, good for 5 minutes. Ignore this if it was not you.`,
    });
    expect((await reset('13800000001', wrongThan(body['code']))).body.code).toBe('CODE.WRONG');
    expect((await reset('13800000001', body['code'])).status).toBe(204);
    expect((await before.get('/session')).body.account).toBeNull();
    const signIn = (given: string) =>
      site.visitor().post('/session', { login: '13800000001', password: given });
    expect((await signIn(password)).status).toBe(401);
    expect((await signIn('a new password')).status).toBe(200);
    expect((await reset('13800000001', body['code'])).body.code).toBe('CODE.WRONG');
  });

  it('an unknown phone, and an organiser’s, get the same answer and no code', async () => {
    const organiser = await site.entrant('主办', '13800000009');
    const { body } = await organiser.get('/session');
    await site.dataSource.query(
      `INSERT INTO role_grants (account_id, contest_id, role) SELECT $1, id, 'organiser' FROM contests WHERE slug = $2`,
      [body.account.id, slug],
    );
    await site.entrant('李四', '13800000002');
    const known = await ask('13800000002');
    for (const phone of ['13899999999', '13800000009']) {
      const unknown = await ask(phone);
      expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
      expect((await ask(phone)).body.code).toBe('CODE.TOO_MANY');
      expect((await reset(phone, '123456')).body.code).toBe('CODE.WRONG');
      expect(forPhone(phone)).toEqual([]);
    }
    await until(
      () => Promise.resolve(forPhone('13800000002')),
      (all) => all.length === 1,
    );
  });

  it('is asked again when it does not answer or is busy, not when it refuses; a redirect is not followed', async () => {
    await site.entrant('王五', '13800000003');
    answers = [503, 0, 200];
    await ask('13800000003');
    const tries = await until(
      () => Promise.resolve(forPhone('13800000003')),
      (all) => all.length === 3,
    );
    expect(new Set(tries.map(({ body }) => body['code'])).size).toBe(1);
    await site.entrant('赵六', '13800000004');
    answers = [400];
    await ask('13800000004');
    await site.entrant('马七', '13800000005');
    await until(
      () => Promise.resolve(forPhone('13800000004')),
      (all) => all.length === 1,
    );
    // A later phone's code comes through meanwhile, and the refused one is not tried again before it.
    answers = [200];
    await ask('13800000005');
    await until(
      () => Promise.resolve(forPhone('13800000005')),
      (all) => all.length === 1,
    );
    expect(forPhone('13800000004')).toHaveLength(1);
  });
});

describe('where sign-up asks for no code', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({ worker: false, env: { TRUST_PROXY: '1' } });
  });
  afterAll(() => site.close());

  it('phone and password make an account at once; a code sent along is not looked at', async () => {
    const account = { name: '张三', phone: '13800000001', password };
    expect((await site.visitor().post('/accounts', { ...account, code: 'x' }, from())).status).toBe(201);
    expect(
      (await site.visitor().post('/codes', { phone: account.phone, purpose: 'sign-up' })).body.code,
    ).toBe('ACCOUNT.NO_CODES');
  });

  it('so many accounts an hour come from one address, and more from another', async () => {
    const one = from('198.51.100.9');
    const signUp = (n: number, headers: Record<string, string>) =>
      site.visitor().post('/accounts', { name: '甲', phone: String(13900000000 + n), password }, headers);
    expect((await signUp(1, one)).status).toBe(201);
    await site.dataSource.query(
      `UPDATE sign_in_failures SET count = 96 WHERE key LIKE 'sign-up:%' AND count = 1`,
    );
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => signUp(100 + n, one)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.body.code).toBe('ACCOUNT.TOO_MANY_SIGN_UPS');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signUp(500, from('198.51.100.10'))).status).toBe(201);
    await site.moveClock('61 minutes');
    expect((await signUp(501, one)).status).toBe(201);
  });
});
