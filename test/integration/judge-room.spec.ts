import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineReminders } from '../../src/judging/deadline-reminders.js';
import type { Answer, Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges } from './support/works.js';

// What the judges' room reads and writes beside the marks: the list by pages, and remarks.

const canary = { author: '金丝雀作者', note: '金丝雀笔记', reason: '像是翻拍的' };

let site: Site;
let panel: { id: string; client: Client }[];
let round: string;
let tasks: Answer['body'][];

beforeAll(async () => {
  site = await startSite();
  const entrant = await site.entrant('投稿人', '13877770002');
  await acceptedWorks(
    site.organiser,
    entrant,
    Array.from({ length: 7 }, (_, index) => ({
      title: `作品${index}`,
      author: { name: `${canary.author}${index}`, phone: `1387777001${index}` },
    })),
  );
  panel = await judges(site.organiser, 5);
  const created = await site.organiser.post(`/contests/${slug}/rounds`, {
    category: 'photo',
    name: '终评',
    judges: panel.map(({ id }) => id),
  });
  round = created.body.id;
  await site.organiser.post(`/rounds/${round}/open`);
  tasks = (await list(panel[0].client)).items;
});
afterAll(() => site.close());

const list = async (client: Client, query = ''): Promise<Answer['body']> =>
  (await client.get(`/rounds/${round}/tasks${query}`)).body;
const idsOf = (page: Answer['body']): string[] => page.items.map(({ id }: { id: string }) => id);

describe('the list by pages', () => {
  it('is whole where no limit is given', async () => {
    const whole = await list(panel[0].client);
    expect(whole).toMatchObject({ start: 0, works: 7, done: 0, next: null });
    expect(whole.items).toHaveLength(7);
  });

  it('gives the same works in the same order, each once', async () => {
    const seen: string[] = [];
    const starts: number[] = [];
    let query = '?limit=3';
    for (;;) {
      const page = await list(panel[0].client, query);
      expect(page.works).toBe(7);
      starts.push(page.start);
      seen.push(...idsOf(page));
      if (page.next === null) break;
      query = `?limit=3&cursor=${page.next}`;
    }
    expect(seen).toEqual(tasks.map(({ id }) => id));
    expect(starts).toEqual([0, 3, 6]);
  });

  it('begins with the page that holds the work where the judge was', async () => {
    const page = await list(panel[0].client, `?limit=3&at=${tasks[4].id}`);
    expect(page.start).toBe(3);
    expect(idsOf(page)).toEqual(tasks.slice(3, 6).map(({ id }) => id));
    // A work of somebody else's, or none: from the beginning.
    const other = (await list(panel[1].client)).items[6].id;
    expect((await list(panel[0].client, `?limit=3&at=${other}`)).start).toBe(0);
    expect((await list(panel[0].client, '?limit=3&cursor=garbage')).start).toBe(0);
  });

  it('counts what was handed in, and leaves out what the judge stepped back from', async () => {
    const { client } = panel[1];
    const own = (await list(client)).items;
    await client.put(`/tasks/${own[5].id}/sheet`, { marks: { c1: 1, c2: 2, c3: 3 }, submitted: true });
    await client.put(`/tasks/${own[6].id}/sheet`, { marks: { c1: 1 }, submitted: false });
    await client.post(`/tasks/${own[0].id}/recusal`, { reason: '是我的学生' });
    const page = await list(client, '?limit=2');
    expect(page).toMatchObject({ start: 0, works: 6, done: 1 });
    expect(idsOf(page)).toEqual(own.slice(1, 3).map(({ id }: { id: string }) => id));
    const rounds = await client.get('/judge/rounds');
    expect(rounds.body.items[0]).toMatchObject({
      id: round,
      kind: 'score',
      done: 1,
      total: 6,
      status: 'open',
    });
  });

  it('says what the room has to know of the round, and nothing of others', async () => {
    const { round: told } = await list(panel[0].client, '?limit=1');
    expect(Object.keys(told).sort()).toEqual(
      'anonymous category comments contest criteria deadlineAt expected id instructions kind marksBeforeClose name status tokens'.split(
        ' ',
      ),
    );
    expect(told).toMatchObject({ contest: { timeZone: 'Asia/Shanghai' }, kind: 'score', tokens: null });
  });
});

