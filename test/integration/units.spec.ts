import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges } from './support/works.js';

// 单位: judges are kept from the works of their own people; and what organisers see of marks before the close.

let site: Site;
let panel: { id: string; client: Client }[];
let works: string[];
let round: Answer['body'];
/** Of the works, in their order. */
const phones = ['13711110000', '13711110001', '13711110002', '13711110003'];
const names = ['张三', '李四', '王五', '王五'];

beforeAll(async () => {
  site = await startSite();
  const entrant = await site.entrant('送件人', '13877770000');
  works = await acceptedWorks(
    site.organiser,
    entrant,
    phones.map((phone, index) => ({ author: { name: names[index], phone } })),
  );
  panel = await judges(site.organiser, 4);
  ({ body: round } = await site.organiser.post(`/contests/${slug}/rounds`, {
    category: 'photo',
    name: '初评',
    judges: panel.slice(0, 3).map(({ id }) => id),
  }));
});
afterAll(() => site.close());

const units = (path: string, body: object) => site.organiser.post(`/contests/${slug}/units/${path}`, body);
const paste = (text: string, dry = false) => units('list', { text, dry });
const list = async (q = '') =>
  (await site.organiser.get(`/contests/${slug}/units?q=${encodeURIComponent(q)}`)).body;
const conflicts = async () => (await site.organiser.get(`/contests/${slug}/conflicts`)).body.items;
/** Which works a judge has, by their places. */
async function has({ client }: { client: Client }): Promise<number[]> {
  const { items } = (await client.get(`/rounds/${round.id}/tasks`)).body;
  const rows = await site.dataSource.query<{ code: string; submission_id: string }[]>(
    'SELECT code, submission_id FROM round_entries WHERE round_id = $1',
    [round.id],
  );
  const workOf = new Map(rows.map((row) => [row.code, works.indexOf(row.submission_id)]));
  return items.map(({ submission }: Answer['body']) => workOf.get(submission.code)).sort();
}

describe('units', () => {
  it('are pasted as a list, which says first what it would do', async () => {
    const text = `评委0\t文化馆\n${phones[0]}，文化馆\n李四 报社\n王五，一中\n赵六，一中`;
    const tried = await paste(text, true);
    expect(tried.body).toEqual({
      ...{ set: 3, cleared: 0, unchanged: 0, rounds: [] },
      ...{ unknown: ['赵六'], ambiguous: ['王五'] },
    });
    expect((await list()).units).toEqual([]);
    expect((await paste(text)).body).toMatchObject({ set: 3 });
    expect((await paste(text)).body).toMatchObject({ set: 0, unchanged: 3 });
    const { units: known, people } = await list();
    expect(known).toMatchObject([
      { name: '报社', judges: 0, authors: 1 },
      { name: '文化馆', judges: 1, authors: 1 },
    ]);
    expect(people).toHaveLength(8);
    expect(people[0]).toMatchObject({ of: 'judge', name: '评委0', unit: '文化馆' });
    expect((await list('报社')).people).toMatchObject([{ of: 'author', name: '李四', unit: '报社' }]);
    expect(JSON.stringify(people)).not.toContain(phones[0]);
  });

  it('keep a judge from his own people’s works when a round opens, and it is shown as automatic', async () => {
    expect(await conflicts()).toMatchObject([
      { judge: { name: '评委0' }, of: 'unit', name: '文化馆', automatic: true, lifted: null },
    ]);
    expect((await site.organiser.post(`/rounds/${round.id}/open`)).status).toBe(200);
    expect(await has(panel[0])).toEqual([1, 2, 3]);
    expect(await has(panel[1])).toEqual([0, 1, 2, 3]);
    expect(await site.broken()).toEqual([]);
  });

  it('set while it runs take works at once, marks included, and links with them', async () => {
    const { items } = (await panel[1].client.get(`/rounds/${round.id}/tasks`)).body;
    const [{ code }] = await site.dataSource.query<{ code: string }[]>(
      'SELECT code FROM round_entries WHERE round_id = $1 AND submission_id = $2',
      [round.id, works[1]],
    );
    const task = items.find(({ submission }: Answer['body']) => submission.code === code);
    await panel[1].client.put(`/tasks/${task.id}/sheet`, {
      ...{ marks: { c1: 90, c2: 90, c3: 90 }, submitted: true },
    });
    const member = { of: 'judge', id: panel[1].id, unit: '报社' };
    const dry = await units('members', { members: [member], dry: true });
    expect(dry.body).toMatchObject({
      set: 1,
      rounds: [{ round: round.id, effect: { released: 1, uncounted: 1 } }],
    });
    expect(await has(panel[1])).toEqual([0, 1, 2, 3]);
    await units('members', { members: [member] });
    expect(await has(panel[1])).toEqual([0, 2, 3]);
    const { thumb } = task.submission.media[0].links;
    expect((await site.visitorAs(panel[1].client).get(thumb)).status).toBe(404);
    expect(await site.broken()).toEqual([]);
  });

  it('are lifted with a reason, stay lifted, and give the marks back', async () => {
    const [own] = (await conflicts()).filter(({ name }: Answer['body']) => name === '报社');
    const lifting = `/contests/${slug}/conflicts/${own.id}/lifting`;
    expect((await site.organiser.post(lifting, {})).status).toBe(422);
    expect((await site.organiser.post(lifting, { reason: '作者已调离' })).status).toBe(200);
    expect(await has(panel[1])).toEqual([0, 1, 2, 3]);
    const { body } = await panel[1].client.get(`/rounds/${round.id}/tasks`);
    expect(body.done).toBe(1);
    expect((await site.organiser.post(lifting, { reason: '再来' })).body.code).toBe('CONFLICT.NOT_FOUND');
    // Another author of that unit changes nothing: it is lifted.
    await paste(`${phones[2]}，报社`);
    expect(await has(panel[1])).toEqual([0, 1, 2, 3]);
    expect((await conflicts()).at(-1)).toMatchObject({ name: '报社', lifted: '作者已调离' });
    expect(await site.broken()).toEqual([]);
  });

  it('can be a conflict of any judge, set by hand', async () => {
    const { units: known } = await list();
    const unit = known.find(({ name }: Answer['body']) => name === '文化馆');
    const given = { judge: panel[2].id, target: { of: 'unit', id: unit.id }, reason: '妻子在那里工作' };
    const { body } = await site.organiser.post(`/contests/${slug}/conflicts`, given);
    expect(body.rounds).toMatchObject([{ effect: { released: 1 } }]);
    expect(await has(panel[2])).toEqual([1, 2, 3]);
  });

  it('go with the last of their people; who is nobody of the contest has none', async () => {
    await units('members', { members: [{ of: 'judge', id: panel[0].id, unit: null }] });
    expect(await has(panel[0])).toEqual([0, 1, 2, 3]);
    await paste(`${phones[1]},\n${phones[2]},`);
    await units('members', { members: [{ of: 'judge', id: panel[1].id, unit: null }] });
    const { units: known } = await list();
    expect(known.map(({ name }: Answer['body']) => name)).toEqual(['文化馆']);
    const stranger = await units('members', { members: [{ of: 'author', id: works[0], unit: '一中' }] });
    expect([stranger.status, stranger.body.code]).toEqual([422, 'UNIT.PERSON_UNKNOWN']);
    expect(await site.broken()).toEqual([]);
    const entries = await site.dataSource.query<{ facts: object }[]>(
      `SELECT facts FROM audit_entries WHERE action = 'units.set'`,
    );
    expect(entries.length).toBeGreaterThan(4);
    // Ids only: names of people and units are nobody's to read in a log that stays.
    expect(JSON.stringify(entries)).not.toMatch(/[\u4e00-\u9fff]|1371111/);
  });
});

