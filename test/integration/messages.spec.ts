import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { MessagesService } from '../../src/messages/messages.service.js';
import { RepairReminders } from '../../src/submissions/repair-reminders.js';
import type { Client } from './support/client.js';
import { openEvents } from './support/event-stream.js';
import { slug, startSite, type Site } from './support/site.js';
import { photo, send, settled, until } from './support/works.js';

let site: Site;
let zhang: Client;
let li: Client;

beforeAll(async () => {
  site = await startSite();
  zhang = await site.entrant('张三', '13800000001');
  li = await site.entrant('李四', '13800000002');
  await deadlineIn('1 hour');
});
afterAll(() => site.close());

interface Item {
  id: string;
  kind: string;
  title: string;
  text: string;
  contest: { slug: string; title: string } | null;
  about: string | null;
  createdAt: string;
  readAt: string | null;
}

const english = { 'Accept-Language': 'en' };
const deadlineIn = (interval: string) =>
  site.dataSource.query(`UPDATE contests SET closes_at = dingge_now() + $1::interval`, [interval]);
const decide = (id: string, decision: string, more: Record<string, unknown> = {}) =>
  site.organiser.post(`/submissions/${id}/screening`, { decision, ...more });
const inbox = async (client: Client, query = '', headers = {}): Promise<Item[]> =>
  (await client.get(`/messages?${query}`, headers)).body.items;
const about = (client: Client, id: string, headers = {}) =>
  inbox(client, `contest=${slug}&about=work/${id}`, headers);

async function sent(client: Client, work: Parameters<typeof send>[1] = {}): Promise<string> {
  const { body } = await send(client, work);
  await settled(client, body.id);
  return body.id as string;
}

describe('an entrant hears', () => {
  it('that a work has arrived, in the transaction of its arrival', async () => {
    const id = await sent(zhang, { title: '晨雾' });
    const { body: work } = await zhang.get(`/submissions/${id}`);
    const [message, ...others] = await about(zhang, id);
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      kind: 'SUBMISSION.RECEIVED',
      title: `已收到《晨雾》，编号 ${work.number}`,
      contest: { slug },
      about: `work/${id}`,
      readAt: null,
    });
    const [again] = await about(zhang, id, english);
    expect(again.title).toBe(`“晨雾” has arrived: number ${work.number}`);
    // A draft is no arrival; its submission is, once.
    const { body: draft } = await send(zhang, { draft: 'true' });
    expect(await about(zhang, draft.id)).toEqual([]);
    const consent = (await zhang.get(`/contests/${slug}`)).body.consentVersion;
    for (let click = 0; click < 2; click++) await zhang.post(`/submissions/${draft.id}/submit`, { consent });
    expect(await about(zhang, draft.id)).toHaveLength(1);
  });

  it('that it was accepted, returned with reason and date, or rejected with its reason', async () => {
    const id = await sent(li, { title: '三江' });
    await decide(id, 'accept');
    const { body } = await decide(id, 'return', { reason: '像素不足，{title} 请上传原图。' });
    await decide(id, 'reject', { reason: '与主题无关' });
    const messages = await about(li, id);
    expect(messages.map(({ kind }) => kind)).toEqual([
      'SUBMISSION.REJECTED',
      'SUBMISSION.RETURNED',
      'SUBMISSION.ACCEPTED',
      'SUBMISSION.RECEIVED',
    ]);
    expect(messages[0].text).toContain('与主题无关');
    expect(messages[1].text).toContain('像素不足，{title} 请上传原图。');
    const [clock] = await site.dataSource.query<{ told: string }[]>(
      `SELECT to_char($1::timestamptz AT TIME ZONE 'Asia/Shanghai', 'FMMM月FMDD日 HH24:MI') AS told`,
      [body.repairUntil ?? (await repairUntil(id))],
    );
    expect(messages[1].title).toBe(`《三江》需要修改，请在 ${clock.told} 前完成`);
  });

  it('that a mended work has arrived again', async () => {
    const id = await sent(li);
    await decide(id, 'return', { reason: '请补充说明' });
    const consent = (await li.get(`/contests/${slug}`)).body.consentVersion;
    await li.post(`/submissions/${id}/submit`, { consent });
    expect((await about(li, id))[0].kind).toBe('SUBMISSION.RECEIVED_AGAIN');
  });

  it('that a file failed, why, and until when to replace it; of a draft only while that helps', async () => {
    const half = async () => ({ content: (await photo()).subarray(0, 900), name: 'IMG_1.jpg' });
    const id = await sent(li, { title: '断', files: [await half()] });
    const [message] = await about(li, id);
    expect(message.kind).toBe('SUBMISSION.RETURNED_FILE');
    expect(message.text).toContain('IMG_1.jpg');
    expect(message.text).toMatch(/请在 \d+月\d+日 \d\d:\d\d 前更换/);
    expect((await about(li, id, english))[0].text).toMatch(/Upload the original again|upload it again/);
    const draft = await sent(li, { title: '', draft: 'true', files: [await half()] });
    expect((await about(li, draft))[0]).toMatchObject({ kind: 'SUBMISSION.FILE_FAILED' });
    expect((await about(li, draft))[0].title).toBe('《未命名作品》有文件不能用，请更换');
  });

  it('once, a day before the end, that a repair is about to end; not where it is shorter or done', async () => {
    const wang = await site.entrant('王五', '13800000003');
    const [reminded, short, mended, over] = await Promise.all([1, 2, 3, 4].map(() => sent(wang)));
    for (const id of [reminded, mended]) await decide(id, 'return', { reason: '改' });
    await decide(short, 'return', { reason: '改', until: await inHours(20) });
    await decide(over, 'return', { reason: '改', until: await inHours(25) });
    const consent = (await wang.get(`/contests/${slug}`)).body.consentVersion;
    await wang.post(`/submissions/${mended}/submit`, { consent });
    const reminders = site.app.get(RepairReminders);
    expect(await reminders.sweep()).toBe(0);
    await site.moveClock('26 hours');
    const stream = await openEvents(`${site.url}/api/contests/${slug}/events`, wang.cookie);
    // The site's own sweep may come first; together they remind once.
    await Promise.all([reminders.sweep(), reminders.sweep()]);
    await until(
      () => about(wang, reminded),
      ([latest]) => latest.kind === 'SUBMISSION.REPAIR_ENDING',
    );
    await until(
      () => Promise.resolve(stream.events),
      (events) => events.some(({ type, data }) => type === 'look' && data.includes(reminded)),
    );
    stream.close();
    expect(await reminders.sweep()).toBe(0);
    const [{ count }] = await site.dataSource.query(
      `SELECT count(*)::int AS count FROM messages WHERE kind = 'SUBMISSION.REPAIR_ENDING'`,
    );
    expect(count).toBe(1);
    await site.moveClock('0');
  });

  async function inHours(hours: number): Promise<string> {
    const [{ now }] = await site.dataSource.query('SELECT dingge_now() AS now');
    return new Date((now as Date).getTime() + hours * 3600_000).toISOString();
  }

  async function repairUntil(id: string): Promise<string> {
    const [{ params }] = await site.dataSource.query(
      `SELECT params FROM messages WHERE kind = 'SUBMISSION.RETURNED' AND about = $1`,
      [`work/${id}`],
    );
    return params.until.until;
  }
});

