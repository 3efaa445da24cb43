import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { acceptedWorks, judges } from './support/works.js';

let site: Site;
let works: string[];
let round: string;
/** By name. */
const tiers: Record<string, string> = {};
let second: Client;

/** Ten works by ten authors; judge j gives work i: base[i] + j. The last two are equal in everything. */
const base = [90, 80, 70, 60, 55, 50, 45, 40, 30, 30];

beforeAll(async () => {
  site = await startSite();
  const entrant = await site.entrant('社工', '13800000001');
  works = await acceptedWorks(
    site.organiser,
    entrant,
    base.map((_, index) => ({
      title: `${index}`,
      author: { name: `作者${index}`, phone: `1370000000${index}` },
    })),
  );
  second = await organiser('另一位主办方', '13800000002');
  const { body: rules } = await site.organiser.get(`/contests/${slug}/award-rules`);
  for (const { id, name } of rules.categories[0].tiers) tiers[name] = id;
});
afterAll(() => site.close());

async function organiser(name: string, phone: string): Promise<Client> {
  const client = await site.entrant(name, phone);
  const { body } = await client.get('/session');
  await site.dataSource.query(
    `INSERT INTO role_grants (account_id, contest_id, role)
     SELECT $1, id, 'organiser' FROM contests WHERE slug = $2`,
    [body.account.id, slug],
  );
  return client;
}

const setRules = (rules: unknown) => site.organiser.patch(`/contests/${slug}/award-rules`, rules);
const dryRun = (overrides: unknown[] = [], client = site.organiser) =>
  client.post(`/contests/${slug}/results`, { category: 'photo', overrides });
const show = async (id: string) => (await site.organiser.get(`/results/${id}`)).body;
const inForce = async () => {
  const { body } = await site.organiser.get(`/contests/${slug}/results`);
  return body.items.find(({ status }: Answer['body']) => status === 'locked');
};
/** Titles by tier, as the awards have them. */
async function awards(): Promise<Record<string, string[]>> {
  const rows = await site.dataSource.query<{ tier: string; titles: string[] }[]>(
    `SELECT t.name AS tier, array_agg(s.title ORDER BY w.position) AS titles FROM awards w
       JOIN prize_tiers t ON t.id = w.tier_id JOIN submissions s ON s.id = w.submission_id GROUP BY t.id`,
  );
  return Object.fromEntries(rows.map(({ tier, titles }) => [tier, titles]));
}
const logged = async (action: string): Promise<number> => {
  const rows = await site.dataSource.query<unknown[]>('SELECT FROM audit_entries WHERE action = $1', [
    action,
  ]);
  return rows.length;
};

describe('the rules for prizes', () => {
  it('are set before judging begins', async () => {
    const given = {
      categories: [
        {
          key: 'photo',
          quotaTies: 'expand',
          promotion: 'cascade',
          tiers: [{ id: tiers['优秀作品'], floor: 31.5 }],
        },
      ],
    };
    const { status, body } = await setRules(given);
    expect(status).toBe(200);
    expect(body).toMatchObject({ personLimit: null, secondLock: false });
    expect(body.categories[0]).toMatchObject({ frozenAt: null, personLimit: 1, quotaTies: 'expand' });
    expect(body.categories[0].tiers.at(-1)).toMatchObject({ floor: 31.5, personLimit: null });
    const foreign = { categories: [{ key: 'douyin', tiers: [{ id: tiers['优秀作品'], floor: 1 }] }] };
    expect((await setRules(foreign)).body.code).toBe('RESULT.TIER_UNKNOWN');
    expect(await logged('contest.award_rules_set')).toBe(1);
  });

  it('and frozen, as the round’s own are, when it begins', async () => {
    const panel = await judges(site.organiser, 5);
    const settings = {
      category: 'photo',
      name: '终评',
      judges: panel.map(({ id }) => id),
      method: 'trimmed',
      scoring: { trim: { highest: 3, lowest: 2 } },
    };
    const refused = await site.organiser.post(`/contests/${slug}/rounds`, settings);
    expect([refused.body.code, refused.body.errors[0].path]).toEqual(['ROUND.SETTINGS', 'scoring.trim']);
    const scoring = {
      trim: { highest: 1, lowest: 2 },
      rounding: { score: { places: 1, mode: 'half-even' } },
      ties: ['median', 'chair', 'earlier_submission'],
    };
    const { body } = await site.organiser.post(`/contests/${slug}/rounds`, { ...settings, scoring });
    round = body.id;
    expect(body.scoring).toEqual({
      ...scoring,
      rounding: { sheet: null, score: { places: 1, mode: 'half-even' } },
    });
    await site.organiser.post(`/rounds/${round}/open`);
    for (const [judge, { client }] of panel.entries()) {
      const { body: tasks } = await client.get(`/rounds/${round}/tasks`);
      for (const { id, submission } of tasks.items) {
        const value = base[Number(submission.title)] + judge;
        await client.put(`/tasks/${id}/sheet`, {
          marks: { c1: value, c2: value, c3: value },
          submitted: true,
        });
      }
    }
    await site.organiser.post(`/rounds/${round}/close`, {});
    const late = { categories: [{ key: 'photo', promotion: 'leave_vacant' }] };
    expect((await setRules(late)).body.code).toBe('RESULT.RULES_FROZEN');
    expect((await setRules({ secondLock: true })).body.code).toBe('RESULT.RULES_FROZEN');
    const still = await setRules({ categories: [{ key: 'douyin', personLimit: 2 }] });
    expect(still.status).toBe(200);
    const since = still.body.categories.map(({ frozenAt }: Answer['body']) => frozenAt);
    const { body: rounds } = await site.organiser.get(`/contests/${slug}/rounds`);
    expect(since).toEqual([rounds.items[0].openedAt, null]);
  });
});

