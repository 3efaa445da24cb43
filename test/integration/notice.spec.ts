import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ObjectionSweeper } from '../../src/results/notice/objection-sweeper.js';
import type { Answer, Client } from './support/client.js';
import { judgedPhotos, wordsOf, type Judged } from './support/locked.js';
import { slug, startSite, type Site } from './support/site.js';
import { photo } from './support/works.js';

/** SECURITY “People”, “Scores and results”: what is published names nobody in full, and stays as it was published. */
let site: Site;
let visitor: Client;
let judged: Judged;
const names = ['王晓明', '李娜', '欧阳修远'];
const notice = `/contests/${slug}/notice`;
const objections = `/contests/${slug}/objections`;

beforeAll(async () => {
  // Behind one proxy, so that addresses can be told apart.
  site = await startSite({ env: { TRUST_PROXY: '1' } });
  visitor = site.visitor();
  judged = await judgedPhotos(
    site,
    names.map((name, index) => ({
      title: `作品${index}`,
      author: { name, phone: `1371111000${index}` },
    })),
  );
  // Saturday, 28 November 2026, noon in Shanghai: sessions that began at another time go on.
  await clockAt('2026-11-28T04:00:00Z');
  await site.dataSource.query(`UPDATE sessions SET expires_at = '2100-01-01'`);
});
afterAll(() => site.close());

async function clockAt(instant: string): Promise<void> {
  await site.moveClock(`${Date.parse(instant) - Date.now()} milliseconds`);
}

const settings = {
  issuer: '天元区文联',
  contact: '陈老师',
  phone: '0731-22880000',
  email: '',
  workingDays: 5,
  daysOff: ['2026-12-02', '2026-10-01'],
  extraWorkDays: ['2026-12-05'],
};
const publish = (body: object = {}, by = site.organiser) => by.post(notice, body);
const desk = async () => (await site.organiser.get(`${notice}/desk`)).body;
const ticket = async () => (await visitor.post(`${objections}/ticket`)).body;

describe('before anything is published', () => {
  it('there is no notice, and there is none without a locked result', async () => {
    expect((await visitor.get(notice)).body.code).toBe('NOTICE.NONE');
    expect((await visitor.get(`${notice}.pdf`)).body.code).toBe('NOTICE.NONE');
    expect((await visitor.post(`${objections}/ticket`)).body.code).toBe('NOTICE.NONE');
    expect((await publish()).body.code).toBe('RESULT.NOT_LOCKED');
    await judged.lock();
    expect((await desk()).holds.code).toBe('PAYMENT.NOTICE_MISSING');
  });

  it('it says whom to complain to first', async () => {
    expect((await publish()).body.code).toBe('NOTICE.CONTACT_MISSING');
    expect((await site.organiser.get(`${notice}/settings`)).body).toMatchObject({
      workingDays: 5,
      daysOff: [],
    });
    for (const wrong of [{ daysOff: ['2026-13-01'] }, { workingDays: 0 }, { email: 'x' }]) {
      expect((await site.organiser.put(`${notice}/settings`, { ...settings, ...wrong })).status).toBe(422);
    }
    expect((await site.organiser.put(`${notice}/settings`, settings)).status).toBe(200);
    expect((await site.organiser.get(`${notice}/settings`)).body).toEqual({
      ...settings,
      daysOff: ['2026-10-01', '2026-12-02'],
    });
  });
});

