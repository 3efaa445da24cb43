import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canary, tellingWork } from './support/canaries.js';
import type { Answer, Client } from './support/client.js';
import { queriesOf } from './support/queries.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges, send, settled, until } from './support/works.js';

let site: Site;
let entrant: Client;
let panel: { id: string; client: Client }[];
let works: string[];
let round: Answer['body'];

beforeAll(async () => {
  site = await startSite();
  entrant = await site.entrant(canary.account, '13877770002');
  works = await acceptedWorks(
    site.organiser,
    entrant,
    await Promise.all(Array.from({ length: 6 }, (_, index) => tellingWork(index))),
  );
  panel = await judges(site.organiser, 5);
});
afterAll(() => site.close());

const tasksOf = async (client: Client) => (await client.get(`/rounds/${round.id}/tasks`)).body;
const marks = (value: number | null) => ({ c1: value, c2: value, c3: value });

describe('setting a round up', () => {
  const create = (change: object = {}) =>
    site.organiser.post(`/contests/${slug}/rounds`, {
      category: 'photo',
      name: '终评',
      kind: 'score',
      judges: panel.map(({ id }) => id),
      perSubmission: null,
      ...change,
    });

  it('refuses judges who were never invited, entrants and organisers', async () => {
    const { body: session } = await entrant.get('/session');
    expect(await create({ judges: [session.account.id] })).toMatchObject({
      status: 422,
      body: { code: 'ROUND.JUDGE_UNKNOWN' },
    });
    const invite = (login: string) => site.organiser.post(`/contests/${slug}/judges`, { name: '某', login });
    expect(await invite('admin@dingge.local')).toMatchObject({
      status: 409,
      body: { code: 'JUDGE.IS_ORGANISER' },
    });
  });

  it('refuses a judge who sent or made a work of the category, by account and by phone', async () => {
    const asSender = await site.organiser.post(`/contests/${slug}/judges`, {
      name: '某',
      login: '13877770002',
    });
    expect(await create({ judges: [asSender.body.id] })).toMatchObject({
      status: 409,
      body: { code: 'JUDGE.CONFLICT' },
    });
    const asAuthor = await site.organiser.post(`/contests/${slug}/judges`, {
      name: '某',
      login: canary.phone,
    });
    expect(await create({ judges: [asAuthor.body.id] })).toMatchObject({
      status: 409,
      body: { code: 'JUDGE.CONFLICT' },
    });
  });

  it('refuses criteria that make no sense', async () => {
    const criterion = { name: '主题', weight: 1, min: 0, max: 10, step: 1 };
    for (const change of [{ min: 10 }, { weight: 0 }, { step: 0 }, { name: '' }]) {
      expect((await create({ criteria: [{ ...criterion, ...change }] })).status).toBe(422);
    }
  });

  it('opens once, with frozen settings, and takes the works out of their entrants’ hands', async () => {
    const created = await create();
    expect(created.status).toBe(201);
    round = (await site.organiser.post(`/rounds/${created.body.id}/open`)).body;
    expect(round).toMatchObject({ status: 'open', works: 6, total: 30, done: 0 });
    expect(round.settingsHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await site.organiser.post(`/rounds/${round.id}/open`)).toMatchObject({
      status: 409,
      body: { code: 'ROUND.NOT_DRAFT' },
    });
    const second = await create();
    expect((await site.organiser.post(`/rounds/${second.body.id}/open`)).body.code).toBe(
      'ROUND.ALREADY_OPEN',
    );
    expect((await entrant.patch(`/submissions/${works[0]}`, { title: '改' })).body.code).toBe(
      'SUBMISSION.FIXED',
    );
    expect(
      (await site.organiser.post(`/submissions/${works[0]}/screening`, { decision: 'reject', reason: 'x' }))
        .body.code,
    ).toBe('SCREENING.NOT_PENDING');
  });
});

