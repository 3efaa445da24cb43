import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { Answer, Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges } from './support/works.js';

let site: Site;
let entrant: Client;
let works: string[];
let round: Answer['body'];
let result: Answer['body'];

/** Eight works by seven authors; 甲 has two. Judge j gives work i: base[i] + j, so the order is that of base. */
const base = [90, 80, 70, 60, 50, 40, 30, 20];
const authors = ['甲', '甲', '=cmd()', '丁', '戊', '己', '庚', '辛'];

beforeAll(async () => {
  site = await startSite();
  entrant = await site.entrant('社工', '13800000001');
  works = await acceptedWorks(
    site.organiser,
    entrant,
    authors.map((name, index) => ({
      title: `${index}`,
      author: { name, phone: `1370000000${name === '甲' ? 0 : index}` },
    })),
  );
  const panel = await judges(site.organiser, 5);
  const { body } = await site.organiser.post(`/contests/${slug}/rounds`, {
    category: 'photo',
    name: '终评',
    kind: 'score',
    judges: panel.map(({ id }) => id),
    method: 'auto',
  });
  round = body;
  await site.organiser.post(`/rounds/${round.id}/open`);
  for (const [index, { client }] of panel.entries()) await markAll(client, index);
  await site.organiser.post(`/rounds/${round.id}/close`, {});
});
afterAll(() => site.close());

async function markAll(client: Client, judge: number): Promise<void> {
  const { body } = await client.get(`/rounds/${round.id}/tasks`);
  for (const { id, submission } of body.items) {
    const value = base[Number(submission.title)] + judge;
    const marks = { c1: value, c2: value, c3: value };
    const comment = submission.title === '0' && judge < 2 ? `评语${judge}` : '';
    await client.put(`/tasks/${id}/sheet`, { marks, comment, submitted: true });
  }
}

const dryRun = async () =>
  (await site.organiser.post(`/contests/${slug}/results`, { category: 'photo' })).body;

describe('a dry run', () => {
  it('ranks by the trimmed mean of five and shows the sum of each place', async () => {
    result = await dryRun();
    expect(result).toMatchObject({
      status: 'dry',
      method: { key: 'trimmed', trim: { highest: 1, lowest: 1 }, planned: 5, expected: 5, adjusted: false },
    });
    expect(result.method.words.how.zh).toContain('去掉 1 个最高分和 1 个最低分');
    expect(result.method.words.why.zh).toContain('不少于五位');
    expect(result.ranking.map((entry: Answer['body']) => entry.submission.title)).toEqual([...'01234567']);
    expect(result.ranking[0]).toMatchObject({ place: 1, score: '92.00', exact: '92/1', spread: '4.00' });
    expect(result.ranking[0].sum.map((line: Answer['body']) => [line.total, line.dropped])).toEqual([
      ['90.00', 'lowest'],
      ['91.00', null],
      ['92.00', null],
      ['93.00', null],
      ['94.00', 'highest'],
    ]);
  });

  it('allots by tier and quota, one prize a person', () => {
    const tier = (place: number) => {
      const id = result.ranking[place - 1].tier;
      return result.tiers.find((candidate: Answer['body']) => candidate.id === id)?.name ?? null;
    };
    expect([1, 2, 3, 4, 5].map(tier)).toEqual(['特等奖', null, '一等奖', '一等奖', '二等奖']);
    expect(result.ranking[1].skipped).toBe('PERSON_LIMIT');
    expect(result.totals).toEqual({
      awards: 7,
      amountYuan: 2000 + 2 * 1000 + 4 * 600,
      budgetAwards: 43,
      budgetYuan: 12400,
    });
  });

  it('is answered by pages', async () => {
    const page = async (query: string) => (await site.organiser.get(`/results/${result.id}?${query}`)).body;
    const first = await page('limit=3');
    expect([first.ranking.length, first.entries, first.next]).toEqual([3, 8, 3]);
    const last = await page('limit=5&after=3');
    expect([...first.ranking, ...last.ranking]).toEqual(result.ranking);
    expect(last.next).toBeNull();
    const awarded = await page('awarded=true&limit=3&after=1');
    expect(awarded.ranking.map(({ place }: Answer['body']) => place)).toEqual([3, 4, 5]);
  });

  it('is drawn by the seed that the log committed to, and the log as it stood before the round opened', async () => {
    const { body: contest } = await site.visitor().get(`/contests/${slug}`);
    const entries = await site.dataSource.query(
      `SELECT seq, action, hash, facts FROM audit_entries ORDER BY seq`,
    );
    expect(entries[0]).toMatchObject({
      action: 'contest.seed_committed',
      facts: { seedHash: contest.seedHash },
    });
    const opened = entries.findIndex(({ action }: Answer['body']) => action === 'round.opened');
    expect(result.auditHead).toBe(entries[opened - 1].hash);
  });

  it('gives the same, hash and all, when run again', async () => {
    expect((await dryRun()).hash).toBe(result.hash);
  });

  it('exports nothing that could be taken for a result', async () => {
    expect((await site.organiser.get(`/contests/${slug}/exports/winners.csv`)).body.code).toBe(
      'RESULT.NOT_LOCKED',
    );
  });
});