describe('the notice', () => {
  it('is shown before it is published, and nothing of that is kept', async () => {
    const { body } = await publish({ dry: true });
    expect(body).toMatchObject({ version: 1, awards: 3, auditHead: '' });
    expect((await visitor.get(notice)).status).toBe(404);
  });

  it('counts working days in the contest’s calendar, from the day after', async () => {
    const { body } = await publish();
    // Sat 28 published; Mon 30, Tue 1, (Wed 2 off), Thu 3, Fri 4, Sat 5 worked.
    expect(body).toMatchObject({
      version: 1,
      state: 'open',
      publishedOn: '2026-11-28',
      lastDay: '2026-12-05',
      closesAt: '2026-12-05T16:00:00.000Z',
      daysLeft: 5,
      calendarKnown: true,
      issuer: '天元区文联',
      phone: '0731-22880000',
    });
    expect((await publish()).body.code).toBe('NOTICE.UNCHANGED');
  });

  it('names winners masked, by category and prize, with what it can be checked against', async () => {
    const { body } = await visitor.get(notice);
    const [category] = body.categories;
    expect(
      category.tiers.map((tier: Answer['body']) => [
        tier.name,
        tier.awards.map(({ name }: Answer['body']) => name),
      ]),
    ).toEqual([
      ['特等奖', ['王*明']],
      ['一等奖', ['李*', '欧**远']],
    ]);
    const [result] = await site.dataSource.query(`SELECT hash FROM results WHERE status = 'locked'`);
    expect(category.hash).toBe(result.hash);
    const [entry] = await site.dataSource.query(
      `SELECT hash FROM audit_entries WHERE action = 'notice.published'`,
    );
    expect(body.auditHead).toBe(entry.hash);
    const text = JSON.stringify(body);
    for (const secret of [...names, '1371111', ...judged.works]) expect(text).not.toContain(secret);
  });

  it('is on paper what it is on the page, in both languages', async () => {
    const { headers, body } = await visitor.get(`${notice}.pdf`);
    expect(headers.get('content-type')).toBe('application/pdf');
    const text = (await wordsOf(body)).join('');
    const { auditHead, categories } = (await visitor.get(notice)).body;
    for (const said of [
      '获奖作品公示',
      '共评出获奖作品三件',
      '2026年11月28日至2026年12月5日',
      '特等奖（1名）',
      '王*明',
      '0731-22880000',
      '天元区文联',
      auditHead,
      categories[0].hash,
    ]) {
      expect(text).toContain(said);
    }
    expect(text).not.toContain('王晓明');
    const english = await visitor.get(`${notice}.pdf?language=en`);
    expect((await wordsOf(english.body)).join('')).toContain('Publicnotice');
    expect((await visitor.get(`${notice}.pdf?language=fr`)).status).toBe(422);
  });

  it('is never changed by anybody', async () => {
    await expect(site.dataSource.query(`UPDATE notices SET last_day = '2027-01-01'`)).rejects.toThrow();
    await expect(site.dataSource.query('DELETE FROM notices')).rejects.toThrow();
    expect(await site.broken()).toEqual([]);
  });
});

interface Given {
  ticket?: string;
  name?: string;
  phone?: string;
  text?: string;
  work?: string;
  files?: { content: Buffer; name: string }[];
}

function form({ files = [], ...fields }: Given): FormData {
  const made = new FormData();
  const given = {
    name: '赵六',
    phone: '13633330001',
    text: '一等奖作品与去年的一件作品相同，请核查。',
    ...fields,
  };
  for (const [name, value] of Object.entries(given)) if (value !== undefined) made.append(name, value);
  for (const { content, name } of files) made.append('files', new Blob([new Uint8Array(content)]), name);
  return made;
}

const object = (given: Given, address = '203.0.113.7', by = visitor) =>
  by.post(objections, form(given), { 'x-forwarded-for': address });

/** A ticket that somebody has written by for long enough. */
async function ripeTicket(at = '2026-11-30T02:00:00Z'): Promise<string> {
  await clockAt(new Date(Date.parse(at) - 20_000).toISOString());
  const { ticket: given } = await ticket();
  await clockAt(at);
  return given;
}

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const keptFiles = () => {
  const folder = join(site.storageDir, 'objections');
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .length;
  } catch {
    return 0;
  }
};

