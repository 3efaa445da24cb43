import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client } from './support/client.js';
import { wordsOf } from './support/locked.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges } from './support/works.js';

let site: Site;
let result: Answer['body'];
let panel: Awaited<ReturnType<typeof judges>>;

/** By work, the marks of four judges; the third is harsh, and far too kind to work 5. */
const marks = [
  [95, 94, 86, 93],
  [90, 92, 81, 91],
  [88, 86, 79, 87],
  [83, 85, 74, 82],
  [80, 79, 71, 81],
  [40, 42, 61, 41],
];
/** Four more, about as good as each other. */
const middle = Array.from({ length: 4 }, (_, i) => [70 + (i % 3), 71 - (i % 2), 62 + (i % 4), 70 + (i % 2)]);

beforeAll(async () => {
  site = await startSite();
  const entrant = await site.entrant('社工', '13800000001');
  const all = [...marks, ...middle];
  await acceptedWorks(
    site.organiser,
    entrant,
    all.map((_, index) => ({
      title: `${index}`,
      author: { name: `作者${index}`, phone: String(13_700_000_000 + index) },
    })),
  );
  panel = await judges(site.organiser, 4);
  const { body: round } = await site.organiser.post(`/contests/${slug}/rounds`, {
    ...{ category: 'photo', name: '终评', kind: 'score', method: 'auto' },
    judges: panel.map(({ id }) => id),
  });
  await site.organiser.post(`/rounds/${round.id}/open`);
  for (const [index, { client }] of panel.entries()) {
    await markAll(client, round.id, (work) => all[work][index]);
  }
  await site.organiser.post(`/rounds/${round.id}/close`, {});
  result = (await site.organiser.post(`/contests/${slug}/results`, { category: 'photo' })).body;
});
afterAll(() => site.close());

async function markAll(client: Client, round: string, markOf: (work: number) => number): Promise<void> {
  const { body } = await client.get(`/rounds/${round}/tasks`);
  for (const { id, submission } of body.items) {
    const mark = markOf(Number(submission.title));
    await client.put(`/tasks/${id}/sheet`, { marks: { c1: mark, c2: mark, c3: mark }, submitted: true });
  }
}