describe('a dry run under them', () => {
  it('drops, rounds and decides ties as they say', async () => {
    const { body } = await dryRun();
    expect(body.method).toMatchObject({
      key: 'trimmed',
      trim: { highest: 1, lowest: 2 },
      ties: ['score', 'median', 'chair', 'earlier_submission', 'draw'],
    });
    expect(body.ranking[0]).toMatchObject({ score: '92.5', exact: '185/2', decidedBy: 'score' });
    expect(body.ranking[0].sum.map(({ dropped }: Answer['body']) => dropped)).toEqual([
      'lowest',
      'lowest',
      null,
      null,
      'highest',
    ]);
    const [eighth, ninth] = body.ranking.slice(8);
    expect([eighth.group, ninth.group, eighth.decidedBy]).toEqual([9, 9, 'earlier_submission']);
    expect(ninth.tier).toBe(tiers['三等奖']);
  });

  it('hears what the jury’s chair decided, of a whole tie only', async () => {
    const decide = (order: string[]) =>
      site.organiser.post(`/rounds/${round}/tie-decisions`, { order, reason: '评委会主席裁定' });
    expect((await decide([works[0], works[1]])).body.code).toBe('RESULT.NOT_ONE_TIE');
    expect((await decide([works[9], works[8]])).status).toBe(204);
    const { body } = await dryRun();
    const last = body.ranking.slice(8).map(({ submission }: Answer['body']) => submission.title);
    expect([last, body.ranking[8].decidedBy]).toEqual([['9', '8'], 'chair']);
  });

  it('shows what the organiser decided against the order, and why; it is logged once', async () => {
    const overrides = [
      { do: 'place', submission: works[5], tier: tiers['一等奖'], reason: '评委会一致提议' },
      { do: 'out', submission: works[1], reason: '作者放弃' },
      { do: 'vacate', tier: tiers['二等奖'], places: 3, reason: '水平不够' },
    ];
    const { status, body } = await dryRun(overrides);
    expect(status).toBe(201);
    const tierOf = (title: string) => {
      const { tier, skipped } = body.ranking.find(
        ({ submission }: Answer['body']) => submission.title === title,
      );
      return Object.keys(tiers).find((name) => tiers[name] === tier) ?? skipped;
    };
    expect(['0', '1', '2', '3', '4', '5'].map(tierOf)).toEqual([
      '特等奖',
      'TAKEN_OUT',
      '一等奖',
      '二等奖',
      '三等奖',
      '一等奖',
    ]);
    expect(body.overrides.map(({ reason }: Answer['body']) => reason)).toEqual(
      overrides.map(({ reason }) => reason),
    );
    expect(body.tiers[2]).toMatchObject({ quota: 4, filled: 1, vacated: 3 });
    expect((await dryRun(overrides)).body.hash).toBe(body.hash);
    expect(await logged('result.overridden')).toBe(3);
  });

  it('refuses overrides that can’t be', async () => {
    const vacate = { do: 'vacate', tier: tiers['特等奖'], places: 1, reason: '空缺' };
    const place = { do: 'place', submission: works[0], tier: tiers['特等奖'], reason: '特等' };
    expect((await dryRun([vacate, place])).body.code).toBe('RESULT.OVERRIDE_OVER_QUOTA');
    expect((await dryRun([{ ...place, submission: round }])).body.code).toBe('RESULT.OVERRIDE_IMPOSSIBLE');
    expect((await dryRun([{ ...place, reason: '' }])).status).toBe(422);
  });

  it('can be compared with other rules, and nothing of that is kept', async () => {
    const { body: run } = await dryRun();
    const before = (await site.organiser.get(`/contests/${slug}/results`)).body.items.length;
    const compare = (rules: unknown) => site.organiser.post(`/results/${run.id}/comparison`, rules);
    const { status, body } = await compare({ method: 'borda', ties: ['earlier_submission'] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ purpose: 'comparison', base: run.id, places: 2, awards: 0 });
    expect(body.method.key).toBe('borda');
    expect(body.works[0]).toMatchObject({
      submission: { title: '9' },
      place: { before: 9, after: 10 },
      score: { before: '32.5' },
    });
    expect((await compare({ withoutJudge: '评委1' })).body).toMatchObject({ places: 0, awards: 0 });
    expect((await compare({ withoutJudge: '评委9' })).body.code).toBe('RESULT.JUDGE_UNKNOWN');
    expect((await site.organiser.get(`/contests/${slug}/results`)).body.items).toHaveLength(before);
  });
});

