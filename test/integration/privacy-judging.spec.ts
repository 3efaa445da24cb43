import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ErasureSweeper } from '../../src/privacy/erasure-sweeper.js';
import type { Answer, Client } from './support/client.js';
import { canariesOf, words, workOf } from './support/person.js';
import { slug, startSite, type Site } from './support/site.js';
import { tracesOf } from './support/traces.js';
import { acceptedWorks, judges, send, settled } from './support/works.js';

// SECURITY.md, People: erasure on request keeps the counts and drops the person.

const password = 'password of theirs';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const deletion = (client: Client) => client.get('/account/deletion');
const giveUp = (client: Client, given = password) => client.post('/account/deletion', { password: given });
const rows = <T>(sql: string, params: unknown[] = []) => site.dataSource.query<T[]>(sql, params);

describe('an account that is given up during judging', () => {
  const canary = canariesOf('Pingzhong', 2);
  const winner = canariesOf('Huojiang', 3);
  let client: Client;
  let crowned: Client;
  let panel: Awaited<ReturnType<typeof judges>>;
  let round: Answer['body'];

  const tasks = async (judge: number) =>
    (await panel[judge].client.get(`/rounds/${round.id}/tasks`)).body.items as Answer['body'][];
  const mark = async (judge: number, only?: number) => {
    for (const { id, submission } of (await tasks(judge)).slice(0, only)) {
      const value = submission.title === winner.title ? 90 + judge : 40 + judge;
      await panel[judge].client.put(`/tasks/${id}/sheet`, {
        marks: { c1: value, c2: value, c3: value },
        submitted: true,
      });
    }
  };

  beforeAll(async () => {
    client = await site.entrant(canary.account, canary.phone);
    crowned = await site.entrant(winner.account, winner.phone);
    await acceptedWorks(site.organiser, client, [await workOf(canary), await workOf(canary, 1)]);
    await acceptedWorks(site.organiser, crowned, [await workOf(winner)]);
    // Sent, but not admitted; and never sent.
    const { body } = await send(client, await workOf(canary, 2));
    await settled(client, body.id);
    await site.organiser.post(`/submissions/${body.id}/screening`, {
      decision: 'reject',
      reason: canary.reason,
    });
    await send(client, { ...(await workOf(canary, 3)), draft: 'true' });
    panel = await judges(site.organiser, 5);
    const created = await site.organiser.post(`/contests/${slug}/rounds`, {
      category: 'photo',
      name: '终评',
      kind: 'score',
      judges: panel.map(({ id }) => id),
      method: 'auto',
    });
    round = (await site.organiser.post(`/rounds/${created.body.id}/open`)).body;
    await mark(0);
    await mark(1, 1);
  });

  it('is told which works stay, and why', async () => {
    const { body } = await deletion(client);
    expect(body.deleted).toMatchObject({ works: 1, drafts: 1, otherAuthors: 1 });
    expect(body.kept.map((work: Answer['body']) => [work.title, work.decided, work.printed])).toEqual(
      Array(3).fill([canary.title, false, null]),
    );
  });

  it('is kept while a judge’s or an organiser’s round is open', async () => {
    expect(await giveUp(panel[0].client, 'password of judge 0')).toMatchObject({
      status: 409,
      body: { code: 'PRIVACY.JUDGES_OPEN_ROUND', detail: expect.stringContaining('终评') },
    });
    const { body } = await deletion(site.organiser);
    expect(body.refusals.map(({ code }: Answer['body']) => code)).toEqual([
      'PRIVACY.LAST_ADMIN',
      'PRIVACY.ORGANISES_OPEN_ROUND',
    ]);
  });

  it('goes, and its works stay in the round without a name: marks stay, judging goes on', async () => {
    const before = await tasks(0);
    // What an organiser wrote of the person elsewhere goes, too.
    await site.dataSource.query(
      `INSERT INTO judge_conflicts (contest_id, judge_id, author_id, reason, created_by)
       SELECT contest_id, gen_random_uuid(), author_id, $1, gen_random_uuid() FROM submissions
        WHERE title = $2 LIMIT 1`,
      [`${canary.author}的同事`, canary.title],
    );
    expect((await giveUp(client)).status).toBe(204);
    const after = await tasks(0);
    expect(after.map(({ sheet, submission }) => [submission.code, sheet.marks])).toEqual(
      before.map(({ sheet, submission }) => [submission.code, sheet.marks]),
    );
    const links = after[0].submission.media[0].links;
    expect((await site.visitorAs(panel[0].client).get(links.preview)).status).toBe(200);
    const { preview } = (await tasks(1))[0].submission.media[0].links;
    expect((await site.visitorAs(client).get(preview)).status).not.toBe(200);
    // Documented in ADR 0009: what judges read stays until the result is locked.
    expect(await tracesOf(site.dataSource, words(canary))).toEqual([
      'submissions.story',
      'submissions.title',
    ]);
    const { body } = await site.organiser.get(`/contests/${slug}/screening?status=accepted`);
    const desk = body.items.filter((work: Answer['body']) => work.title === canary.title);
    expect(
      desk.map((work: Answer['body']) => [work.author.name, work.author.phone, work.media[0].name]),
    ).toEqual(Array(2).fill(['已注销', '', '1']));
    expect(await site.broken()).toEqual([]);
  });

  it('loses its words once the result is locked; the result counts its works as it did', async () => {
    for (const judge of panel.keys()) await mark(judge);
    expect((await site.organiser.post(`/rounds/${round.id}/close`, {})).status).toBe(200);
    const dry = (await site.organiser.post(`/contests/${slug}/results`, { category: 'photo' })).body;
    expect(dry.ranking).toHaveLength(3);
    expect(dry.ranking[0].submission).toMatchObject({ title: winner.title, author: winner.author });
    expect(dry.ranking[1].submission.author).toBe('已注销');
    expect((await site.organiser.post(`/results/${dry.id}/lock`)).status).toBe(200);
    await site.app.get(ErasureSweeper).sweep();
    // Those of its works that won a prize meanwhile keep their title in the published result.
    expect(await tracesOf(site.dataSource, words(canary))).toEqual(['submissions.title']);
    const titles = await rows<{ title: string }>(
      'SELECT title FROM submissions WHERE NOT in_judging AND anonymised_at IS NOT NULL',
    );
    expect(titles).toEqual([{ title: '已注销作品' }]);
    expect(await site.broken()).toEqual([]);
  });

  it('of a winner: the published result keeps the name, and everything else forgets it', async () => {
    const csv = () => site.organiser.get(`/contests/${slug}/exports/winners.csv?phones=full`);
    expect((await csv()).body.toString()).toContain(winner.authorPhone);
    const show = (shown: string) => site.organiser.put(`/contests/${slug}/gallery`, { shown });
    const shown = async () =>
      JSON.stringify((await site.visitor().get(`/contests/${slug}/gallery`)).body.works);
    await show('results');
    expect(await shown()).toContain(winner.title);
    const { body } = await deletion(crowned);
    expect(body.kept).toMatchObject([
      { title: winner.title, decided: true, printed: { name: winner.author, prize: '特等奖' } },
    ]);
    expect((await giveUp(crowned)).status).toBe(204);
    const text = (await csv()).body.toString();
    expect(text).toContain(winner.author);
    expect(text).not.toContain(winner.authorPhone);
    const [{ id }] = (await site.organiser.get(`/contests/${slug}/results`)).body.items.filter(
      ({ status }: Answer['body']) => status === 'locked',
    );
    const { ranking } = (await site.organiser.get(`/results/${id}`)).body;
    expect(ranking[0].submission.author).toBe(winner.author);
    expect(await shown()).not.toContain(winner.title);
    await show('off');
    await show('results');
    expect(await shown()).not.toContain(winner.title);
    expect(await tracesOf(site.dataSource, words(winner))).toEqual([
      'awards.printed_name',
      'submissions.title',
    ]);
    expect(await site.broken()).toEqual([]);
  });

  it('of a judge, afterwards: the marks stay, the person goes', async () => {
    const [{ client: judge, id }] = panel;
    const before = await rows('SELECT * FROM sheet_versions WHERE actor_id = $1', [id]);
    expect((await giveUp(judge, 'password of judge 0')).status).toBe(204);
    expect(await rows('SELECT * FROM sheet_versions WHERE actor_id = $1', [id])).toEqual(before);
    const { body } = await site.organiser.get(`/contests/${slug}/rounds`);
    expect(body.items[0].judges[0]).toMatchObject({ name: '已注销' });
    expect(await tracesOf(site.dataSource, ['13900000000'])).toEqual([]);
    expect(await site.broken()).toEqual([]);
  });
});

