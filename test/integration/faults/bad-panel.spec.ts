import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { startHouse, type House } from '../support/house.js';
import { slug } from '../support/site.js';
import { acceptedWorks, judges } from '../support/works.js';

// A whole contest with a bad panel: one judge never comes, one is replaced half-way, one steps back from five works,
// k is raised, a work is disqualified, and the server is killed twice while marks arrive.

interface Judge {
  id: string;
  client: Client;
}

let house: House;
let organiser: Client;
let panel: Judge[];
let works: string[];
let round: Answer['body'];
/** What the server said it had saved, the last word for each task. */
const acknowledged = new Map<string, { marks: object; judge: string }>();

beforeAll(async () => {
  house = await startHouse();
  organiser = await house.entrant('主办', '13800000000');
  await house.dataSource.query(
    `INSERT INTO role_grants (account_id, role, contest_id)
     SELECT a.id, 'organiser', c.id FROM accounts a, contests c WHERE a.phone = '13800000000'`,
  );
  const entrant = await house.entrant('张三', '13800000001');
  works = await acceptedWorks(
    organiser,
    entrant,
    Array.from({ length: 15 }, (_, index) => ({
      title: `作品${index}`,
      author: { name: `作者${index}`, phone: String(13_700_000_000 + index) },
    })),
  );
  panel = await judges(organiser, 6);
});
afterAll(() => house.close());

const change = async (given: object) => {
  const { status, body } = await organiser.post(`/rounds/${round.id}/changes`, { change: given });
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
};

/** Asks until somebody answers 200, as a page does whose server is away. */
async function insist(ask: () => Promise<Answer>): Promise<Answer['body']> {
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer?.status === 200) return answer.body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const tasksOf = async ({ client }: Judge) =>
  (await insist(() => client.get(`/rounds/${round.id}/tasks`))).items as Answer['body'][];

/** Marks what is open, of the first so many. */
async function judge(who: Judge, upTo = Infinity): Promise<void> {
  for (const { id, state, submission } of (await tasksOf(who)).slice(0, upTo)) {
    if (state !== 'open') continue;
    const value = 40 + ((Number(submission.code) * 7 + panel.indexOf(who) * 3) % 60);
    const marks = { c1: value, c2: value - 1, c3: value - 2 };
    await insist(() => who.client.put(`/tasks/${id}/sheet`, { marks, submitted: true }));
    acknowledged.set(id, { marks, judge: who.id });
  }
}

/** Kills the server with -9 while the given judges mark, and starts it again. */
async function killedWhile(judging: Promise<unknown>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 60));
  await house.server.kill();
  await house.start();
  for (const { client } of panel) client.url = `${house.server.url}/api`;
  await judging;
}

it('closes with everything accounted for', async () => {
  const [absent, replaced, recusing, fourth, fifth, successor] = panel;
  const made = await organiser.post(`/contests/${slug}/rounds`, {
    category: 'photo',
    name: '评审',
    judges: [absent, replaced, recusing, fourth, fifth].map(({ id }) => id),
    perSubmission: 3,
  });
  round = (await organiser.post(`/rounds/${made.body.id}/open`)).body;
  expect(round).toMatchObject({ works: 15, total: 45 });

  await killedWhile(Promise.all([judge(replaced, 4), judge(fourth, 5)]));
  await change({
    ...{ type: 'replace-judge', judge: replaced.id, by: successor.id, take: 'open', reason: '生病' },
  });
  for (const { id } of (await tasksOf(recusing)).slice(0, 5)) {
    expect((await recusing.client.post(`/tasks/${id}/recusal`, { reason: '同单位' })).status).toBe(204);
  }
  await change({ type: 'per-submission', perSubmission: 4, reason: '分歧较大' });
  await change({ type: 'remove-work', submission: works[3], status: 'disqualified', reason: '冒名' });
  await killedWhile(Promise.all([judge(recusing), judge(fourth), judge(fifth), judge(successor)]));
  for (const who of [recusing, fourth, fifth, successor]) await judge(who);

  expect((await organiser.post(`/rounds/${round.id}/close`, {})).body.code).toBe('ROUND.MARKS_MISSING');
  const closed = await organiser.post(`/rounds/${round.id}/close`, { reason: '评委0 一直未到' });
  expect(closed.body).toMatchObject({ status: 'closed', works: 14, closeReason: '评委0 一直未到' });

  // Every mark that was acknowledged is there, and counts unless its work is out.
  const rows = await house.dataSource.query<
    { id: string; marks: object; state: string; judge: string; out: boolean }[]
  >(
    `SELECT t.id, v.marks, t.state, t.judge_id AS judge, e.removed_at IS NOT NULL AS out
       FROM tasks t JOIN round_entries e ON e.id = t.entry_id
       JOIN sheet_versions v ON v.task_id = t.id AND v.version = t.version`,
  );
  expect(new Map(rows.map(({ id, marks, judge: of }) => [id, { marks, judge: of }]))).toEqual(acknowledged);
  for (const { state, out } of rows) expect(state).toBe(out ? 'released' : 'submitted');
  expect(rows.filter(({ judge: of }) => of === replaced.id)).toHaveLength(4);
  const missing = closed.body.total - closed.body.done;
  expect(missing).toBe(closed.body.judges.find(({ id }: Answer['body']) => id === absent.id).total);

  const result = await organiser.post(`/contests/${slug}/results`, { category: 'photo' });
  expect(result.status).toBe(201);
  expect(result.body.ranking).toHaveLength(14);
  expect(await house.broken()).toEqual([]);
}, 120_000);
