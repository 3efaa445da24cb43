import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MailSweeper } from '../../src/messages/mail-sweeper.js';
import { MessagesService } from '../../src/messages/messages.service.js';
import { QueueService } from '../../src/queue/queue.service.js';
import type { Client } from './support/client.js';
import { link, read, rows, words } from './support/mails.js';
import { startSite, type Site } from './support/site.js';
import { startMailServer, type MailServer } from './support/smtp.js';
import { until } from './support/works.js';

/** As its owner would: gives an address, and follows the link that came to it. */
async function confirm(client: Client, address: string, mails: () => string[]): Promise<void> {
  await client.put('/account/email', { email: address });
  const found = await until(
    () => Promise.resolve(mails().find((raw) => raw.includes(`<${address}>`) && link(raw))),
    (raw) => raw !== undefined,
  );
  const { status } = await client.post('/email-confirmations', { token: link(found!) });
  expect(status).toBe(200);
}

describe('with a mail server', () => {
  let site: Site;
  let server: MailServer;
  let zhang: Client;

  beforeAll(async () => {
    server = await startMailServer();
    site = await startSite({ env: { SMTP_URL: server.url, MAIL_FROM: '定格 <photo@example.org>' } });
    zhang = await site.entrant('张三', '13800000001');
    await confirm(zhang, 'zhang@example.org', () => server.taken.map(({ raw }) => raw));
  });
  afterAll(async () => {
    await site?.close();
    await server?.close();
  });

  /** Has a message sent; the row of its mail. */
  async function tell(): Promise<string> {
    const { body } = await zhang.get('/session');
    await site.dataSource.transaction((manager) =>
      site.app
        .get(MessagesService)
        .send(
          manager,
          { accountId: body.account.id, contestId: null, about: null },
          { kind: 'SUBMISSION.ACCEPTED', params: { title: '晨雾', number: 'A0001' } },
        ),
    );
    return (await rows(site)).at(-1).id;
  }
  const row = async (id: string) => (await rows(site, 'id = $1', [id]))[0];
  const hurry = (id: string) => site.dataSource.query('UPDATE mails SET due_at = now() WHERE id = $1', [id]);

  it('mails go there', async () => {
    const id = await tell();
    await until(
      () => row(id),
      ({ status }) => status === 'sent',
    );
    const { to, raw } = server.taken.at(-1)!;
    const { header, text } = read(raw);
    expect(to).toEqual(['zhang@example.org']);
    expect(words(header('from')[0])).toBe('From: 定格 <photo@example.org>');
    expect(header('message-id')[0]).toBe(`Message-ID: <${id}@example.org>`);
    expect(header('auto-submitted')).toEqual(['Auto-Submitted: auto-generated']);
    expect(text).toContain('您的作品《晨雾》（编号 A0001）已通过初审');
    expect(raw).toContain('Content-Type: text/html');
  });

  it('one that is put off is tried again later, under the same name, and then arrives', async () => {
    server.mood = 'busy';
    const id = await tell();
    const put = await until(
      () => row(id),
      ({ error }) => error !== null,
    );
    expect(put).toMatchObject({ status: 'pending', attempts: 1, error: '450' });
    const [{ seconds }] = await site.dataSource.query(
      'SELECT extract(epoch FROM due_at - clock_timestamp())::float AS seconds FROM mails WHERE id = $1',
      [id],
    );
    expect(seconds).toBeGreaterThan(30);
    expect(seconds).toBeLessThanOrEqual(60);
    server.mood = null;
    await hurry(id);
    await until(
      () => row(id),
      ({ status }) => status === 'sent',
    );
    expect(await row(id)).toMatchObject({ attempts: 2, error: null });
    expect(read(server.taken.at(-1)!.raw).header('message-id')[0]).toContain(id);
  });

  it('one whose address is refused is given up at once, and its owner sees that', async () => {
    server.mood = 'refusing';
    const id = await tell();
    await until(
      () => row(id),
      ({ status }) => status === 'failed',
    );
    expect(await row(id)).toMatchObject({ attempts: 1, error: '550' });
    expect((await zhang.get('/account/email')).body).toMatchObject({ undelivered: true });
    server.mood = null;
  });

  it('one that is cut off, or finds nobody there, is tried again; not for ever', async () => {
    server.mood = 'hanging up';
    const id = await tell();
    await until(
      () => row(id),
      ({ error }) => error !== null,
    );
    expect(await row(id)).toMatchObject({ status: 'pending', attempts: 1 });
    server.mood = 'busy';
    await site.dataSource.query('UPDATE mails SET attempts = 7, due_at = now() WHERE id = $1', [id]);
    await until(
      () => row(id),
      ({ status }) => status === 'failed',
    );
    expect(await row(id)).toMatchObject({ attempts: 8, error: '450' });
    server.mood = null;
  });

  it('a job that runs twice, or for a version that is no longer the row’s, sends nothing', async () => {
    const id = await tell();
    const { version } = await until(
      () => row(id),
      ({ status }) => status === 'sent',
    );
    const before = server.taken.length;
    const queue = site.app.get(QueueService);
    for (const old of [version, version - 1]) {
      await queue.add('mail.send', `again-${old}`, { mailId: id, version: old });
      await until(
        () => queue.has('mail.send', `again-${old}`),
        (there) => !there,
      );
    }
    expect(server.taken).toHaveLength(before);
  });

  it('a mail whose job was lost is handed out again once its time is over', async () => {
    server.mood = 'busy';
    const id = await tell();
    await until(
      () => row(id),
      ({ error }) => error !== null,
    );
    server.mood = null;
    const { version } = await row(id);
    await hurry(id);
    await Promise.all([1, 2, 3].map(() => site.app.get(MailSweeper).sweep()));
    await until(
      () => row(id),
      ({ status }) => status === 'sent',
    );
    expect((await row(id)).version).toBe(version + 1);
  });
});
