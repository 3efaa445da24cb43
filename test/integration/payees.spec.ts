import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { read as readWorkbook, utils } from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { paintScene } from '../../src/cli/demo/photos.js';
import { PayeeSweeper } from '../../src/winners/payee-sweeper.js';
import type { Answer, Client } from './support/client.js';
import { judgedPhotos, type Judged } from './support/locked.js';
import { slug, startSite, type Site } from './support/site.js';
import { until } from './support/works.js';

/** SECURITY “People”: identity numbers and accounts are sealed, masked, looked at on record, and purged by date. */
let site: Site;
let visitor: Client;
let judged: Judged;
/** As the first winner's camera made it; what was judged is a small copy of it. */
let whole: Buffer;
let small: Buffer;
const names = ['王晓明', '李娜', '欧阳修远', '赵六'];
const payees = `/contests/${slug}/payees`;

const told = {
  realName: '王晓明',
  idType: 'resident',
  idNumber: '11010519491231002x',
  bank: '中国银行株洲天元支行',
  account: '4111 1111 1111 1111',
  originalConfirmed: true,
  consent: true,
};
/** In no byte that leaves, and in no text of the database. */
const secrets = ['11010519491231002X', '4111111111111111', '440524188001010014'];

beforeAll(async () => {
  site = await startSite();
  visitor = site.visitor();
  whole = await painted('bridge');
  small = await sharp(whole).resize(600).jpeg({ quality: 70 }).toBuffer();
  judged = await judgedPhotos(
    site,
    names.map((name, index) => ({
      ...{ title: `作品${index}`, author: { name, phone: `1371111000${index}` } },
      ...(index === 0 && { files: [{ content: small, name: '微信图片.jpg' }] }),
    })),
  );
  await judged.lock();
});
afterAll(() => site.close());

async function painted(scene: 'bridge' | 'lotus'): Promise<Buffer> {
  const [width, height] = [1200, 900];
  const data = await paintScene({ seed: scene, scene, light: 'dawnMist' }, width, height);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}

const list = async () => (await site.organiser.get(payees)).body;
const issue = (work: string, by = site.organiser) => by.post(`${payees}/${work}/link`);
const tokenOf = ({ body }: Answer) => new URL(body.link).pathname.replace('/payee/', '');
const look = (token: string) => visitor.get(`/payee-links/${token}`);
const fill = (token: string, changes: object = {}) =>
  visitor.post(`/payee-links/${token}`, { ...told, ...changes });
const accounting = (query = '') => site.organiser.get(`/contests/${slug}/exports/accounting.xlsx${query}`);
const rowsOf = (file: Buffer, sheet = 0) => {
  const book = readWorkbook(file);
  return utils.sheet_to_json<(string | number)[]>(book.Sheets[book.SheetNames[sheet]], {
    header: 1,
    defval: '',
  });
};