describe('marks before the close', () => {
  const settings = `/contests/${slug}/judging-settings`;
  const looks = async () =>
    (await site.dataSource.query<unknown[]>(`SELECT FROM audit_entries WHERE action = 'round.marks-seen'`))
      .length;

  it('are shown in rounds that open after the contest said so, and each look is logged', async () => {
    expect((await site.organiser.get(settings)).body).toEqual({ marksBeforeClose: false });
    await site.organiser.put(settings, { marksBeforeClose: true });
    await site.organiser.put(settings, { marksBeforeClose: true });
    const said = await site.dataSource.query<unknown[]>(
      `SELECT FROM audit_entries WHERE action = 'contest.judging-set'`,
    );
    expect(said).toHaveLength(1);
    expect((await site.organiser.get(`/rounds/${round.id}/marks`)).body.code).toBe('ROUND.MARKS_HIDDEN');
    await site.organiser.post(`/rounds/${round.id}/close`, { reason: '试评' });
    expect((await site.organiser.get(`/rounds/${round.id}/marks`)).status).toBe(200);
    expect(await looks()).toBe(0);

    const next = await site.organiser.post(`/contests/${slug}/rounds`, {
      ...{ category: 'photo', name: '终评', judges: panel.map(({ id }) => id) },
    });
    expect((await site.organiser.get(`/rounds/${next.body.id}/marks`)).body.code).toBe('ROUND.MARKS_HIDDEN');
    const opened = await site.organiser.post(`/rounds/${next.body.id}/open`);
    expect(opened.body).toMatchObject({ status: 'open', marksBeforeClose: true });
    await site.organiser.put(settings, { marksBeforeClose: false });
    const { status, body } = await site.organiser.get(`/rounds/${next.body.id}/marks`);
    expect([status, body.items.length]).toEqual([200, 4]);
    expect(await looks()).toBe(1);
    expect((await panel[0].client.get(`/rounds/${next.body.id}/marks`)).status).toBe(403);
  });
});