describe('the judge’s list', () => {
  it('is whole, in an order of each judge’s own, and blind', async () => {
    const lists = await Promise.all(panel.map(({ client }) => tasksOf(client)));
    const orders = lists.map(({ items }) => items.map((task: Answer['body']) => task.submission.code).join());
    expect(new Set(orders).size).toBeGreaterThan(1);
    expect(new Set(orders.map((order: string) => order.split(',').sort().join())).size).toBe(1);
    const { body: own } = await entrant.get(`/contests/${slug}/submissions?mine=1`);
    const secrets = own.items.flatMap((work: Answer['body']) => [
      work.id,
      work.number,
      work.media[0].id,
      work.media[0].sha256,
    ]);
    const text = JSON.stringify(lists);
    for (const secret of [...Object.values(canary), ...secrets]) expect(text).not.toContain(secret);
    expect(lists.flatMap(({ items }) => items).map(({ submission }) => submission.link)).toEqual(
      Array<null>(30).fill(null),
    );
    expect(text).not.toMatch(
      /"(facts|checks|exposure|gps|provenance|edits|takenAt|takenOn|takenPlace|coordinates|consent|authorAgreedAt)"|CAPTURED|AI_GENERATED/,
    );
    expect(Object.keys(lists[0].items[0]).sort()).toEqual(['id', 'remarks', 'sheet', 'state', 'submission']);
    expect(Object.keys(lists[0].items[0].submission).sort()).toEqual([
      'code',
      'link',
      'media',
      'story',
      'subject',
      'title',
    ]);
  });

  it('gives renditions, never originals, whose bytes and headers tell nothing', async () => {
    const [first, second] = panel;
    const { items } = await tasksOf(first.client);
    const { links } = items[0].submission.media[0];
    expect(Object.keys(links).sort()).toEqual(['full', 'preview', 'small', 'thumb']);
    for (const link of Object.values<string>(links)) {
      const answer = await until(
        () => site.visitorAs(first.client).get(link),
        ({ status }) => status !== 202,
      );
      expect(answer.status).toBe(200);
      const headers = JSON.stringify([...answer.headers]);
      expect(headers).not.toMatch(/last-modified|jinsique|disposition/i);
      for (const trace of ['Exif', 'jumb', ...Object.values(canary)]) {
        expect({ trace, in: Buffer.from(answer.body).includes(trace) }).toEqual({ trace, in: false });
      }
      expect((await site.visitorAs(second.client).get(link)).status).toBe(404);
    }
  });

  it('holds nothing of what the organisers see at their desk', async () => {
    const { body } = await site.organiser.get(`/contests/${slug}/screening?status=accepted`);
    expect(body.items[0].media[0].facts).toMatchObject({
      camera: `${canary.camera}`,
      lens: canary.lens,
      takenAt: '2019-08-30T10:11:12+08:00',
      gps: { lat: 27.825, lon: expect.closeTo(113.08) },
      provenance: { c2pa: true, ai: 'generated', mark: 'AIGC', generator: canary.generator },
    });
  });

  it('is shut to everybody else, and a judge is shut out of everything else', async () => {
    const other = await site.entrant('路人', '13800008888');
    expect((await other.get(`/rounds/${round.id}/tasks`)).status).toBe(403);
    expect((await entrant.get(`/rounds/${round.id}/tasks`)).status).toBe(404);
    expect((await site.organiser.get(`/rounds/${round.id}/tasks`)).status).toBe(403);
    const judge = panel[0].client;
    for (const path of [
      'screening',
      'people',
      'rounds',
      'results',
      'overview',
      'exports/winners.csv',
      'exports/scores.xlsx',
    ]) {
      expect((await judge.get(`/contests/${slug}/${path}`)).status).toBe(403);
    }
    expect((await judge.get(`/submissions/${works[0]}`)).status).toBe(404);
  });
});