describe('after the lock', () => {
  let first: Answer['body'];

  it('one result is in force, and its row can’t be touched', async () => {
    const { body } = await dryRun();
    first = (await site.organiser.post(`/results/${body.id}/lock`)).body;
    expect(first).toMatchObject({ status: 'locked', version: 1, supersedes: null, origin: null });
    for (const sql of [
      `UPDATE results SET hash = '' WHERE id = $1`,
      `UPDATE results SET status = 'dry' WHERE id = $1`,
      'DELETE FROM results WHERE id = $1',
      'DELETE FROM result_entries WHERE result_id = $1',
    ]) {
      await expect(site.dataSource.query(sql, [first.id])).rejects.toThrow(/stays as it is|append-only/);
    }
    const { body: again } = await dryRun();
    expect((await site.organiser.post(`/results/${again.id}/lock`)).body.code).toBe('RESULT.LOCKED_ALREADY');
    const late = { order: [works[8], works[9]], reason: '改判' };
    expect((await site.organiser.post(`/rounds/${round}/tie-decisions`, late)).body.code).toBe(
      'RESULT.LOCKED_ALREADY',
    );
  });

  const promotion = (id: string, more: Record<string, unknown> = {}, client = site.organiser) =>
    client.post(`/results/${id}/promotion`, { disqualify: works[0], reason: '经查实为他人作品', ...more });
  const moved = (body: Answer['body']) =>
    body.moves.map(({ submission, from, to }: Answer['body']) => {
      const name = (tier: string | null) => Object.keys(tiers).find((key) => tiers[key] === tier) ?? null;
      return [submission.title, name(from), name(to)];
    });

  it('a promotion shows its difference before it is done', async () => {
    const { status, body } = await promotion(first.id, { dry: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ result: null, status: null, policy: 'cascade' });
    expect(moved(body)).toEqual([
      ['0', '特等奖', null],
      ['1', '一等奖', '特等奖'],
      ['3', '二等奖', '一等奖'],
      ['7', '三等奖', '二等奖'],
    ]);
    expect([body.before.awards, body.totals.awards]).toEqual([10, 9]);
    expect(await logged('result.version_proposed')).toBe(0);
    expect((await inForce()).id).toBe(first.id);
    expect((await promotion(first.id, { dry: true, disqualify: round })).body.code).toBe(
      'RESULT.WORK_UNKNOWN',
    );
    expect((await promotion(first.id, { reason: '' })).status).toBe(422);
  });

  it('and makes a new version that supersedes the first, with its awards', async () => {
    const { body } = await promotion(first.id);
    expect(body.status).toBe('locked');
    const now = await show(body.result);
    expect(now).toMatchObject({ version: 2, supersedes: first.id, status: 'locked' });
    expect(now.origin).toMatchObject({ result: first.id, by: 'promotion', reason: '经查实为他人作品' });
    expect(now.ranking[0]).toMatchObject({ tier: null, skipped: 'DISQUALIFIED', place: 1 });
    expect(await awards()).toEqual({
      特等奖: ['1'],
      一等奖: ['2', '3'],
      二等奖: ['4', '5', '6', '7'],
      三等奖: ['9', '8'],
    });
    // What was locked stays as it was, to the byte.
    expect(await show(first.id)).toEqual({
      ...first,
      status: 'superseded',
      ranking: expect.anything(),
    });
    expect((await show(first.id)).ranking[0].tier).toBe(tiers['特等奖']);
    const [{ status }] = await site.dataSource.query('SELECT status FROM submissions WHERE id = $1', [
      works[0],
    ]);
    expect(status).toBe('disqualified');
    expect((await promotion(first.id, { disqualify: works[1] })).body.code).toBe('RESULT.NOT_IN_FORCE');
    const { body: csv } = await site.organiser.get(`/contests/${slug}/exports/winners.csv`);
    expect(csv.toString().trimEnd().split('\r\n')).toHaveLength(10);
    expect(await site.broken()).toEqual([]);
  });

  it('takes two where the contest asks for two', async () => {
    await site.dataSource.query('UPDATE contests SET second_lock = true');
    const { id } = await inForce();
    const { body } = await promotion(id, { disqualify: works[1] });
    expect(body.status).toBe('dry');
    expect((await inForce()).id).toBe(id);
    const told = () =>
      site.dataSource.query(`SELECT kind FROM messages WHERE kind LIKE 'RESULT.%' AND about = $1`, [
        `work/${works[1]}`,
      ]);
    const before = await told();
    const lock = (client: Client) => client.post(`/results/${body.result}/lock`);
    const secondPerson = async (client: Client) =>
      (await client.get(`/results/${body.result}`)).body.secondPerson;
    const madeBy = (await site.organiser.get('/session')).body.account.name;
    expect(await secondPerson(site.organiser)).toEqual({ madeBy, own: true, others: ['另一位主办方'] });
    expect(await secondPerson(second)).toMatchObject({ madeBy, own: false });
    expect((await lock(site.organiser)).body.code).toBe('RESULT.SECOND_PERSON');
    const answers = await Promise.all([lock(second), lock(second)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await awards())['特等奖']).toEqual(['2']);
    // It moved up before; that it is out was said when that came into force, and once, however often it was locked.
    expect(before).toEqual([{ kind: 'RESULT.PRIZE_MORE' }]);
    expect(await told()).toEqual([...before, { kind: 'RESULT.DISQUALIFIED' }]);
    expect(await secondPerson(second)).toBeNull();
    await site.dataSource.query('UPDATE contests SET second_lock = false');
  });

  it('refuses a version made before something else changed', async () => {
    await site.dataSource.query('UPDATE contests SET second_lock = true');
    const { id } = await inForce();
    const { body: one } = await promotion(id, { disqualify: works[2] });
    const { body: other } = await promotion(id, { disqualify: works[3] });
    expect((await second.post(`/results/${one.result}/lock`)).status).toBe(200);
    expect((await second.post(`/results/${other.result}/lock`)).body.code).toBe('RESULT.NOT_IN_FORCE');
    await site.dataSource.query('UPDATE contests SET second_lock = false');
  });

  it('can be revised with other overrides, in the order that was frozen', async () => {
    const { id, version } = await inForce();
    const overrides = [{ do: 'place', submission: works[9], tier: tiers['特等奖'], reason: '改判' }];
    const revise = (more: Record<string, unknown>) =>
      site.organiser.post(`/results/${id}/revision`, { overrides, reason: '异议成立', ...more });
    const { body: tried } = await revise({ dry: true });
    expect(moved(tried)[0]).toEqual(['3', '特等奖', '一等奖']);
    const { body } = await revise({});
    expect(await show(body.result)).toMatchObject({ version: version + 1, origin: { by: 'revision' } });
    expect((await awards())['特等奖']).toEqual(['9']);
    const less = await site.dataSource.query(
      `SELECT params->>'from' AS "from", params->>'to' AS "to", params->>'reason' AS reason FROM messages
        WHERE kind = 'RESULT.PRIZE_LESS' AND about = $1`,
      [`work/${works[3]}`],
    );
    expect(less).toEqual([{ from: '特等奖', to: '一等奖', reason: '异议成立' }]);
    expect(await site.broken()).toEqual([]);
    const { rows: texts } = { rows: await site.dataSource.query('SELECT text FROM audit_texts') };
    expect(texts.map(({ text }: { text: string }) => text)).toContain('异议成立');
  });
});