describe('a link for a winner', () => {
  it('waits for the notice, its period, and answers', async () => {
    expect((await issue(judged.works[0])).body.code).toBe('PAYMENT.NOTICE_MISSING');
    expect((await accounting()).body.code).toBe('PAYMENT.NOTICE_MISSING');
    const settings = { contact: '陈老师', phone: '0731-22880000' };
    await site.organiser.put(`/contests/${slug}/notice/settings`, settings);
    expect((await site.organiser.post(`/contests/${slug}/notice`, {})).status).toBe(200);
    expect((await issue(judged.works[0])).body.code).toBe('PAYMENT.NOTICE_OPEN');
    await site.dataSource.query(`UPDATE sessions SET expires_at = '2100-01-01'`);
    await site.moveClock('20 days');
    expect((await list()).holds).toBeNull();
  });

  it('says which prize it is for, and names nobody in full', async () => {
    const token = tokenOf(await issue(judged.works[0]));
    const { status, body } = await look(token);
    expect([status, body.tier, body.author, body.amountFen, body.tax]).toEqual([
      200,
      '特等奖',
      '王*明',
      200_000,
      null,
    ]);
    expect(JSON.stringify(body)).not.toMatch(/王晓明|1371111/);
    expect((await issue(judged.works[0], judged.entrant)).status).toBe(403);
    expect((await issue('00000000-0000-4000-8000-000000000000')).status).toBe(404);
  });

  it('is dead once another was issued, or it was taken back, or its days are over', async () => {
    const first = tokenOf(await issue(judged.works[0]));
    const second = tokenOf(await issue(judged.works[0]));
    expect([(await look(first)).status, (await look(second)).status]).toEqual([404, 200]);
    await site.organiser.delete(`${payees}/${judged.works[0]}/link`);
    expect((await look(second)).status).toBe(404);
    const third = tokenOf(await issue(judged.works[0]));
    await site.moveClock('35 days');
    expect((await look(third)).status).toBe(404);
    expect((await list()).items[0].state).toBe('expired');
    await site.moveClock('20 days');
    // A guess that was counted in the future makes everybody wait until then.
    await site.dataSource.query('DELETE FROM sign_in_failures');
  });

  it('refuses a wrong number and says which; doubts an account, and takes it where it is confirmed', async () => {
    const token = tokenOf(await issue(judged.works[0]));
    const wrong = await fill(token, { idNumber: '110105194912310021' });
    expect([wrong.status, wrong.body.code, wrong.body.errors[0].path]).toEqual([
      422,
      'PAYEE.ID_WRONG',
      'idNumber',
    ]);
    expect((await fill(token, { account: '4111111111111112' })).body.code).toBe('PAYEE.ACCOUNT_DOUBTFUL');
    for (const lacking of [
      { consent: false },
      { originalConfirmed: false },
      { account: 'abc' },
      { realName: '' },
    ]) {
      expect((await fill(token, lacking)).status).toBe(422);
    }
    expect((await fill(token, { account: '4111111111111112', accountConfirmed: true })).status).toBe(204);
  });

  it('is used up by that, however often it is sent', async () => {
    const token = tokenOf(await issue(judged.works[0]));
    const answers = await Promise.all(Array.from({ length: 5 }, () => fill(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404, 404]);
  });

  it('that is none makes whoever tries many wait', async () => {
    for (let index = 0; index < 52; index++) await look(`none-${index}`);
    expect((await look('none')).status).toBe(429);
    await site.dataSource.query('DELETE FROM sign_in_failures');
  });
});

describe('a better original', () => {
  let token: string;
  const handIn = (content: Buffer, position = 0) => {
    const form = new FormData();
    form.append('files', new Blob([new Uint8Array(content)]), '原图.jpg');
    return visitor.post(`/payee-links/${token}/originals/${position}`, form);
  };
  /** What it turns out to be. */
  const given = async (content: Buffer) => {
    expect((await handIn(content)).status).toBe(200);
    const { body } = await until(
      () => look(token),
      (answer) => answer.body.files[0].better.state !== 'pending',
    );
    return body.files[0].better;
  };
  const archived = async () => {
    const { headers, body } = await site.organiser.get(`/contests/${slug}/exports/originals.zip`);
    expect(Number(headers.get('content-length'))).toBe(body.length);
    const [name, bytes] = Object.entries(unzipSync(body)).find(([path]) => path.includes('作品0'))!;
    return { name, bytes: Buffer.from(bytes) };
  };

  beforeAll(async () => {
    token = tokenOf(await issue(judged.works[0]));
  });

  it('is told apart from one that is smaller, the same, or no picture, and from another work’s', async () => {
    expect((await given(await sharp(whole).resize(400).jpeg().toBuffer())).state).toBe('smaller');
    expect((await given(small)).state).toBe('equal');
    expect((await handIn(Buffer.from('<html></html>'))).status).toBe(415);
    expect((await handIn(whole, 7)).body.code).toBe('PAYEE.NO_SUCH_PHOTO');
    expect((await archived()).bytes.equals(small)).toBe(true);
  });

  it('of something else is kept and flagged, and the archive goes on with what was judged', async () => {
    expect((await given(await painted('lotus'))).state).toBe('different');
    const [{ originals }] = (await list()).items;
    expect(originals).toMatchObject([
      { position: 0, state: 'different', width: 1200, judged: { width: 600 } },
    ]);
    expect((await archived()).bytes.equals(small)).toBe(true);
  });

  it('is in the archive under the same name, beside the judged one, which stays', async () => {
    const before = await archived();
    expect(await given(whole)).toMatchObject({ state: 'better', width: 1200, height: 900 });
    const after = await archived();
    expect([after.name, after.bytes.equals(whole)]).toEqual([before.name, true]);
    const [{ originals }] = (await list()).items;
    // Links of files live by the days of the process, which this suite's database is far ahead of.
    await site.moveClock('0 days');
    const file = await site.visitorAs(site.organiser).get(originals[0].links.original);
    await site.moveClock('20 days');
    expect([file.status, whole.equals(file.body)]).toEqual([200, true]);
    // What was given before it is gone; what was judged is as it was.
    const rows = await site.dataSource.query(
      `SELECT live, bytes::int FROM media WHERE submission_id = $1 ORDER BY live`,
      [judged.works[0]],
    );
    expect(rows).toEqual([
      { live: false, bytes: whole.length },
      { live: true, bytes: small.length },
    ]);
    expect(await site.broken()).toEqual([]);
  });

  it('is taken as long as the link is good', async () => {
    expect((await fill(token)).status).toBe(204);
    expect((await handIn(whole)).status).toBe(404);
    await site.dataSource.query('DELETE FROM sign_in_failures');
  });
});

describe('what a winner told', () => {
  it('is in the database only sealed', async () => {
    const tables = await site.dataSource.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const rows = JSON.stringify(await site.dataSource.query(`SELECT t::text FROM "${name}" t`));
      expect([name, secrets.filter((secret) => rows.includes(secret))]).toEqual([name, []]);
    }
  });

  it('is masked on the desk; in full only when asked for, which is on record', async () => {
    const { items } = await list();
    expect(items[0]).toMatchObject({
      state: 'filled',
      nameDiffers: false,
      told: { realName: '王*明', idNumber: '110***********002X', account: '**** 1111' },
    });
    expect(secrets.some((secret) => JSON.stringify(items).includes(secret))).toBe(false);
    const unmask = (work: string, by = site.organiser) => by.post(`${payees}/${work}/unmasking`);
    expect((await unmask(judged.works[0], judged.entrant)).status).toBe(403);
    expect((await unmask(judged.works[1])).status).toBe(404);
    const { body } = await unmask(judged.works[0]);
    expect(body).toMatchObject({ idNumber: '11010519491231002X', account: '4111111111111111' });
    const logged = await site.dataSource.query(
      `SELECT facts FROM audit_entries WHERE action = 'payee.unmasked'`,
    );
    expect(logged).toHaveLength(1);
  });

  it('tells one person with two prizes, and one account of two', async () => {
    await fill(tokenOf(await issue(judged.works[1])), { realName: '李娜', account: '79927398713' });
    await fill(tokenOf(await issue(judged.works[2])), { realName: '欧阳', idNumber: '440524188001010014' });
    const { items } = await list();
    const flags = items.map(({ samePerson, sameAccount, nameDiffers }: Answer['body']) => [
      samePerson,
      sameAccount,
      nameDiffers,
    ]);
    const [a, b, c] = items.map(({ submission }: Answer['body']) => submission.number);
    expect(flags).toEqual([
      [[b], [c], false],
      [[a], [], false],
      [[], [a], true],
      [[], [], false],
    ]);
  });
});