describe('a deadline', () => {
  it('is reminded of by itself, once each, a day before it, to whoever is not done', async () => {
    const sweep = () => site.app.get(DeadlineReminders).sweep();
    const within = async (hours: number) => {
      const deadlineAt = new Date(Date.now() + hours * 3_600_000).toISOString();
      expect((await site.organiser.patch(`/rounds/${round}`, { deadlineAt })).status).toBe(200);
    };
    const told = async (client: Client) =>
      (await client.get('/messages')).body.items.map(({ title }: Answer['body']) => title);
    for (const { id } of (await list(panel[4].client)).items) {
      const marks = { c1: 70, c2: 70, c3: 70 };
      await panel[4].client.put(`/tasks/${id}/sheet`, { marks, submitted: true });
    }
    await within(23);
    // Who was given a round within its last day knows when it ends.
    expect(await sweep()).toBe(0);
    await site.dataSource.query(`UPDATE rounds SET opened_at = opened_at - interval '3 days'`);
    // Two processes at once: nobody hears it twice.
    const passes = await Promise.all([sweep(), sweep()]);
    expect(passes[0] + passes[1]).toBe(4);
    expect(await told(panel[2].client)).toEqual([expect.stringMatching(/^“终评”请在 .* 前评完，还有 7 项$/)]);
    expect(await told(panel[4].client)).toEqual([]);
    expect(await sweep()).toBe(0);
    await within(30);
    expect(await sweep()).toBe(0);
    await within(12);
    expect(await sweep()).toBe(4);
    expect(await told(panel[2].client)).toHaveLength(2);
    const [{ facts, actor_id: actor }] = await site.dataSource.query<Answer['body'][]>(
      `SELECT facts, actor_id FROM audit_entries WHERE action = 'round.reminded' ORDER BY seq DESC LIMIT 1`,
    );
    expect([actor, facts.judges.length]).toEqual([null, 4]);
  });

  it('is not frozen; what is frozen is told of by verify where it was altered', async () => {
    expect(await site.broken()).toEqual([]);
    const thawed = [expect.stringMatching(/^the settings of every round that was opened /)];
    const weigh = (more: number) =>
      site.dataSource.query(
        `UPDATE rounds SET criteria =
           jsonb_set(criteria, '{0,weight}', to_jsonb((criteria->0->>'weight')::numeric + $1))`,
        [more],
      );
    const turnPanel = () => site.dataSource.query('UPDATE round_judges SET position = 4 - position');
    await weigh(1);
    expect(await site.broken()).toEqual(thawed);
    await weigh(-1);
    await turnPanel();
    expect(await site.broken()).toEqual(thawed);
    await turnPanel();
    expect(await site.broken()).toEqual([]);
  });
});