describe('statistics of a panel', () => {
  let found: Answer['body'];

  it('tell how far judges agree', async () => {
    const { status, body } = await site.organiser.get(`/results/${result.id}/statistics`);
    expect(status).toBe(200);
    found = body;
    expect(found.reliability).toMatchObject({ complete: true, works: 10, judges: 4, sheets: 4 });
    const { icc21, icc2k, icc3k, interval, reliability } = found.reliability;
    expect(icc21).toBeLessThan(icc2k);
    expect(icc2k).toBeLessThan(icc3k);
    expect(reliability).toBeCloseTo(icc3k, 9);
    expect(interval.low).toBeLessThan(icc2k);
    expect(interval.high).toBeGreaterThan(icc2k);
    expect(found.concordance).toMatchObject({ freedom: 9 });
    expect(found.concordance.w).toBeGreaterThan(0.5);
  });

  it('name the harsh judge, and the mark that is out of line', () => {
    const [first, , third] = found.judges;
    expect([first.judge, third.judge, third.sheets]).toEqual(['评委1', '评委3', 10]);
    expect(third.severity).toBeLessThan(-2 * third.error);
    expect(found.judges.reduce((sum: number, { severity }: Answer['body']) => sum + severity, 0)).toBeCloseTo(
      0,
      9,
    );
    expect(found.flags.items[0]).toMatchObject({ judge: '评委3', submission: { title: '5' }, value: 61 });
    expect(found.flags.items[0].deviation).toBeGreaterThan(3);
    expect(found.affiliation.same.sheets).toBe(0);
  });

  it('say how sure each prize is, the same each time', async () => {
    const { works, draws, close } = found.confidence;
    expect(draws).toBe(2000);
    expect(works.map(({ place }: Answer['body']) => place)).toEqual(
      works.map((_: unknown, index: number) => index + 1),
    );
    expect(works[0]).toMatchObject({ tier: result.tiers[0].id, close: works[0].sure < 0.6 });
    expect(works[0].sure).toBeGreaterThan(0.5);
    expect(close).toBe(works.filter((work: Answer['body']) => work.tier && work.close).length);
    for (const { shares } of works) {
      const sum = shares.reduce((all: number, { share }: Answer['body']) => all + share, 0);
      expect(sum).toBeLessThanOrEqual(1 + 1e-9);
    }
    const again = await site.organiser.get(`/results/${result.id}/statistics`);
    expect(again.body).toEqual(found);
  });

  it('set marks for people of the judge’s own unit beside the others', async () => {
    const { body: units } = await site.organiser.get(`/contests/${slug}/units`);
    const author = units.people.find(({ name }: Answer['body']) => name === '作者5');
    const set = await site.organiser.post(`/contests/${slug}/units/members`, {
      members: [
        { of: 'judge', id: panel[2].id, unit: '第一小学' },
        { of: 'author', id: author.id, unit: '第一小学' },
      ],
    });
    expect(set.status).toBe(200);
    const { body } = await site.organiser.get(`/results/${result.id}/statistics`);
    const { same, other, t } = body.affiliation;
    expect([same.sheets, other.sheets]).toEqual([1, 39]);
    // The third judge gave work 5 about twenty more than the others did, and is eight harsher.
    expect(same.difference - other.difference).toBeGreaterThan(20);
    expect(t).toBeGreaterThan(2);
  });

  it('are on paper what they are on the page, in both languages; who took them is on record', async () => {
    const path = `/results/${result.id}/statistics.pdf`;
    const { headers, body } = await site.organiser.get(path);
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual([
      'application/pdf',
      'no-store',
    ]);
    const text = (await wordsOf(body)).join('');
    const { icc2k } = found.reliability;
    const third = found.judges[2];
    // Words of the page, a number of a table, and words that stand in the plots alone.
    for (const said of [
      ...['评委统计', '试算，未锁定', '整个评委组的可信度ICC(2,k)', '换一组同样的评委来评'],
      ...[icc2k.toFixed(2), `${third.severity.toFixed(2).replace('-', '−')}±${third.error.toFixed(2)}`],
      ...['每个奖项有多稳', '同单位检查', result.hash],
      ...['评委4', ...result.tiers.slice(0, 1).map(({ name }: Answer['body']) => name)],
    ]) {
      expect(text).toContain(said);
    }
    const english = (await wordsOf((await site.organiser.get(`${path}?language=en`)).body)).join('');
    expect(english).toContain('Statisticsofthepanel');
    expect(english).toContain('Judge3');
    expect(english).not.toContain('评委3');
    expect((await site.organiser.get(`${path}?language=fr`)).status).toBe(422);
    const logged = await site.dataSource.query(
      `SELECT facts FROM audit_entries WHERE action = 'result.statistics_exported'`,
    );
    expect(logged.map(({ facts }: Answer['body']) => facts.result)).toEqual([result.id, result.id]);
  });

  it('follow overrides, and are no business of strangers', async () => {
    const last = result.ranking.at(-1).submission.id;
    const overrides = [{ do: 'place', submission: last, tier: result.tiers[0].id, reason: '评委会决议' }];
    const { body: other } = await site.organiser.post(`/contests/${slug}/results`, {
      ...{ category: 'photo', overrides },
    });
    const { body } = await site.organiser.get(`/results/${other.id}/statistics`);
    const placed = body.confidence.works.find(({ submission }: Answer['body']) => submission.id === last);
    expect(placed).toMatchObject({ tier: result.tiers[0].id, sure: 1, close: false });
    const stranger = await site.entrant('别人', '13800000009');
    for (const path of ['statistics', 'statistics.pdf']) {
      expect((await stranger.get(`/results/${result.id}/${path}`)).body.code).toBe('ACCOUNT.FORBIDDEN');
    }
  });
});