describe('who takes all their own data away', () => {
  const taken = async () => unzipSync((await judged.entrant.get('/account/data')).body);
  const payeesIn = async () => JSON.parse(strFromU8((await taken())['data.json'])).payees;

  it('has the better original of a work that they sent, for what it is', async () => {
    const archive = await taken();
    const { works } = JSON.parse(strFromU8(archive['data.json']));
    const { files } = works.find(({ title }: Answer['body']) => title === '作品0');
    const given = files.find(({ betterThan }: Answer['body']) => betterThan);
    expect(given.path).toMatch(/^files\/A0001\/better\/\w{8}-原图\.jpg$/);
    expect(Buffer.from(archive[given.path]).equals(whole)).toBe(true);
  });

  it('has nothing of what other authors told, whose works they sent', async () => {
    expect(await payeesIn()).toEqual([]);
    expect((await judged.entrant.get('/account/deletion')).body.deleted.told).toBe(0);
  });

  it('has what they told as a winner, numbers masked, with consent and dates', async () => {
    // As if the first author had sent their own work.
    await site.dataSource.query(
      `UPDATE accounts SET name = '王晓明', phone = '13711110000' WHERE phone = '13800000001'`,
    );
    const own = await payeesIn();
    expect(own).toMatchObject([
      {
        ...{ contest: { slug }, work: { title: '作品0' }, tier: '特等奖' },
        told: { realName: '王晓明', idNumber: '110***********002X', bank: told.bank, account: '**** 1111' },
        ...{ consentedAt: own[0].filledAt, originalConfirmedAt: own[0].filledAt, purgedAt: null },
      },
    ]);
    expect(Date.parse(own[0].purgeAt) - Date.parse(own[0].filledAt)).toBeCloseTo(180 * 24 * 3600_000, -3);
    expect(secrets.some((secret) => JSON.stringify(own).includes(secret))).toBe(false);
    expect((await judged.entrant.get('/account/deletion')).body.deleted.told).toBe(1);
  });
});

