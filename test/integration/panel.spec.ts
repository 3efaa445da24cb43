import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges, send, settled } from './support/works.js';

interface Judge {
  id: string;
  client: Client;
}

let site: Site;
let entrant: Client;
let works: string[];
/** Four on the panel, two in reserve. */
let all: Judge[];
let round: Answer['body'];

beforeAll(async () => {
  site = await startSite();
  entrant = await site.entrant('张三', '13800000001');
  works = await acceptedWorks(
    site.organiser,
    entrant,
    Array.from({ length: 8 }, (_, index) => ({
      title: `作品${index}`,
      community: index === 0 ? '莲花社区' : '东湖社区',
      author: { name: `作者${index}`, phone: String(13_700_000_000 + index) },
    })),
  );
  all = await judges(site.organiser, 6);
});
afterAll(() => site.close());

const create = (change: object = {}) =>
  site.organiser.post(`/contests/${slug}/rounds`, {
    category: 'photo',
    name: '初评',
    judges: all.slice(0, 4).map(({ id }) => id),
    perSubmission: 2,
    ...change,
  });
const tasksOf = async ({ client }: Judge) =>
  (await client.get(`/rounds/${round.id}/tasks`)).body.items as Answer['body'][];
const change = (given: object, dry = false) =>
  site.organiser.post(`/rounds/${round.id}/changes`, { change: given, dry });
const marks = (value: number) => ({ c1: value, c2: value, c3: value });
const mark = ({ client }: Judge, id: string, value: number) =>
  client.put(`/tasks/${id}/sheet`, { marks: marks(value), submitted: true });
/** Judges of each work by its code, of tasks that count or are to be done. */
async function judgesByCode(): Promise<Map<string, number>> {
  const rows = await site.dataSource.query<{ code: string; judges: number }[]>(
    `SELECT e.code, count(t.id)::int AS judges FROM round_entries e
       LEFT JOIN tasks t ON t.entry_id = e.id AND t.state IN ('open', 'submitted')
      WHERE e.round_id = $1 AND e.removed_at IS NULL GROUP BY e.code`,
    [round.id],
  );
  return new Map(rows.map(({ code, judges: count }) => [code, count]));
}

describe('a round as a draft', () => {
  it('is refused where its kind lacks something, or it wants more judges than there are', async () => {
    const refused = async (given: object, path: string) => {
      const { status, body } = await create(given);
      expect([status, body.code, body.errors?.[0]?.path]).toEqual([422, 'ROUND.SETTINGS', path]);
    };
    await refused({ perSubmission: 5 }, 'perSubmission');
    await refused({ kind: 'tokens', perSubmission: null }, 'tokens');
    await refused({ kind: 'tokens', tokens: 3 }, 'perSubmission');
    await refused({ kind: 'pass', quorum: 3 }, 'quorum');
  });

  it('can be changed in everything, and removed', async () => {
    const { body } = await create();
    const path = `/rounds/${body.id}`;
    const changed = await site.organiser.patch(path, {
      name: '第一轮',
      perSubmission: 3,
      instructions: '先看主题',
    });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        name: '第一轮',
        perSubmission: 3,
        instructions: '先看主题',
        criteria: body.criteria,
        judges: body.judges,
      },
    });
    expect((await site.organiser.delete(path)).status).toBe(204);
    expect((await site.organiser.patch(path, { name: 'x' })).status).toBe(404);
  });
});

