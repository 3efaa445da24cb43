import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { Answer } from './support/client.js';
import { judgedPhotos, wordsOf, type Judged } from './support/locked.js';
import { slug, startSite, type Site } from './support/site.js';

let site: Site;
let judged: Judged;
const names = ['王晓明', '𱍐三', '李娜'];
const path = `/contests/${slug}/exports`;

beforeAll(async () => {
  site = await startSite();
  judged = await judgedPhotos(
    site,
    names.map((name, index) => ({
      title: ['晨雾中的黄山', '归途', '江南水乡'][index],
      author: { name, phone: `1371111000${index}` },
    })),
  );
});
afterAll(() => site.close());

const list = async () => (await site.organiser.get(`/contests/${slug}/certificates`)).body.items;
const check = (number: string) => site.visitor().get(`/certificates/${number}`);

describe('certificates', () => {
  it('are there once a result is locked', async () => {
    expect((await site.organiser.get(`/contests/${slug}/certificates`)).body.code).toBe('RESULT.NOT_LOCKED');
    expect((await site.organiser.get(`${path}/certificates.zip`)).body.code).toBe('RESULT.NOT_LOCKED');
    await judged.lock();
  });

  it('have numbers that stay, drawn once however many ask at the same time', async () => {
    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, list));
    expect(first.map(({ author }: Answer['body']) => author)).toEqual(names);
    for (const { number } of first) expect(number).toMatch(/^\d{4}-\d{4}-[2-9A-HJ-NP-Z]{4}$/);
    for (const other of others) expect(other).toEqual(first);
    const logged = await site.dataSource.query(
      `SELECT facts FROM audit_entries WHERE action = 'certificates.issued'`,
    );
    expect(logged).toHaveLength(1);
    expect(await site.broken()).toEqual([]);
  });

  it('name the letters that cannot be printed, before anything is', async () => {
    const all = await list();
    expect(all.map(({ lacking }: Answer['body']) => lacking)).toEqual([[], ['𱍐'], []]);
  });

  it('come one by one as a page that says who, what and which prize, with a code that leads to its number', async () => {
    const [{ number }] = await list();
    const { body, headers } = await site.organiser.get(`${path}/certificates/${number}.pdf`);
    expect(headers.get('content-type')).toBe('application/pdf');
    const pages = await wordsOf(body);
    expect(pages).toHaveLength(1);
    for (const said of ['荣誉证书', '王晓明', '晨雾中的黄山', '特等奖', number]) {
      expect(pages[0]).toContain(said);
    }
    const english = await site.organiser.get(`${path}/certificates/${number}.pdf?language=en`);
    expect((await wordsOf(english.body))[0]).toContain('CertificateofHonour');
    expect((await site.organiser.get(`${path}/certificates/none.pdf`)).status).toBe(404);
  });

  it('come all in one archive, each under the name of its winner', async () => {
    const { body, headers } = await site.organiser.get(`${path}/certificates.zip`);
    expect(headers.get('content-disposition')).toContain('certificates.zip');
    const files = unzipSync(new Uint8Array(body));
    expect(Object.keys(files)).toEqual(
      (await list()).map(
        ({ category, tier, submission, author, number }: Answer['body']) =>
          `${category}_${tier}_${submission.number}_${author}_${number}.pdf`,
      ),
    );
    for (const file of Object.values(files)) {
      expect(Buffer.from(file).subarray(0, 5).toString()).toBe('%PDF-');
    }
  });
});

describe('a number', () => {
  it('is checked by anybody: the name masked, the rest in full', async () => {
    const [{ number }] = await list();
    const { body } = await check(number.toLowerCase());
    expect(body).toMatchObject({
      number,
      valid: true,
      contest: '定格·幸福社区',
      name: '王*明',
      title: '晨雾中的黄山',
      category: '摄影作品',
      tier: '特等奖',
    });
    expect(JSON.stringify(body)).not.toContain('王晓明');
  });

  it('says so once its prize is another’s, and comes back with it', async () => {
    const [{ number, submission }] = await list();
    const [row] = await site.dataSource.query('SELECT * FROM awards WHERE submission_id = $1', [
      submission.id,
    ]);
    await site.dataSource.query('DELETE FROM awards WHERE submission_id = $1', [submission.id]);
    expect((await check(number)).body).toMatchObject({ number, valid: false });
    await site.dataSource.query(
      'INSERT INTO awards (result_id, submission_id, tier_id, position) VALUES ($1, $2, $3, $4)',
      [row.result_id, row.submission_id, row.tier_id, row.position],
    );
    expect((await check(number)).body.valid).toBe(true);
  });

  it('that is none leads nowhere, and whoever tries many has to wait', async () => {
    const [{ number }] = await list();
    for (let index = 0; index < 52; index++) await check(`2019-0001-AAA${index}`);
    expect((await check('2019-0001-ZZZZ')).status).toBe(429);
    expect((await check(number)).status).toBe(429);
    await site.dataSource.query('DELETE FROM sign_in_failures');
    expect((await check('x')).status).toBe(404);
    expect((await check(number)).status).toBe(200);
  });
});