describe('an objection', () => {
  let token: string;

  it('waits for some seconds, and each ticket is good once', async () => {
    const { ticket: fresh, waitSeconds } = await ticket();
    expect(waitSeconds).toBe(10);
    expect(await object({ ticket: fresh })).toMatchObject({ status: 429, body: { code: 'NOTICE.TOO_FAST' } });
    const ripe = await ripeTicket();
    const answers = await Promise.all(Array.from({ length: 5 }, () => object({ ticket: ripe })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect((await object({ ticket: 'made.up.by.me' })).body.code).toBe('NOTICE.TICKET_STALE');
    token = answers.find(({ status }) => status === 201)!.body.token;
  });

  it('comes with pictures and papers of what they are, not of what they are called', async () => {
    const files = [
      { content: await photo(), name: '证据 1.jpg' },
      { content: pdf, name: '../../etc/passwd' },
    ];
    const given = { ticket: await ripeTicket(), work: 'a0001', files };
    const answer = await object(given, '203.0.113.7', judged.entrant);
    expect([answer.status, answer.body.number]).toEqual([201, 2]);
    const before = keptFiles();
    for (const [content, name] of [
      [Buffer.from('<html><script>alert(1)</script>'), 'x.jpg'],
      [Buffer.from('MZ\u0090\u0000'), 'x.pdf'],
    ] as const) {
      const refused = await object({ ticket: await ripeTicket(), files: [{ content, name }] });
      expect(refused).toMatchObject({ status: 415, body: { code: 'NOTICE.FILE_TYPE' } });
    }
    const four = Array.from({ length: 4 }, () => ({ content: pdf, name: 'a.pdf' }));
    expect((await object({ ticket: await ripeTicket(), files: four })).status).toBe(413);
    const large = [{ content: Buffer.concat([pdf, Buffer.alloc(10_000_001)]), name: 'a.pdf' }];
    expect((await object({ ticket: await ripeTicket(), files: large })).status).toBe(413);
    expect(keptFiles()).toBe(before);
    expect(readdirSync(join(site.storageDir, 'incoming'))).toEqual([]);
  });

  it.each([
    ['no name', { name: '' }, 'name'],
    ['no telephone', { phone: 'x' }, 'phone'],
    ['too few words', { text: '不服' }, 'text'],
  ])('with %s is told so beside the field', async (_what, given, field) => {
    const { status, body } = await object({ ticket: await ripeTicket(), ...given });
    expect([status, body.errors?.[0]?.path]).toEqual([422, field]);
  });

  it('to a work that is not on the notice is refused, whatever other works there are', async () => {
    const { body } = await object({ ticket: await ripeTicket(), work: 'A9999' });
    expect(body.code).toBe('NOTICE.UNKNOWN_WORK');
  });

  it('is read by organisers only; its files are saved, never shown', async () => {
    expect((await visitor.get(objections)).status).toBe(401);
    expect((await judged.entrant.get(objections)).status).toBe(403);
    const { body } = await site.organiser.get(objections);
    expect(body.items.map(({ number }: Answer['body']) => number)).toEqual([2, 1]);
    const [second] = body.items;
    expect(second).toMatchObject({ name: '赵六', work: { title: '作品0' }, answeredAt: null });
    expect(second.files.map(({ name }: Answer['body']) => name)).toEqual(['证据 1.jpg', 'passwd']);
    const link = second.files[0].link.replace('/api', '');
    const file = await site.organiser.get(link);
    expect([
      file.status,
      file.headers.get('content-type'),
      file.headers.get('content-security-policy'),
      file.headers.get('content-disposition')?.startsWith('attachment'),
    ]).toEqual([200, 'application/octet-stream', 'sandbox', true]);
    expect((await judged.entrant.get(link)).status).toBe(403);
    expect((await visitor.get(link)).status).toBe(401);
    const told = (await site.organiser.get('/messages')).body.items.map(({ title }: Answer['body']) => title);
    expect(told.filter((title: string) => title.includes('异议'))).toHaveLength(2);
  });

  it('is answered; its writer finds the answer, and everybody does where the organiser publishes it', async () => {
    const { items } = (await site.organiser.get(objections)).body;
    const [second, first] = items;
    const answer = (id: string, words: string, shown: boolean, by = site.organiser) =>
      by.post(`/objections/${id}/answer`, { answer: words, public: shown });
    expect((await answer(first.id, '经查不属实。', false, judged.entrant)).status).toBe(403);
    expect((await visitor.get(`/objections/${token}`)).body).toMatchObject({ number: 1, answer: null });
    expect((await answer(first.id, '经查，两件作品不同。', false)).status).toBe(204);
    expect((await visitor.get(`/objections/${token}`)).body.answer).toBe('经查，两件作品不同。');
    // 180 days after the answer.
    const { answeredAt, purgeAt } = (await visitor.get(`/objections/${token}`)).body;
    expect(Date.parse(purgeAt) - Date.parse(answeredAt)).toBeCloseTo(180 * 24 * 3600_000, -3);
    expect((await visitor.get('/objections/none')).status).toBe(404);
    expect((await answer(second.id, '已核对原图，符合征稿要求。', true)).status).toBe(204);
    expect((await visitor.get(notice)).body.objections).toEqual({
      received: 2,
      answered: 2,
      public: [{ number: 2, answer: '已核对原图，符合征稿要求。', answeredAt: expect.any(String) }],
    });
    expect(JSON.stringify((await visitor.get(notice)).body)).not.toContain('赵六');
  });

  it('is among the data of whoever wrote it signed in, and of nobody who only gives the same name and number', async () => {
    const taken = async (client: Client) => unzipSync((await client.get('/account/data')).body);
    const archive = await taken(judged.entrant);
    const { objections: own } = JSON.parse(strFromU8(archive['data.json']));
    expect(own).toMatchObject([
      {
        number: 2,
        name: '赵六',
        phone: '13633330001',
        work: { title: '作品0' },
        answer: '已核对原图，符合征稿要求。',
      },
    ]);
    expect(Buffer.from(archive[own[0].files[1].path]).equals(pdf)).toBe(true);
    const namesake = await site.entrant('赵六', '13633330001');
    await site.dataSource.query(`UPDATE sessions SET expires_at = '2100-01-01'`);
    expect(JSON.parse(strFromU8((await taken(namesake))['data.json'])).objections).toEqual([]);
  });

  it('comes so often from one address in a day, and others are not kept out by that', async () => {
    for (let sent = 0; sent < 20; sent++) {
      const { status } = await object({ ticket: await ripeTicket() }, '203.0.113.99');
      expect(status).toBe(201);
    }
    expect((await object({ ticket: await ripeTicket() }, '203.0.113.99')).body.code).toBe(
      'NOTICE.TOO_MANY_OBJECTIONS',
    );
    expect((await object({ ticket: await ripeTicket() }, '203.0.113.98')).status).toBe(201);
    const text = JSON.stringify(await site.dataSource.query('SELECT address_hash FROM objections'));
    expect(text).not.toContain('203.0.113');
  });

  it('leaves no file of one that came to nothing, and forgets from where it came', async () => {
    await site.dataSource.query(
      `INSERT INTO objection_files (objection_id, position, name, mime, bytes, created_at)
       VALUES (gen_random_uuid(), 0, 'x', 'application/pdf', 1, dingge_now() - interval '2 days')`,
    );
    await clockAt('2026-12-02T04:00:00Z');
    expect(await site.app.get(ObjectionSweeper).sweep()).toBe(1);
    const [{ kept }] = await site.dataSource.query('SELECT count(address_hash)::int AS kept FROM objections');
    expect(kept).toBe(0);
    expect(await site.broken()).toEqual([]);
  });
});

describe('when its period is over', () => {
  it('payments still wait for answers, and for nothing once all are given', async () => {
    expect((await desk()).holds.code).toBe('PAYMENT.NOTICE_OPEN');
    const late = await ripeTicket('2026-12-05T15:59:50Z');
    await clockAt('2026-12-05T16:00:00Z');
    expect((await visitor.get(notice)).body).toMatchObject({ state: 'closed', daysLeft: 0 });
    expect((await object({ ticket: late })).body.code).toBe('NOTICE.CLOSED');
    expect((await desk()).holds.code).toBe('PAYMENT.OBJECTIONS_OPEN');
    for (const { id, answeredAt } of (await site.organiser.get(objections)).body.items) {
      if (answeredAt) continue;
      await site.organiser.post(`/objections/${id}/answer`, { answer: '已核查。', public: false });
    }
    expect((await desk()).holds).toBeNull();
  });
});

describe('when an objection has been answered for half a year', () => {
  const rows = () => site.dataSource.query(`SELECT * FROM objections ORDER BY number`);

  it('it stayed so long, though its writer gave the account up', async () => {
    const { body } = await judged.entrant.get('/account/deletion');
    expect(body).toMatchObject({ objections: 1, deleted: { told: 0 } });
    await judged.entrant.post('/account/deletion', { password: 'password of theirs' });
    const [, second] = await rows();
    expect(second).toMatchObject({ name: '赵六', account_id: null, purged_at: null });
    await clockAt('2027-05-20T16:00:00Z');
    await site.app.get(ObjectionSweeper).sweep();
    expect((await rows()).filter(({ name }: Answer['body']) => name === '')).toEqual([]);
  });

  it('what it told goes, with its files; that it came, and what was answered in public, stays', async () => {
    await clockAt('2027-06-06T16:00:00Z');
    expect(await site.broken()).toEqual([
      'nothing that somebody told in an objection stays longer than a day beyond its date',
    ]);
    const before = keptFiles();
    expect(await site.app.get(ObjectionSweeper).sweep()).toBe(before);
    expect([before, keptFiles()]).toEqual([2, 0]);
    const left = JSON.stringify([await rows(), await site.dataSource.query('SELECT text FROM audit_texts')]);
    for (const told of ['赵六', '13633330001', '与去年的一件作品相同', '经查，两件作品不同。']) {
      expect(left).not.toContain(told);
    }
    const { items } = (await site.organiser.get(objections)).body;
    expect(items.find(({ number }: Answer['body']) => number === 2)).toMatchObject({
      ...{ purged: true, name: '', files: [], work: { title: '作品0' } },
      answer: '已核对原图，符合征稿要求。',
    });
    const again = { answer: '再答复一次。', public: false };
    expect((await site.organiser.post(`/objections/${items[0].id}/answer`, again)).status).toBe(410);
    expect((await visitor.get(notice)).body.objections.public).toHaveLength(1);
    expect(await site.broken()).toEqual([]);
  });
});