describe('a round of two judges a work', () => {
  it('opens with two for each, as many for everybody', async () => {
    round = (await create()).body;
    const opened = await site.organiser.post(`/rounds/${round.id}/open`);
    expect(opened).toMatchObject({ status: 200, body: { works: 8, total: 16, plannedJudges: 2 } });
    expect(opened.body.judges.map(({ total }: Answer['body']) => total)).toEqual([4, 4, 4, 4]);
    expect([...(await judgesByCode()).values()]).toEqual(Array(8).fill(2));
  });

  it('has frozen settings, but for its deadline and instructions, which is logged', async () => {
    expect(await site.organiser.patch(`/rounds/${round.id}`, { name: '改名' })).toMatchObject({
      status: 409,
      body: { code: 'ROUND.FROZEN' },
    });
    const deadlineAt = '2030-01-01T00:00:00.000Z';
    expect(await site.organiser.patch(`/rounds/${round.id}`, { deadlineAt })).toMatchObject({
      status: 200,
      body: {
        deadlineAt,
        settingsHash: (await site.organiser.get(`/contests/${slug}/rounds`)).body.items[0].settingsHash,
      },
    });
    const log = await site.dataSource.query<{ facts: object }[]>(
      `SELECT facts FROM audit_entries WHERE action = 'round.set' ORDER BY seq DESC LIMIT 1`,
    );
    expect(log[0].facts).toMatchObject({ fields: ['deadlineAt'] });
  });

  it('takes no mark while it is paused', async () => {
    const [judge] = all;
    const [{ id }] = await tasksOf(judge);
    expect((await site.organiser.post(`/rounds/${round.id}/pause`)).body.status).toBe('paused');
    expect((await mark(judge, id, 50)).body.code).toBe('ROUND.PAUSED');
    expect((await site.organiser.post(`/rounds/${round.id}/resume`)).body.status).toBe('open');
    expect((await mark(judge, id, 50)).status).toBe(200);
  });

  it('says what a change would do without doing it', async () => {
    const before = await judgesByCode();
    const tried = await change({ type: 'add-judge', judge: all[4].id }, true);
    expect(tried).toMatchObject({ status: 200, body: { added: 3, released: 3, kept: 1, uncounted: 0 } });
    expect(tried.body.judges.map(({ after }: Answer['body']) => after.total).sort()).toEqual([3, 3, 3, 3, 4]);
    expect(await judgesByCode()).toEqual(before);
    expect((await all[4].client.get(`/rounds/${round.id}/tasks`)).status).toBe(404);
  });

  it('gives somebody new what nobody began, and takes no mark from anybody', async () => {
    expect((await change({ type: 'add-judge', judge: all[4].id })).body).toMatchObject({ added: 3, kept: 1 });
    expect(await tasksOf(all[4])).toHaveLength(3);
    expect((await tasksOf(all[0])).filter(({ state }) => state === 'submitted')).toHaveLength(1);
    expect((await change({ type: 'add-judge', judge: all[4].id })).body.code).toBe('ROUND.JUDGE_THERE');
  });

  it('kills the links of what is taken away', async () => {
    const [, judge] = all;
    const [kept, taken] = await tasksOf(judge);
    await mark(judge, kept.id, 60);
    const { thumb } = taken.submission.media[0].links;
    expect((await site.visitorAs(judge.client).get(thumb)).status).toBe(200);
    const { body } = await change({
      ...{ type: 'replace-judge', judge: judge.id, by: all[5].id, take: 'open', reason: '出差' },
    });
    expect(body).toMatchObject({ kept: 2, uncounted: 0 });
    expect((await site.visitorAs(judge.client).get(thumb)).status).toBe(404);
    expect((await mark(judge, taken.id, 60)).body.code).toBe('TASK.RELEASED');
    expect((await judge.client.get(`/rounds/${round.id}/tasks`)).status).toBe(404);
    expect((await judge.client.get('/judge/rounds')).body.items).toEqual([]);
    expect(await tasksOf(all[5])).not.toHaveLength(0);
    expect([...(await judgesByCode()).values()]).toEqual(Array(8).fill(2));
  });

  it('hands a recused work to somebody else at once', async () => {
    const [, , judge] = all;
    const [first] = await tasksOf(judge);
    expect((await judge.client.post(`/tasks/${first.id}/recusal`, { reason: '是我的学生' })).status).toBe(
      204,
    );
    expect([...(await judgesByCode()).values()]).toEqual(Array(8).fill(2));
  });

  it('with a conflict takes works from a judge at once, marks included, and gives them back when it is lifted', async () => {
    const { body: contest } = await site.organiser.get(`/contests/${slug}`);
    const community = contest.communities.find(({ name }: Answer['body']) => name === '莲花社区').id;
    const [{ judge_id: of, task, code }] = await site.dataSource.query<
      { judge_id: string; task: string; code: string }[]
    >(
      `SELECT t.judge_id, t.id AS task, e.code FROM tasks t JOIN round_entries e ON e.id = t.entry_id
        WHERE e.submission_id = $1 AND t.state = 'open' LIMIT 1`,
      [works[0]],
    );
    const judge = all.find(({ id }) => id === of)!;
    expect((await mark(judge, task, 99)).status).toBe(200);
    const given = { judge: of, target: { of: 'community', id: community }, reason: '本社区居民' };
    const { body: tried } = await site.organiser.post(`/contests/${slug}/conflicts`, { ...given, dry: true });
    expect(tried).toMatchObject({ id: null, rounds: [{ round: round.id, effect: { uncounted: 1 } }] });
    const { body: set } = await site.organiser.post(`/contests/${slug}/conflicts`, given);
    expect((await tasksOf(judge)).map((one) => one.submission.code)).not.toContain(code);
    expect((await mark(judge, task, 1)).body.code).toBe('TASK.RELEASED');
    expect((await judgesByCode()).get(code)).toBe(2);
    const { body: list } = await site.organiser.get(`/contests/${slug}/conflicts`);
    expect(list.items).toMatchObject([{ of: 'community', name: '莲花社区', reason: '本社区居民' }]);
    const lifting = `/contests/${slug}/conflicts/${set.id}/lifting`;
    expect((await site.organiser.post(lifting, {})).status).toBe(422);
    expect((await site.organiser.post(lifting, { reason: '已迁出' })).status).toBe(200);
    expect(await site.broken()).toEqual([]);
  });

  it('raised to three, adds; a work taken out leaves every list and comes back with its marks', async () => {
    const { body } = await change({ type: 'per-submission', perSubmission: 3, reason: '更稳妥' });
    expect(body).toMatchObject({ uncounted: 0, connected: true });
    // One more for each work; some that nobody began may move besides, to even the loads.
    expect(body.added - body.released).toBe(8);
    expect([...(await judgesByCode()).values()]).toEqual(Array(8).fill(3));
    const submitted = async () =>
      (
        await site.dataSource.query<{ id: string }[]>(
          `SELECT id FROM tasks WHERE round_id = $1 AND state = 'submitted' ORDER BY id`,
          [round.id],
        )
      ).map(({ id }) => id);
    const counted = await submitted();
    expect(counted).toHaveLength(body.kept);
    const out = await change({
      ...{ type: 'remove-work', submission: works[0], status: 'disqualified', reason: '盗图' },
    });
    expect(out.body).toMatchObject({ works: { before: 8, after: 7 } });
    expect((await judgesByCode()).size).toBe(7);
    const back = await change({ type: 'add-work', submission: works[0], reason: '查明无误' });
    expect(back.body).toMatchObject({ works: { after: 8 } });
    // All that counted, and perhaps the mark that the lifted conflict had set aside.
    expect(await submitted()).toEqual(expect.arrayContaining(counted));
    expect(await site.broken()).toEqual([]);
  });

  it('takes a work that was accepted late, and none that was not', async () => {
    const { body: late } = await send(entrant, { author: { name: '后来', phone: '13700000099' } });
    await settled(entrant, late.id);
    const add = () => change({ type: 'add-work', submission: late.id, reason: '漏审' });
    expect((await add()).body.code).toBe('ROUND.WORK_NOT_ACCEPTED');
    await site.organiser.post(`/submissions/${late.id}/screening`, { decision: 'accept' });
    const { body } = await add();
    expect(body).toMatchObject({ works: { before: 8, after: 9 } });
    expect(body.added - body.released).toBe(3);
    expect((await add()).body.code).toBe('ROUND.WORK_THERE');
  });

  it('takes no late work of a judge’s own', async () => {
    const { body } = await send(entrant, { author: { name: '评委5', phone: '13900000005' } });
    await settled(entrant, body.id);
    await site.organiser.post(`/submissions/${body.id}/screening`, { decision: 'accept' });
    const answer = await change({ type: 'add-work', submission: body.id, reason: '漏审' });
    expect(answer.body.code).toBe('JUDGE.CONFLICT');
    await site.organiser.post(`/submissions/${body.id}/screening`, {
      decision: 'reject',
      reason: '评委作品',
    });
  });

  it('shows who is how far and reminds those who are behind; marks stay hidden as they were when it opened', async () => {
    const { body } = await site.organiser.get(`/rounds/${round.id}/progress`);
    expect(body.works.reduce((sum: number, { works: count }: Answer['body']) => sum + count, 0)).toBe(9);
    expect(JSON.stringify(body)).not.toMatch(/"marks"|"c1"/);
    const left = body.judges.find(({ id }: Answer['body']) => id === all[1].id);
    expect(left).toMatchObject({ left: true, done: 1, total: 1 });
    const remind = await site.organiser.post(`/rounds/${round.id}/reminders`, {
      judges: [all[1].id, all[5].id],
    });
    expect(remind.body).toEqual({ reminded: 1 });
    expect((await all[5].client.get('/messages')).body.items[0].title).toContain('待评');
    expect((await site.organiser.get(`/rounds/${round.id}/marks`)).body.code).toBe('ROUND.MARKS_HIDDEN');
    // For rounds that open later: this one is frozen.
    const set = await site.organiser.put(`/contests/${slug}/judging-settings`, { marksBeforeClose: true });
    expect(set.body).toEqual({ marksBeforeClose: true });
    expect((await site.organiser.get(`/rounds/${round.id}/marks`)).body.code).toBe('ROUND.MARKS_HIDDEN');
  });

  it('closes with a reason where somebody never came, and says who', async () => {
    for (const judge of all.filter((_, index) => index !== 1 && index !== 5)) {
      for (const [index, { id, state }] of (await tasksOf(judge)).entries()) {
        if (state === 'open') await mark(judge, id, 40 + 5 * index);
      }
    }
    expect((await site.organiser.post(`/rounds/${round.id}/close`, {})).body.code).toBe(
      'ROUND.MARKS_MISSING',
    );
    const reason = '评委六始终没有参加';
    expect((await site.organiser.post(`/rounds/${round.id}/close`, { reason })).body).toMatchObject({
      status: 'closed',
      closeReason: reason,
    });
    const [{ facts }] = await site.dataSource.query<{ facts: Answer['body'] }[]>(
      `SELECT facts FROM audit_entries WHERE action = 'round.closed'`,
    );
    expect(facts.late).toEqual([{ judge: all[5].id, missing: facts.missing }]);
    expect(await site.broken()).toEqual([]);
  });
});