describe('an account whose work is judged by its link, given up during judging', () => {
  const canary = canariesOf('Lianjie', 6);

  it('leaves the bare link, as long as there is nothing else to judge', async () => {
    await site.dataSource.query(
      `UPDATE categories SET entry = 'link', link_required = true WHERE key = 'douyin'`,
    );
    const client = await site.entrant(canary.account, canary.phone);
    const { body: sent } = await send(client, { ...(await workOf(canary)), category: 'douyin', files: [] });
    await site.organiser.post(`/submissions/${sent.id}/screening`, { decision: 'accept' });
    const panel = await judges(site.organiser, 3, 13911110000);
    const { body: round } = await site.organiser.post(`/contests/${slug}/rounds`, {
      category: 'douyin',
      name: '短片',
      kind: 'score',
      judges: panel.map(({ id }) => id),
      method: 'auto',
    });
    expect((await site.organiser.post(`/rounds/${round.id}/open`)).status).toBe(200);
    expect((await giveUp(client)).status).toBe(204);
    const { body } = await panel[0].client.get(`/rounds/${round.id}/tasks`);
    expect(body.items[0].submission.link).toBe(`https://v.douyin.com/${canary.code}0/`);
    expect(await tracesOf(site.dataSource, [canary.text, canary.handle])).toEqual([]);
    expect(await site.broken()).toEqual([]);
    await site.dataSource.query(`UPDATE categories SET decided_at = dingge_now() WHERE key = 'douyin'`);
    await site.app.get(ErasureSweeper).sweep();
    expect(await tracesOf(site.dataSource, words(canary))).toEqual([]);
    expect(await site.broken()).toEqual([]);
  });
});
