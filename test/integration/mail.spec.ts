import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MessagesService } from '../../src/messages/messages.service.js';
import { RepairReminders } from '../../src/submissions/repair-reminders.js';
import type { Client } from './support/client.js';
import { link, read, rows, words } from './support/mails.js';
import { slug, startSite, type Site } from './support/site.js';
import { photo, send, settled, until } from './support/works.js';

describe('without a mail server', () => {
  let site: Site;
  let zhang: Client;
  const folder = () => join(site.storageDir, 'mail');
  const files = () => {
    try {
      return readdirSync(folder()).map((name) => readFileSync(join(folder(), name), 'utf8'));
    } catch {
      return [];
    }
  };

  beforeAll(async () => {
    site = await startSite({ env: { PUBLIC_URL: 'https://photo.example.org' } });
    zhang = await site.entrant('张三', '13800000001');
  });
  afterAll(() => site.close());

  it('a link is sent to a new address, and nothing else before it was followed', async () => {
    const { body: given } = await zhang.put('/account/email', { email: ' Zhang@Example.org ' });
    expect(given).toEqual({
      email: null,
      confirmed: false,
      pending: 'zhang@example.org',
      undelivered: false,
    });
    await send(zhang);
    await until(
      () => rows(site),
      (all) => all.every(({ status }: { status: string }) => status === 'sent'),
    );
    const [raw, ...others] = files();
    expect(others).toEqual([]);
    const mail = read(raw);
    expect(words(mail.header('to')[0])).toBe('To: 张三 <zhang@example.org>');
    expect(words(mail.header('from')[0])).toBe('From: 定格 <noreply@localhost>');
    expect(words(mail.header('subject')[0])).toBe('Subject: 请确认您的邮箱');
    expect(mail.text).toContain(`https://photo.example.org/confirm-email/${link(raw)}`);
    // The address is nobody's login yet.
    const sign = { login: 'zhang@example.org', password: 'password of theirs' };
    expect((await site.visitor().post('/session', sign)).status).toBe(401);
    // What was sent opens something: it is gone from the outbox.
    expect((await rows(site))[0]).toMatchObject({ params: {}, about: null });

    expect((await site.visitor().post('/email-confirmations', { token: link(raw) })).body).toEqual({
      email: 'zhang@example.org',
    });
    expect((await zhang.get('/account/email')).body).toMatchObject({ confirmed: true, pending: null });
    expect((await site.visitor().post('/email-confirmations', { token: link(raw) })).body.code).toBe(
      'ACCOUNT.EMAIL_LINK_INVALID',
    );
    expect((await site.visitor().post('/session', sign)).status).toBe(200);
  });

  it('files are their owner’s to read, named by the mail’s id, and one each', async () => {
    const [name] = readdirSync(folder());
    expect(name).toMatch(/^[0-9a-f-]{36}\.eml$/);
    expect(statSync(join(folder(), name)).mode & 0o777).toBe(0o600);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    // Sent again, as when a worker died before it could say that it was sent.
    const id = name.replace('.eml', '');
    await site.dataSource.query(`UPDATE mails SET status = 'pending', due_at = now() WHERE id = $1`, [id]);
    await until(
      () => rows(site, 'id = $1', [id]),
      ([{ status }]) => status === 'sent',
    );
    expect(readdirSync(folder())).toHaveLength(1);
  });

  it('each message about a work goes out too, in the language last used, with the page it is about', async () => {
    await site.dataSource.query(`UPDATE contests SET closes_at = dingge_now() + interval '1 hour'`);
    const { body } = await send(zhang, { title: '三江' });
    await settled(zhang, body.id);
    const decide = (decision: string) =>
      site.organiser.post(`/submissions/${body.id}/screening`, { decision, reason: '像素不足' });
    await decide('accept');
    await decide('reject');
    await decide('return');
    await site.moveClock('25 hours');
    await site.app.get(RepairReminders).sweep();
    await site.moveClock('0');
    await zhang.get('/session', { 'Accept-Language': 'en' });
    const broken = { content: (await photo()).subarray(0, 900), name: 'x.jpg' };
    await site.dataSource.query(`UPDATE contests SET closes_at = dingge_now() + interval '1 hour'`);
    const { body: half } = await send(zhang, { title: '断', files: [broken] });
    await settled(zhang, half.id);
    await until(
      () => rows(site),
      (all) => all.length === 8 && all.every(({ status }: { status: string }) => status === 'sent'),
    );
    const mails = files().map(read);
    const about = (id: string) => mails.filter(({ text }) => text.includes(`/c/${slug}/work/${id}`));
    expect(
      about(body.id)
        .map(({ header }) => words(header('subject')[0]).replace(/\d+月.*前/, '…前'))
        .sort(),
    ).toEqual(
      [
        'Subject: 《三江》已通过初审',
        'Subject: 《三江》未通过初审',
        'Subject: 《三江》需要修改，请在 …前完成',
        `Subject: 已收到《三江》，编号 ${body.number}`,
        'Subject: 提醒：《三江》请在 …前改好',
      ].sort(),
    );
    expect(
      about(half.id)
        .map(({ header }) => words(header('subject')[0]))
        .sort(),
    ).toEqual([
      expect.stringMatching(/^Subject: A file of “断” cannot be used: replace it before /),
      expect.stringMatching(/^Subject: “断” has arrived: number /),
    ]);
    for (const { kind } of await rows(site, `kind LIKE 'SUBMISSION.%'`)) {
      const [{ count }] = await site.dataSource.query(
        'SELECT count(*)::int AS count FROM messages WHERE kind = $1',
        [kind],
      );
      expect([kind, count > 0]).toEqual([kind, true]);
    }
  });

  it('what a person wrote becomes no header of its own', async () => {
    const { body } = await zhang.get('/session');
    await site.dataSource.query(`UPDATE accounts SET name = $2 WHERE id = $1`, [
      body.account.id,
      '三"\r\nBcc: everybody@example.org\r\n\r\nx',
    ]);
    const before = files().length;
    await site.dataSource.transaction((manager) =>
      site.app.get(MessagesService).send(
        manager,
        { accountId: body.account.id, contestId: null, about: null },
        {
          kind: 'SUBMISSION.ACCEPTED',
          params: { title: 'a\r\nBcc: all@example.org\r\n\r\nb', number: '' },
        },
      ),
    );
    await until(
      () => Promise.resolve(files()),
      (all) => all.length > before,
    );
    const raw = files().find((each) => words(read(each).header('subject')[0]).includes('all@example.org'))!;
    const { header } = read(raw);
    expect([header('bcc'), header('to').length, header('subject').length]).toEqual([[], 1, 1]);
    expect(header('to')[0]).toMatch(/<zhang@example\.org>$/);
    await site.dataSource.query(`UPDATE accounts SET name = '张三' WHERE id = $1`, [body.account.id]);
  });

  it('an address that isn’t one is refused, and no mailbox is filled', async () => {
    for (const email of ['', 'x', 'a@b', 'a b@c.de', 'a@b.c\r\nBcc: d@e.fg', '"a"@b.cd', 'a@[1.2.3.4]', 5]) {
      expect(await zhang.put('/account/email', { email })).toMatchObject({ status: 422 });
    }
    const li = await site.entrant('李四', '13800000002');
    const other = await site.entrant('王五', '13800000003');
    for (let n = 0; n < 3; n++) {
      expect((await li.put('/account/email', { email: 'li@example.org' })).status).toBe(200);
    }
    for (let n = 0; n < 2; n++) {
      expect((await other.put('/account/email', { email: 'li@example.org' })).status).toBe(200);
    }
    for (const client of [li, other]) {
      expect(await client.put('/account/email', { email: 'li@example.org' })).toMatchObject({
        status: 429,
        body: { code: 'ACCOUNT.TOO_MANY_MAILS' },
      });
    }
  });

  it('an address that another account has is told to nobody but who reads its mailbox', async () => {
    const thief = await site.entrant('赵六', '13800000004');
    expect((await thief.put('/account/email', { email: 'zhang@example.org' })).body).toMatchObject({
      pending: 'zhang@example.org',
      confirmed: false,
    });
    const raw = await until(
      () => Promise.resolve(files().find((each) => words(each).includes('赵六') && link(each))),
      (each) => each !== undefined,
    );
    expect(await thief.post('/email-confirmations', { token: link(raw!) })).toMatchObject({
      status: 409,
      body: { code: 'ACCOUNT.EMAIL_TAKEN' },
    });
  });

  it('an address may be taken away, unless one signs in with it; a link is good for two days', async () => {
    expect((await zhang.put('/account/email', { email: null })).body).toMatchObject({ email: null });
    expect((await site.organiser.put('/account/email', { email: null })).body.code).toBe(
      'ACCOUNT.EMAIL_IS_LOGIN',
    );
    const late = await site.entrant('马七', '13800000005');
    await late.put('/account/email', { email: 'ma@example.org' });
    const raw = await until(
      () => Promise.resolve(files().find((each) => each.includes('<ma@example.org>'))),
      (each) => each !== undefined,
    );
    await site.moveClock('48 hours');
    expect((await late.post('/email-confirmations', { token: link(raw!) })).body.code).toBe(
      'ACCOUNT.EMAIL_LINK_INVALID',
    );
    await site.moveClock('0');
  });
});