describe('from round to round', () => {
  let first: string;
  const select = (id: string, selection: object, dry = false) =>
    site.organiser.put(`/rounds/${id}/selection`, { selection, dry });

  it('says how many works and authors a choice takes on, and sets it', async () => {
    first = round.id;
    const tried = await select(first, { by: 'number', count: 4 }, true);
    expect(tried).toMatchObject({ status: 200, body: { of: 9 } });
    expect(tried.body.works).toBeGreaterThanOrEqual(4);
    expect(tried.body.authors).toBe(tried.body.works);
    expect((await select(first, { by: 'threshold', least: 0 }, true)).body.works).toBe(9);
    const { body } = await select(first, { by: 'hand', works: works.slice(0, 5), reason: '评委会商定' });
    expect(body).toMatchObject({ works: 5, authors: 5, tied: 0 });
    expect((await site.organiser.get(`/contests/${slug}/rounds`)).body.items[0]).toMatchObject({
      selection: { by: 'hand', reason: '评委会商定' },
      selected: 5,
    });
  });

  it('opens the next round with those alone, once they are selected', async () => {
    const given = {
      name: '投票',
      kind: 'tokens',
      tokens: 2,
      perSubmission: null,
      select: { rounds: [first] },
    };
    const made = await create(given);
    expect(made).toMatchObject({ status: 201, body: { tokens: 2, criteria: [{ id: 'token', max: 1 }] } });
    round = (await site.organiser.post(`/rounds/${made.body.id}/open`)).body;
    expect(round).toMatchObject({ works: 5, total: 8 });
    expect((await select(first, { by: 'number', count: 1 })).body.code).toBe('RESULT.SELECTION_USED');
  });

  it('of tokens takes as many as each judge has, however fast they are laid', async () => {
    const [judge] = all;
    const lay = (id: string, token: number) =>
      judge.client.put(`/tasks/${id}/sheet`, { marks: { token }, submitted: true });
    const tasks = await tasksOf(judge);
    const answers = await Promise.all(tasks.map(({ id }) => lay(id, 1)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(answers.filter(({ body }) => body.code === 'SHEET.NO_TOKENS_LEFT')).toHaveLength(3);
    const laid = tasks.filter((_, index) => answers[index].status === 200);
    const free = tasks.filter((_, index) => answers[index].status !== 200);
    expect((await lay(laid[0].id, 0)).status).toBe(200);
    expect((await lay(free[0].id, 1)).status).toBe(200);
    const { judges: progress } = (await site.organiser.get(`/rounds/${round.id}/progress`)).body;
    expect(progress[0]).toMatchObject({ done: 2, total: 2 });
    // A sheet is a vote here: how many a work has, and of whom, is told by nothing before the close.
    const { works: sheets, fewest } = (await site.organiser.get(`/rounds/${round.id}/progress`)).body;
    expect([sheets, fewest]).toEqual([[], []]);
    const { submission_id: voted } = (
      await site.dataSource.query<{ submission_id: string }[]>(
        'SELECT e.submission_id FROM tasks t JOIN round_entries e ON e.id = t.entry_id WHERE t.id = $1',
        [free[0].id],
      )
    )[0];
    const out = { type: 'remove-work', submission: voted, status: 'withdrawn', reason: '—' };
    const { body: tried } = await site.organiser.post(`/rounds/${round.id}/changes`, {
      change: out,
      dry: true,
    });
    expect(tried).toMatchObject({ kept: null, uncounted: null, works: { before: 5, after: 4 } });
    expect(tried.judges.map(({ before, after }: Answer['body']) => [before.done, after.done])).toEqual(
      tried.judges.map(() => [null, null]),
    );
  });

  it('votes again on works that were tied', async () => {
    // Two works have three tokens, three works one, one or none: the line of two falls between; of three, on a tie.
    const codes = (await tasksOf(all[0])).map(({ submission }) => submission.code).sort();
    const votes = [
      [0, 1],
      [0, 1],
      [0, 2],
      [1, 3],
    ];
    for (const [index, judge] of all.slice(0, 4).entries()) {
      const byCode = new Map((await tasksOf(judge)).map(({ id, submission }) => [submission.code, id]));
      const put = (code: string, token: number) =>
        judge.client.put(`/tasks/${byCode.get(code)}/sheet`, { marks: { token }, submitted: true });
      for (const code of codes) await put(code, 0);
      for (const at of votes[index]) expect((await put(codes[at], 1)).status).toBe(200);
    }
    expect((await site.organiser.post(`/rounds/${round.id}/close`, {})).status).toBe(200);
    const { body } = await select(round.id, { by: 'number', count: 3, tied: 'out' });
    expect(body).toMatchObject({ works: 2, tied: 2 });
    const { body: run } = await site.organiser.post(`/contests/${slug}/results`, { category: 'photo' });
    expect(run.method).toMatchObject({ key: 'tokens', kind: 'tokens', adjusted: false });
    expect(run.ranking.map(({ score }: Answer['body']) => score)).toEqual(['3', '3', '1', '1', '0']);
    expect(run.ranking.map(({ group }: Answer['body']) => group)).toEqual([1, 1, 2, 2, 3]);
    expect(body.items.map(({ value }: Answer['body']) => value)).toEqual([
      '3.00',
      '3.00',
      '1.00',
      '1.00',
      '0.00',
    ]);
    const again = await create({
      ...{ name: '复投', kind: 'tokens', tokens: 1, perSubmission: null },
      select: { rounds: [round.id], tied: true },
    });
    round = (await site.organiser.post(`/rounds/${again.body.id}/open`)).body;
    expect(round).toMatchObject({ works: 2, total: 4 });
    expect((await site.organiser.post(`/contests/${slug}/results`, { category: 'photo' })).body.code).toBe(
      'RESULT.ROUND_NOT_CLOSED',
    );
    expect(await site.broken()).toEqual([]);
  });

  it('of pass or fail takes on what the frozen share and quorum say, and no other share', async () => {
    await site.organiser.post(`/rounds/${round.id}/close`, { reason: '改为筛选' });
    const { body: made } = await create({
      ...{ name: '筛选', kind: 'pass', perSubmission: null, quorum: 3, passPercent: 60 },
      select: { rounds: [first] },
    });
    expect(made.criteria).toMatchObject([{ id: 'pass', min: 0, max: 1, step: 1 }]);
    round = (await site.organiser.post(`/rounds/${made.id}/open`)).body;
    const codes = (await tasksOf(all[0])).map(({ submission }) => submission.code).sort();
    // Passes by work of four judges; the last has two decisions only.
    const passes = [4, 3, 2, 0];
    for (const [index, judge] of all.slice(0, 4).entries()) {
      for (const { id, submission } of await tasksOf(judge)) {
        const at = codes.indexOf(submission.code);
        if (at === 4 && index > 1) continue;
        const pass = at === 4 || index < passes[at] ? 1 : 0;
        const { status } = await judge.client.put(`/tasks/${id}/sheet`, { marks: { pass }, submitted: true });
        expect(status).toBe(200);
      }
    }
    expect((await site.organiser.post(`/rounds/${round.id}/close`, { reason: '两位未评' })).status).toBe(200);
    const lower = await select(round.id, { by: 'threshold', least: 50 }, true);
    expect(lower.body.code).toBe('RESULT.THRESHOLD_FROZEN');
    const { body } = await select(round.id, { by: 'threshold', least: 60 });
    expect(body.works).toBe(2);
    const values = body.items.map(({ value }: Answer['body']) => value);
    expect(values).toEqual(['100.00', '75.00', '50.00', '0.00', null]);
    expect(await site.broken()).toEqual([]);
  });
});