describe('the accounting list', () => {
  const settle = async (rule: string) => {
    const { tiers } = await list();
    const taxes = Object.fromEntries(tiers.map(({ id }: Answer['body']) => [id, rule]));
    return site.organiser.put(`/contests/${slug}/payment-settings`, { taxes, purgeDays: 180 });
  };

  it('waits until the organiser has chosen how each prize is taxed', async () => {
    expect((await accounting()).body).toMatchObject({ code: 'PAYMENT.TAX_UNSET' });
    const strange = { taxes: { '00000000-0000-4000-8000-000000000000': 'none' }, purgeDays: 180 };
    expect((await site.organiser.put(`/contests/${slug}/payment-settings`, strange)).status).toBe(422);
    expect((await settle('incidental')).status).toBe(200);
  });

  it('adds up: gross is tax and net, and paid and vacant are the budget, to the fen', async () => {
    const { totals, items } = await list();
    expect(totals).toEqual({
      budgetFen: 21_100_00,
      payableFen: 2000_00 + 2 * 1000_00 + 600_00,
      vacantFen: 21_100_00 - 4600_00,
      taxFen: 920_00,
      netFen: 3680_00,
    });
    const sum = items.reduce((all: number, { amountFen }: Answer['body']) => all + amountFen, 0);
    expect(sum).toBe(totals.payableFen);
  });

  it('opens in another program, in both languages, numbers masked unless asked for, which is on record', async () => {
    const answer = await accounting();
    expect(answer.status).toBe(200);
    const rows = rowsOf(answer.body);
    expect(rows[1].slice(0, 6)).toEqual(['序号', '类别', '奖项', '作品编号', '作品', '领奖人']);
    expect(rows[2].slice(10, 14)).toEqual([2000, '偶然所得', 400, 1600]);
    expect(rows.at(-1)!.slice(10, 14)).toEqual([4600, '', 920, 3680]);
    expect(rows[2][7]).toBe('110***********002X');
    expect(rows[2][15]).toContain('同一人');
    expect(rows[5][15]).toBe('未填写领奖信息');
    const budget = rowsOf(answer.body, 1).at(-1)!;
    expect([budget[4], budget[6], budget[8]]).toEqual([21_100, 4600, 16_500]);
    const full = rowsOf((await accounting('?numbers=full&language=en')).body);
    expect([full[1][5], full[2][7], full[2][9]]).toEqual(['Payee', '11010519491231002X', '4111111111111111']);
    const logged = await site.dataSource.query(
      `SELECT facts FROM audit_entries WHERE action = 'payees.exported_unmasked'`,
    );
    expect(logged).toHaveLength(1);
    expect(await site.broken()).toEqual([]);
  });

  it('is for organisers only', async () => {
    expect((await judged.entrant.get(`/contests/${slug}/exports/accounting.xlsx`)).status).toBe(403);
    expect((await visitor.get(payees)).status).toBe(401);
  });
});

describe('once its time is over', () => {
  it('what winners told is purged, and only that', async () => {
    const sweeper = site.app.get(PayeeSweeper);
    expect(await sweeper.sweep()).toBe(0);
    await site.moveClock('201 days');
    expect(await site.broken()).toEqual([
      'nothing that a winner told stays longer than a day beyond its date',
    ]);
    expect(await sweeper.sweep()).toBe(3);
    expect(await site.broken()).toEqual([]);
    const { items } = await list();
    expect(items.map(({ state, told: kept }: Answer['body']) => [state, kept])).toEqual([
      ['purged', null],
      ['purged', null],
      ['purged', null],
      ['none', null],
    ]);
    expect((await site.organiser.post(`${payees}/${judged.works[0]}/unmasking`)).status).toBe(410);
    expect((await issue(judged.works[0])).status).toBe(201);
  });
});
