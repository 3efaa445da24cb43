import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client } from './support/client.js';
import { judgedPhotos, wordsOf, type Judged } from './support/locked.js';
import { slug, startSite, type Site } from './support/site.js';

/** A work that has a prize turns out to break the rules, after it was published: another takes its place, in the open. */
let site: Site;
let visitor: Client;
let judged: Judged;
let resultId: string;
const notice = `/contests/${slug}/notice`;
const names = ['王晓明', '李娜', '欧阳修远', '赵六'];

beforeAll(async () => {
  site = await startSite();
  visitor = site.visitor();
  judged = await judgedPhotos(
    site,
    names.map((name, index) => ({ title: `作品${index}`, author: { name, phone: `1371111000${index}` } })),
  );
  resultId = await judged.lock();
  await site.organiser.put(`${notice}/settings`, { contact: '陈老师', phone: '0731-22880000' });
  await site.organiser.post(notice, {});
  await site.dataSource.query(
    `UPDATE accounts SET email = 'she@example.org', email_confirmed_at = now() WHERE name = '社工'`,
  );
});
afterAll(() => site.close());

const desk = async () => (await site.organiser.get(`${notice}/desk`)).body;
const publish = (body: object) => site.organiser.post(notice, body);
const numbers = async () => (await site.organiser.get(`/contests/${slug}/certificates`)).body.items;

describe('a work that is disqualified after the notice', () => {
  let before: Answer['body'][];

  it('gives its place to the next by the rules, and the notice no longer says the results', async () => {
    before = await numbers();
    const { status, body } = await site.organiser.post(`/results/${resultId}/promotion`, {
      disqualify: judged.works[0],
      reason: '经核查，作品不是作者本人拍摄。',
    });
    expect([status, body.code]).toEqual([200, undefined]);
    if (body.status !== 'locked') {
      expect((await site.organiser.post(`/results/${body.result}/lock`)).status).toBe(200);
    }
    expect(await desk()).toMatchObject({ outdated: true, holds: { code: 'PAYMENT.NOTICE_OUTDATED' } });
    // What was published stays what it was until the organiser publishes anew.
    expect((await visitor.get(notice)).body).toMatchObject({ version: 1, awards: 4 });
  });

  it('is told to its sender, with the reason and how to object; and so is whoever moves up, by e-mail too', async () => {
    const about = async (work: number, headers = {}) => {
      const path = `/messages?contest=${slug}&about=work/${judged.works[work]}`;
      const { items } = (await judged.entrant.get(path, headers)).body;
      return items.filter(({ kind }: Answer['body']) => kind.startsWith('RESULT.'));
    };
    const [out, ...others] = await about(0);
    expect([out.kind, out.title, others]).toEqual(['RESULT.DISQUALIFIED', '《作品0》被取消参赛资格', []]);
    for (const said of [
      '原来的奖项：特等奖',
      '经核查，作品不是作者本人拍摄。',
      '公示期内',
      '陈老师',
      '0731-22880000',
    ]) {
      expect(out.text).toContain(said);
    }
    const [english] = await about(0, { 'Accept-Language': 'en' });
    expect(english.text).toMatch(/^Your work “作品0” \(number \w+\) was disqualified .*To object: /s);
    const up = (await Promise.all([1, 2, 3].map((work) => about(work)))).flat();
    expect(up.map(({ kind, title }: Answer['body']) => [kind, title])).toEqual([
      ['RESULT.PRIZE_MORE', '《作品1》递补为特等奖'],
      ['RESULT.PRIZE_MORE', '《作品3》递补为一等奖'],
    ]);
    for (const { text } of up) expect(text).not.toContain('不是作者本人');
    const mails = await site.dataSource.query(`SELECT kind, about FROM mails ORDER BY created_at`);
    expect(mails).toHaveLength(1 + up.length);
    expect(mails).toContainEqual({ kind: 'RESULT.DISQUALIFIED', about: `work/${judged.works[0]}` });
  });

  it('is in the change list of a new version, which has a reason and a period of its own', async () => {
    expect((await publish({})).body.code).toBe('NOTICE.REASON_NEEDED');
    const { body } = await publish({ reason: '一件作品经核查不符合征稿要求，依次递补。' });
    expect(body).toMatchObject({ version: 2, state: 'open' });
    const [own, first] = body.versions;
    expect(own.reason).toBe('一件作品经核查不符合征稿要求，依次递补。');
    expect(first.changes).toEqual([]);
    const told = own.changes.map(({ kind, title, from, to }: Answer['body']) => [kind, title, from, to]);
    expect(told[0]).toEqual(['removed', '作品0', '特等奖', null]);
    expect(JSON.stringify(own.changes)).not.toContain('王晓明');
    expect(await desk()).toMatchObject({ outdated: false, holds: { code: 'PAYMENT.NOTICE_OPEN' } });
    expect(await site.broken()).toEqual([]);
  });

  it('can still be objected to by its number, though it stands on the notice no longer', async () => {
    const { ticket } = (await visitor.post(`/contests/${slug}/objections/ticket`)).body;
    await site.moveClock('11 seconds');
    const [{ number }] = await site.dataSource.query('SELECT number FROM submissions WHERE id = $1', [
      judged.works[0],
    ]);
    const form = new FormData();
    const fields = {
      ticket,
      name: '王晓明',
      phone: '13711110000',
      text: '作品是我本人拍的，有底片为证。',
      work: number,
    };
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    expect((await visitor.post(`/contests/${slug}/objections`, form)).status).toBe(201);
  });

  it('is told on paper, and the version before can still be had as it was', async () => {
    const now = (await wordsOf((await visitor.get(`${notice}.pdf`)).body)).join('');
    for (const said of ['第2版', '与上一版相比的改动', '改动原因', '作品0']) expect(now).toContain(said);
    const then = (await wordsOf((await visitor.get(`${notice}.pdf?version=1`)).body)).join('');
    expect(then).toContain('特等奖（1名）');
    expect(then).not.toContain('与上一版相比');
    expect((await visitor.get(`${notice}.pdf?version=0`)).status).toBe(422);
  });

  it('has a certificate that says it is void; whoever kept a prize keeps the number', async () => {
    const [gone] = before;
    expect((await visitor.get(`/certificates/${gone.number}`)).body.valid).toBe(false);
    const now = await numbers();
    const tiers = new Map(now.map(({ submission, tier }: Answer['body']) => [submission.id, tier]));
    for (const { submission, tier, number } of before.slice(1)) {
      const stays = tiers.get(submission.id) === tier;
      expect((await visitor.get(`/certificates/${number}`)).body.valid).toBe(stays);
      if (stays) expect(now.map((each: Answer['body']) => each.number)).toContain(number);
    }
    expect(await site.broken()).toEqual([]);
  });
});