describe('the inbox', () => {
  let reader: Client;
  beforeAll(async () => {
    reader = await site.entrant('读者', '13800000009');
    const { body } = await reader.get('/session');
    const messages = site.app.get(MessagesService);
    await site.dataSource.transaction(async (manager) => {
      for (let n = 1; n <= 7; n++) {
        await messages.send(
          manager,
          { accountId: body.account.id, contestId: null, about: null },
          { kind: 'SUBMISSION.ACCEPTED', params: { title: String(n), number: '' } },
        );
      }
    });
  });

  it('has pages, the newest first, and none twice', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await reader.get(`/messages?limit=3${cursor && `&cursor=${cursor}`}`);
      expect(body.unread).toBe(7);
      seen.push(...body.items.map(({ title }: Item) => title.slice(1, 2)));
      cursor = body.next ?? '';
    } while (cursor);
    expect(seen).toEqual(['7', '6', '5', '4', '3', '2', '1']);
  });

  it('counts what was read, one by one or all at once', async () => {
    const [first] = await inbox(reader);
    for (let twice = 0; twice < 2; twice++) {
      expect((await reader.post(`/messages/${first.id}/read`)).status).toBe(204);
    }
    const { body } = await reader.get('/messages');
    expect([body.unread, body.items[0].readAt === null]).toEqual([6, false]);
    expect((await reader.post('/messages/read')).status).toBe(204);
    expect((await reader.get('/messages')).body.unread).toBe(0);
  });

  it('is its owner’s alone', async () => {
    const [mine] = await inbox(reader);
    expect((await zhang.post(`/messages/${mine.id}/read`)).status).toBe(404);
    expect((await site.organiser.post(`/messages/${mine.id}/read`)).status).toBe(404);
    expect((await inbox(zhang)).some(({ id }) => id === mine.id)).toBe(false);
    // Another's message as a cursor leads nowhere.
    const cursor = Buffer.from(JSON.stringify([mine.id])).toString('base64url');
    expect(await inbox(zhang, `cursor=${cursor}`)).toEqual([]);
    expect((await site.visitor().get('/messages')).status).toBe(401);
  });

  it('refuses nonsense plainly', async () => {
    expect((await zhang.get('/messages?contest=none')).status).toBe(404);
    expect((await zhang.get('/messages?limit=0')).status).toBe(422);
    expect((await zhang.get('/messages?about=%00')).status).toBeLessThan(500);
    expect((await zhang.get('/messages?cursor=xyz')).status).toBe(200);
    expect((await zhang.post(`/messages/${randomUUID()}/read`)).status).toBe(404);
  });
});

describe('a message', () => {
  it('is not sent when what it tells of did not happen', async () => {
    const [{ count }] = await site.dataSource.query('SELECT count(*)::int AS count FROM messages');
    const id = (await inbox(zhang))[0].about!.slice('work/'.length);
    await expect(
      site.dataSource.transaction(async (manager) => {
        await site.app
          .get(MessagesService)
          .send(
            manager,
            { accountId: randomUUID(), contestId: null, about: `work/${id}` },
            { kind: 'X', params: {} },
          );
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect((await site.dataSource.query('SELECT count(*)::int AS count FROM messages'))[0].count).toBe(count);
  });
});