describe('saving a sheet', () => {
  it('keeps every save as a version, counts once, and refuses a stale one with what stands', async () => {
    const judge = panel[0].client;
    const [{ id }] = (await tasksOf(judge)).items;
    const save = (value: number, version?: number) =>
      judge.put(
        `/tasks/${id}/sheet`,
        { marks: marks(value), submitted: true },
        version === undefined ? {} : { 'If-Match': `"${version}"` },
      );
    expect(await save(60, 0)).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await save(60, 1)).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await save(70, 1)).toMatchObject({ status: 200, body: { version: 2 } });
    const stale = await save(80, 1);
    expect(stale).toMatchObject({
      status: 412,
      body: { code: 'SHEET.STALE', current: { version: 2, marks: marks(70) } },
    });
    expect((await tasksOf(judge)).items[0].sheet).toMatchObject({ version: 2, submitted: true });
    const equal = await Promise.all(Array.from({ length: 20 }, () => save(75)));
    expect(equal.map(({ body }) => body.version)).toEqual(Array(20).fill(3));
  });

  it('refuses marks beyond the criterion, between its steps, of unknown criteria, or missing when submitted', async () => {
    const judge = panel[0].client;
    const [{ id }] = (await tasksOf(judge)).items;
    const bad = [
      marks(101),
      marks(-1),
      marks(50.5),
      { ...marks(50), c9: 1 },
      { c1: 1, c2: 1 },
      { ...marks(50), c2: null },
    ];
    for (const wrong of bad) {
      const { status, body } = await judge.put(`/tasks/${id}/sheet`, { marks: wrong, submitted: true });
      expect([status, body.code]).toEqual([422, 'SHEET.INVALID']);
    }
    expect((await judge.put(`/tasks/${id}/sheet`, { marks: { c1: '50' }, submitted: false })).status).toBe(
      422,
    );
    expect((await judge.put(`/tasks/${id}/sheet`, { marks: { c1: 50 }, submitted: false })).status).toBe(200);
  });

  it('takes no garbage for a version', async () => {
    const judge = panel[0].client;
    const [{ id }] = (await tasksOf(judge)).items;
    for (const version of ['1', 'garbage', '"999999999999"']) {
      const { status } = await judge.put(
        `/tasks/${id}/sheet`,
        { marks: marks(1), submitted: true },
        { 'If-Match': version },
      );
      expect(status).toBe(400);
    }
  });

  it('is for the task’s own judge only', async () => {
    const [first, second] = panel;
    const [{ id }] = (await tasksOf(first.client)).items;
    expect(await second.client.put(`/tasks/${id}/sheet`, { marks: marks(1), submitted: true })).toMatchObject(
      {
        status: 404,
        body: { code: 'TASK.NOT_FOUND' },
      },
    );
  });

  it('asks the database a few times, however many works and judges there are', async () => {
    const judge = panel[3].client;
    const { items } = await tasksOf(judge);
    const save = (at: number, version: number) =>
      judge.put(
        `/tasks/${items[at].id}/sheet`,
        { marks: marks(66 + version), submitted: true },
        { 'If-Match': `"${version}"` },
      );
    const first = await queriesOf(site, () => save(0, 0));
    const second = await queriesOf(site, () => save(0, 1));
    expect(first.length).toBeLessThanOrEqual(11);
    // One more reads what the sheet was.
    expect(second.length).toBeLessThanOrEqual(12);
    const list = await queriesOf(site, () => tasksOf(judge));
    expect(list.length).toBeLessThanOrEqual(9);
    await site.dataSource.query(`UPDATE tasks SET state = 'released' WHERE id = ANY($1)`, [
      items.slice(3).map(({ id }: Answer['body']) => id),
    ]);
    expect(await queriesOf(site, () => tasksOf(judge))).toHaveLength(list.length);
    await site.dataSource.query(`UPDATE tasks SET state = 'open' WHERE id = ANY($1)`, [
      items.slice(3).map(({ id }: Answer['body']) => id),
    ]);
  });

  it('a recusal takes the work off the list and kills its links', async () => {
    const judge = panel[4].client;
    const { items } = await tasksOf(judge);
    const link = items[0].submission.media[0].links.thumb;
    expect((await site.visitorAs(judge).get(link)).status).toBe(200);
    expect((await judge.post(`/tasks/${items[0].id}/recusal`, { reason: '是我的学生' })).status).toBe(204);
    expect((await site.visitorAs(judge).get(link)).status).toBe(404);
    expect((await tasksOf(judge)).items).toHaveLength(5);
    expect(
      (await judge.put(`/tasks/${items[0].id}/sheet`, { marks: marks(1), submitted: true })).body.code,
    ).toBe('TASK.RECUSED');
  });
});

describe('closing', () => {
  it('asks for a reason while marks are missing', async () => {
    expect(await site.organiser.post(`/rounds/${round.id}/close`, {})).toMatchObject({
      status: 409,
      body: { code: 'ROUND.MARKS_MISSING' },
    });
    expect((await site.organiser.post(`/contests/${slug}/results`, { category: 'photo' })).body.code).toBe(
      'RESULT.ROUND_NOT_CLOSED',
    );
  });

  it('a mark that arrives meanwhile is in the snapshot or refused, never lost', async () => {
    const saves: { task: string; value: number; answer: Promise<Answer> }[] = [];
    for (const [index, { client }] of panel.entries()) {
      for (const [position, { id }] of (await tasksOf(client)).items.entries()) {
        const value = 50 + index * 7 + position;
        saves.push({
          task: id,
          value,
          answer: client.put(`/tasks/${id}/sheet`, { marks: marks(value), submitted: true }),
        });
      }
    }
    await Promise.all(saves.slice(0, 8).map(({ answer }) => answer));
    const closed = await site.organiser.post(`/rounds/${round.id}/close`, { reason: '一位评委出差' });
    expect(closed).toMatchObject({ status: 200, body: { status: 'closed' } });
    for (const { task, value, answer } of saves) {
      const { status, body } = await answer;
      const [row] = await site.dataSource.query(
        'SELECT v.marks FROM tasks t JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version WHERE t.id = $1',
        [task],
      );
      if (status === 200) expect(row.marks).toEqual(marks(value));
      else {
        expect([status, body.code]).toEqual([409, 'ROUND.CLOSED']);
        expect(row?.marks).not.toEqual(marks(value));
      }
    }
  });

  it('no sheet or log line can be changed or removed, even by hand in the database', async () => {
    const { dataSource } = site;
    for (const sql of [
      'UPDATE sheet_versions SET submitted = false',
      'DELETE FROM sheet_versions',
      'TRUNCATE audit_entries',
    ]) {
      await expect(dataSource.query(sql)).rejects.toThrow(/append-only/);
    }
    expect(await site.broken()).toEqual([]);
  });

  it('works sent meanwhile belong to no round', async () => {
    const late = await send(entrant, { author: { name: '晚', phone: '13800009999' } });
    await settled(entrant, late.body.id);
    expect((await site.organiser.get(`/contests/${slug}/rounds`)).body.items.at(-1).works).toBe(6);
  });
});