describe('remarks', () => {
  const remark = (index: number, body: object, client = panel[0].client) =>
    client.put(`/tasks/${tasks[index].id}/remarks`, body);
  const sheets = () =>
    site.dataSource.query(
      'SELECT task_id, version, marks, submitted FROM sheet_versions ORDER BY task_id, version',
    );

  it('are kept field by field, and change no mark', async () => {
    const before = await sheets();
    expect((await remark(0, { favourite: true })).body).toEqual({
      favourite: true,
      note: '',
      flagReason: '',
    });
    expect((await remark(0, { note: ` ${canary.note} ` })).body).toEqual({
      favourite: true,
      note: canary.note,
      flagReason: '',
    });
    await remark(0, { favourite: false });
    expect((await list(panel[0].client)).items[0].remarks).toEqual({
      favourite: false,
      note: canary.note,
      flagReason: '',
    });
    expect((await list(panel[0].client)).items[1].remarks).toBeNull();
    expect(await sheets()).toEqual(before);
  });

  it('of many pages at once all stay', async () => {
    await Promise.all([
      ...Array.from({ length: 10 }, (_, index) => remark(2, { note: `第 ${index} 次` })),
      remark(2, { favourite: true }),
      remark(2, { flagReason: '请看' }),
    ]);
    const { remarks } = (await list(panel[0].client)).items[2];
    expect(remarks).toMatchObject({ favourite: true, flagReason: '请看' });
    expect(remarks.note).toMatch(/^第 \d 次$/);
    await remark(2, { flagReason: '' });
  });

  it('are the judge’s own: no other judge can write or see them', async () => {
    expect(await remark(0, { favourite: true }, panel[1].client)).toMatchObject({
      status: 404,
      body: { code: 'TASK.NOT_FOUND' },
    });
    for (const { client } of panel.slice(1)) {
      expect(JSON.stringify(await list(client))).not.toContain(canary.note);
    }
  });

  it('flag a work for the organiser, who reads the reason, the work and the judge, and no note', async () => {
    await remark(1, { flagReason: canary.reason, note: canary.note });
    const { body } = await site.organiser.get(`/rounds/${round}/flags`);
    expect(body.items).toEqual([
      {
        submissionId: expect.any(String),
        code: tasks[1].submission.code,
        number: expect.stringMatching(/^A\d+$/),
        title: tasks[1].submission.title,
        judge: '评委0',
        reason: canary.reason,
        flaggedAt: expect.any(String),
      },
    ]);
    for (const path of [`/rounds/${round}/flags`, `/contests/${slug}/rounds`, `/contests/${slug}/overview`]) {
      expect(JSON.stringify((await site.organiser.get(path)).body)).not.toContain(canary.note);
    }
    await remark(1, { flagReason: '' });
    expect((await site.organiser.get(`/rounds/${round}/flags`)).body.items).toEqual([]);
    const logged = await site.dataSource.query(
      `SELECT action FROM audit_entries WHERE action LIKE 'task.%flagged' AND facts->>'task' = $1 ORDER BY seq`,
      [tasks[1].id],
    );
    expect(logged.map(({ action }: { action: string }) => action)).toEqual([
      'task.flagged',
      'task.unflagged',
    ]);
  });

  it('are refused when too long, and for a work that the judge stepped back from', async () => {
    expect((await remark(0, { note: '长'.repeat(1001) })).status).toBe(422);
    expect((await remark(0, { flagReason: '长'.repeat(201) })).status).toBe(422);
    await panel[0].client.post(`/tasks/${tasks[3].id}/recusal`, { reason: '认识' });
    expect(await remark(3, { favourite: true })).toMatchObject({
      status: 409,
      body: { code: 'TASK.RECUSED' },
    });
  });

  it('outlive the round, and go with the judge’s account', async () => {
    await site.organiser.post(`/rounds/${round}/close`, { reason: '到期' });
    expect((await remark(0, { favourite: true })).status).toBe(200);
    expect((await list(panel[0].client)).round.status).toBe('closed');
    expect((await list(panel[0].client)).items[0].remarks.note).toBe(canary.note);
    const gone = await panel[0].client.post('/account/deletion', { password: 'password of judge 0' });
    expect(gone.status).toBeLessThan(300);
    const [{ left }] = await site.dataSource.query('SELECT count(*)::int AS left FROM task_remarks');
    expect(left).toBe(0);
    expect(await site.broken()).toEqual([]);
  });
});

describe('pace', () => {
  it('is pointed out where a hundred works took a hundred seconds, and not at a little over two seconds each', async () => {
    const [, , , hasty, steady] = panel;
    await site.dataSource.query(copies, [round, [hasty.id, steady.id]]);
    const { body } = await site.organiser.get(`/rounds/${round}/progress`);
    const paceOf = ({ id }: { id: string }) => body.judges.find((judge: Answer['body']) => judge.id === id);
    expect(paceOf(hasty)).toMatchObject({ fastestTwentySeconds: 19, secondsPerWork: 1, tooFast: true });
    expect(paceOf(steady).tooFast).toBe(false);
    expect(paceOf(steady).fastestTwentySeconds).toBeCloseTo(19 * 2.2);
  });
});

/** A hundred works more in a round, which two judges marked: one each second, and one each 2.2 seconds. */
const copies = `
  WITH copied AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, gen_random_uuid() AS entry, n FROM generate_series(1, 100) AS n),
  works AS (
    INSERT INTO submissions
    SELECT (jsonb_populate_record(s, jsonb_build_object('id', c.id, 'number', 'Z' || c.n))).*
      FROM copied c, submissions s WHERE s.id = (SELECT id FROM submissions ORDER BY number LIMIT 1)),
  entries AS (
    INSERT INTO round_entries (id, round_id, submission_id, code)
    SELECT entry, $1, id, 'Z' || n FROM copied),
  given AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, c.entry, c.n, judge, place
      FROM copied c, unnest($2::uuid[]) WITH ORDINALITY AS j (judge, place)),
  tasks AS (
    INSERT INTO tasks (id, round_id, entry_id, judge_id, position, state, version)
    SELECT id, $1, entry, judge, 1000 + n, 'submitted', 1 FROM given)
  INSERT INTO sheet_versions (task_id, version, marks, submitted, actor_id, saved_at)
  SELECT id, 1, '{"c1": 70}', true, judge, now() - interval '1 day' + n * interval '1 second' * CASE place WHEN 1 THEN 1 ELSE 2.2 END
    FROM given`;