const commentsOn = (client: Client) => client.get(`/submissions/${works[0]}/comments`);

describe('locking', () => {
  it('judges’ words reach nobody before it', async () => {
    expect((await commentsOn(entrant)).body).toEqual({ items: [] });
  });

  it('refuses a run that is no longer what the data gives', async () => {
    const [{ id }] = await site.dataSource.query(`SELECT id FROM submissions WHERE title = '3'`);
    await site.dataSource.query(`UPDATE submissions SET status = 'disqualified' WHERE id = $1`, [id]);
    expect((await site.organiser.post(`/results/${result.id}/lock`)).body.code).toBe('RESULT.OUTDATED');
    const without = await dryRun();
    expect(without.ranking[3]).toMatchObject({ tier: null, skipped: 'DISQUALIFIED' });
    await site.dataSource.query(`UPDATE submissions SET status = 'accepted' WHERE id = $1`, [id]);
  });

  it('happens once, whoever presses how often', async () => {
    const other = await dryRun();
    const answers = await Promise.all(
      [result.id, other.id, result.id, other.id].map((id: string) =>
        site.organiser.post(`/results/${id}/lock`),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const { body } = await site.organiser.get(`/contests/${slug}/results`);
    expect(body.items.filter(({ status }: Answer['body']) => status === 'locked')).toHaveLength(1);
    expect(await site.broken()).toEqual([]);
    const { body: another } = await site.organiser.post(`/contests/${slug}/rounds`, {
      category: 'photo',
      name: '再来一轮',
      judges: round.judges.map(({ id }: Answer['body']) => id),
    });
    expect((await site.organiser.post(`/rounds/${another.id}/open`)).body.code).toBe('ROUND.DECIDED');
  });
});

describe('what judges wrote to the author', () => {
  it('reaches whoever sent the work, and nobody else; names nobody', async () => {
    const { body } = await commentsOn(entrant);
    expect(body.items.map(({ text }: Answer['body']) => text).sort()).toEqual(['评语0', '评语1']);
    expect(Object.keys(body.items[0]).sort()).toEqual(['round', 'text']);
    expect((await commentsOn(await site.entrant('路人', '13800000009'))).status).toBe(404);
    await site.dataSource.query('UPDATE rounds SET comments = false');
    expect((await commentsOn(entrant)).body).toEqual({ items: [] });
    await site.dataSource.query('UPDATE rounds SET comments = true');
  });
});

describe('the lists', () => {
  const download = (name: string) => site.organiser.get(`/contests/${slug}/exports/${name}`);

  it('winners.csv: UTF-8 with BOM, phones masked, formulas defused', async () => {
    const { body, headers } = await download('winners.csv');
    expect(headers.get('content-disposition')).toContain('winners.csv');
    expect(body.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines = body.toString().slice(1).trimEnd().split('\r\n');
    expect(lines).toHaveLength(8);
    expect(lines[1]).toMatch(/^1,摄影作品,特等奖,A\d{4},0,甲,137\*{4}0000,东湖社区,2000,92\.00$/);
    expect(lines[2]).toContain(",'=cmd(),");
  });

  it('full phones only when asked for, and that is logged', async () => {
    expect((await download('winners.csv')).body.toString()).not.toContain('13700000000');
    expect((await download('winners.csv?phones=full')).body.toString()).toContain('13700000000');
    const logged = await site.dataSource.query(
      `SELECT FROM audit_entries WHERE action = 'winners.phones_unmasked'`,
    );
    expect(logged).toHaveLength(1);
    // Many at once leave the chain whole: each entry is appended in a transaction of its own.
    await Promise.all(Array.from({ length: 20 }, () => download('winners.csv?phones=full')));
    expect(await site.broken()).toEqual([]);
  });

  it('winners.xlsx: every winner with a picture; scores.xlsx: every mark', async () => {
    const winners = unzipped((await download('winners.xlsx')).body);
    expect(winners.files.filter((name) => /^xl\/media\/.+\.(jpe?g|png)$/.test(name))).toHaveLength(7);
    expect(winners.text).toContain('特等奖');
    expect(winners.text).toContain(result.hash);
    expect(winners.text).not.toMatch(/<f>/);
    const scores = unzipped((await download('scores.xlsx')).body);
    expect(scores.sheet.match(/<row /g)).toHaveLength(1 + 8 * 5);
    expect(scores.text).toContain('评委5');
  });

  /** Names of the parts, the text of all XML and of the first sheet. */
  function unzipped(file: Buffer): { files: string[]; text: string; sheet: string } {
    const parts = Object.entries(unzipSync(new Uint8Array(file)));
    const text = (name: string, content: Uint8Array) => (name.endsWith('.xml') ? strFromU8(content) : '');
    return {
      files: parts.map(([name]) => name),
      text: parts.map(([name, content]) => text(name, content)).join('\n'),
      sheet: strFromU8(parts.find(([name]) => name === 'xl/worksheets/sheet1.xml')![1]),
    };
  }
});
