import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DeadlineReminders } from '../../src/judging/deadline-reminders.js';
import type { Answer, Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges } from './support/works.js';

interface Judge {
  id: string;
  client: Client;
}

let site: Site;
let roundId: string;
/** Done with everything, and with nothing. */
let done: Judge;
let behind: Judge;

beforeAll(async () => {
  site = await startSite();
  const entrant = await site.entrant('张三', '13800000001');
  await acceptedWorks(
    site.organiser,
    entrant,
    [1, 2].map((n) => ({ title: `作品${n}`, author: { name: `作者${n}`, phone: `1370000000${n}` } })),
  );
  [done, behind] = await judges(site.organiser, 2);
  const { body: round } = await site.organiser.post(`/contests/${slug}/rounds`, {
    category: 'photo',
    name: '初评',
    judges: [done.id, behind.id],
  });
  roundId = round.id;
  expect((await site.organiser.post(`/rounds/${roundId}/open`)).status).toBe(200);
  const { body } = await done.client.get(`/rounds/${roundId}/tasks`);
  for (const { id } of body.items) {
    const marks = { c1: 80, c2: 80, c3: 80 };
    expect((await done.client.put(`/tasks/${id}/sheet`, { marks, submitted: true })).status).toBe(200);
  }
});
afterAll(() => site.close());

it('reminds by itself, once a deadline, whoever is behind a day before it', async () => {
  const sweep = () => site.app.get(DeadlineReminders).sweep();
  const within = async (hours: number) => {
    const deadlineAt = new Date(Date.now() + hours * 3_600_000).toISOString();
    expect((await site.organiser.patch(`/rounds/${roundId}`, { deadlineAt })).status).toBe(200);
  };
  const told = async ({ client }: Judge) =>
    (await client.get('/messages')).body.items.filter(({ title }: Answer['body']) =>
      title.includes('前评完'),
    );
  await within(23);
  // Who was given a round within its last day knows when it ends.
  expect(await sweep()).toBe(0);
  await site.dataSource.query(`UPDATE rounds SET opened_at = opened_at - interval '3 days'`);
  // One pass of two processes at once: nobody hears it twice.
  const passes = await Promise.all([sweep(), sweep()]);
  expect(passes[0] + passes[1]).toBe(1);
  expect(await told(behind)).toHaveLength(1);
  expect(await told(done)).toEqual([]);
  expect(await sweep()).toBe(0);
  await within(30);
  expect(await sweep()).toBe(0);
  await within(12);
  expect(await sweep()).toBe(1);
  expect(await told(behind)).toHaveLength(2);
  const [{ facts, actor_id: actor }] = await site.dataSource.query<Answer['body'][]>(
    `SELECT facts, actor_id FROM audit_entries WHERE action = 'round.reminded' ORDER BY seq DESC LIMIT 1`,
  );
  expect([actor, facts.judges]).toEqual([null, [behind.id]]);
});

it('is told of by verify where its settings are no longer those of the opening', async () => {
  expect(await site.broken()).toEqual([]);
  const thawed = [expect.stringMatching(/^the settings of every round that was opened /)];
  const weight = (by: number) =>
    site.dataSource.query(
      `UPDATE rounds SET criteria = jsonb_set(criteria, '{0,weight}',
                                              to_jsonb((criteria->0->>'weight')::numeric + $1))`,
      [by],
    );
  const swap = () => site.dataSource.query('UPDATE round_judges SET position = 1 - position');
  for (const [alter, restore] of [
    [() => weight(1), () => weight(-1)],
    [swap, swap],
  ]) {
    await alter();
    expect(await site.broken()).toEqual(thawed);
    await restore();
    expect(await site.broken()).toEqual([]);
  }
});
